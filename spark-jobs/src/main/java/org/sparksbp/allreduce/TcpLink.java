package org.sparksbp.allreduce;

import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A TCP connection between two workers in different processes. A thread of its own writes, so that
 * two workers may send each other more than the network holds, and says every few seconds that the
 * worker lives however long it learns.
 */
final class TcpLink implements PeerLink {

  private static final int HEADER = 1 + 1 + 4 + 8;
  private static final byte ALIVE = 0;
  private static final byte FINITE = 1;
  private static final int ALIVE_SECONDS = 5;
  private static final long SILENCE_SECONDS = 60;
  private static final long END_SECONDS = 10;

  private final Socket socket;
  private final InputStream in;
  private final DataOutputStream out;
  private final String peer;
  private final KillCheck kill;
  private final BlockingQueue<VectorSlice> outgoing = new LinkedBlockingQueue<>();
  private final Thread writer;
  private byte[] received = new byte[HEADER];
  private float[] values = new float[0];

  /**
   * An end of a connection that the other worker has agreed to.
   *
   * @param peer number of the other worker
   */
  TcpLink(Socket socket, int peer, KillCheck kill) throws IOException {
    this.socket = socket;
    this.peer = "worker " + peer + " at " + socket.getRemoteSocketAddress();
    this.kill = kill;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(KillCheck.INTERVAL_MILLISECONDS);
    this.in = socket.getInputStream();
    this.out = new DataOutputStream(socket.getOutputStream());
    this.writer = new Thread(this::write, "parameters to worker " + peer);
    writer.setDaemon(true);
    writer.start();
  }

  @Override
  public void send(VectorSlice slice) {
    outgoing.add(slice);
  }

  @Override
  public VectorSlice receive() {
    try {
      ByteBuffer header = read(HEADER);
      while (header.get(0) == ALIVE) {
        header = read(HEADER);
      }
      header.get();
      boolean finite = header.get() == FINITE;
      int length = header.getInt();
      long samples = header.getLong();
      values = values.length < length ? new float[length] : values;
      read(Math.multiplyExact(length, Float.BYTES)).asFloatBuffer().get(values, 0, length);
      return new VectorSlice(values, 0, length, samples, finite);
    } catch (IOException e) {
      throw new PeerLostException("Cannot average: lost " + peer + " (" + e.getMessage() + ")", e);
    }
  }

  @Override
  public void finishSending() {
    outgoing.add(VectorSlice.END);
    try {
      writer.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is closed with bytes unread may lose what it has sent. */
  @Override
  public void awaitEnd() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
    while (System.nanoTime() < end) {
      kill.check();
      try {
        if (in.read(received) < 0) {
          return;
        }
      } catch (SocketTimeoutException e) {
        // Time to check whether to go on waiting.
      } catch (IOException e) {
        return;
      }
    }
  }

  @Override
  public void close() {
    outgoing.add(VectorSlice.END);
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more, in whatever state.
    }
  }

  /** Reads so many bytes; a wait ends when the task is killed or the peer has long been silent. */
  private ByteBuffer read(int length) throws IOException {
    received = received.length < length ? new byte[length] : received;
    long heard = System.nanoTime();
    int at = 0;
    while (at < length) {
      try {
        int count = in.read(received, at, length - at);
        if (count < 0) {
          throw new EOFException("it has closed the connection");
        }
        at += count;
        heard = System.nanoTime();
      } catch (SocketTimeoutException e) {
        kill.check();
        if (System.nanoTime() - heard > TimeUnit.SECONDS.toNanos(SILENCE_SECONDS)) {
          throw new IOException("nothing heard of it for " + SILENCE_SECONDS + " s", e);
        }
      }
    }
    return ByteBuffer.wrap(received, 0, length);
  }

  private void write() {
    try {
      VectorSlice slice = outgoing.poll(ALIVE_SECONDS, TimeUnit.SECONDS);
      while (slice != VectorSlice.END) {
        out.write(slice == null ? new byte[HEADER] : coded(slice));
        out.flush();
        slice = outgoing.poll(ALIVE_SECONDS, TimeUnit.SECONDS);
      }
      socket.shutdownOutput();
    } catch (IOException e) {
      close(); // Reading then fails, and tells.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
    }
  }

  private static byte[] coded(VectorSlice slice) {
    byte[] bytes = new byte[HEADER + Math.multiplyExact(slice.length(), Float.BYTES)];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    buffer.put((byte) (ALIVE + 1)).put(slice.finite() ? FINITE : 0);
    buffer.putInt(slice.length()).putLong(slice.samples());
    buffer.asFloatBuffer().put(slice.values(), slice.offset(), slice.length());
    return bytes;
  }
}
