package org.sparksbp.exchange;

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
 * Between two workers in different processes. A thread of its own writes, so that two workers may
 * send each other more than the network holds, and says every few seconds that the worker lives
 * however long it learns.
 */
final class SocketLink implements Link {

  private static final int HEADER = 1 + 1 + 4 + 8;
  private static final byte ALIVE = 0;
  private static final byte SOUND = 1;
  private static final int ALIVE_SECONDS = 5;
  private static final long SILENCE_SECONDS = 60;
  private static final long END_SECONDS = 10;

  private final Socket socket;
  private final InputStream in;
  private final DataOutputStream out;
  private final String peer;
  private final Waiting waiting;
  private final BlockingQueue<Message> outgoing = new LinkedBlockingQueue<>();
  private final Thread writer;
  private byte[] received = new byte[HEADER];
  private float[] values = new float[0];

  /**
   * An end of a connection that the other worker has agreed to.
   *
   * @param peer number of the other worker
   */
  SocketLink(Socket socket, int peer, Waiting waiting) throws IOException {
    this.socket = socket;
    this.peer = "worker " + peer + " at " + socket.getRemoteSocketAddress();
    this.waiting = waiting;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(Waiting.LOOK);
    this.in = socket.getInputStream();
    this.out = new DataOutputStream(socket.getOutputStream());
    this.writer = new Thread(this::write, "parameters to worker " + peer);
    writer.setDaemon(true);
    writer.start();
  }

  @Override
  public void send(Message message) {
    outgoing.add(message);
  }

  @Override
  public Message receive() {
    try {
      ByteBuffer header = read(HEADER);
      while (header.get(0) == ALIVE) {
        header = read(HEADER);
      }
      header.get();
      boolean sound = header.get() == SOUND;
      int length = header.getInt();
      long samples = header.getLong();
      values = values.length < length ? new float[length] : values;
      read(Math.multiplyExact(length, Float.BYTES)).asFloatBuffer().get(values, 0, length);
      return new Message(values, 0, length, samples, sound);
    } catch (IOException e) {
      throw new PeerLostException("Cannot average: lost " + peer + " (" + e.getMessage() + ")", e);
    }
  }

  @Override
  public void finishSending() {
    outgoing.add(Message.END);
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
      waiting.look();
      try {
        if (in.read(received) < 0) {
          return;
        }
      } catch (SocketTimeoutException e) {
        // Time to look whether to go on waiting.
      } catch (IOException e) {
        return;
      }
    }
  }

  @Override
  public void close() {
    outgoing.add(Message.END);
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
        waiting.look();
        if (System.nanoTime() - heard > TimeUnit.SECONDS.toNanos(SILENCE_SECONDS)) {
          throw new IOException("nothing heard of it for " + SILENCE_SECONDS + " s", e);
        }
      }
    }
    return ByteBuffer.wrap(received, 0, length);
  }

  private void write() {
    try {
      Message message = outgoing.poll(ALIVE_SECONDS, TimeUnit.SECONDS);
      while (message != Message.END) {
        out.write(message == null ? new byte[HEADER] : coded(message));
        out.flush();
        message = outgoing.poll(ALIVE_SECONDS, TimeUnit.SECONDS);
      }
      socket.shutdownOutput();
    } catch (IOException e) {
      close(); // Reading then fails, and tells.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
    }
  }

  private static byte[] coded(Message message) {
    byte[] bytes = new byte[HEADER + Math.multiplyExact(message.length(), Float.BYTES)];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    buffer.put((byte) (ALIVE + 1)).put(message.sound() ? SOUND : 0);
    buffer.putInt(message.length()).putLong(message.samples());
    buffer.asFloatBuffer().put(message.values(), message.offset(), message.length());
    return bytes;
  }
}
