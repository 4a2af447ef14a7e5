package org.sparksbp.allreduce;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskKilledException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections of workers in other processes, at one port of a process that is open as long
 * as it lives, and opens connections to the listeners of others. A peer that does not know the
 * secret of a rendezvous that takes place here is refused.
 */
final class PeerListener {

  private static final Logger LOG = LoggerFactory.getLogger(PeerListener.class);
  private static final int HANDSHAKE_MILLISECONDS = 2_000;
  private static final int CONNECT_MILLISECONDS = 10_000;
  private static final int RETRY_MILLISECONDS = 20;
  private static final int TIMEOUT_SECONDS = 30;
  private static final int ACCEPTED = 1;
  private static PeerListener ofThisProcess;

  private final ServerSocket server;
  private final Map<Handshake, BlockingQueue<Socket>> expected = new ConcurrentHashMap<>();

  /**
   * What a connection begins with: the rendezvous' secret, the worker that connects, and to whom.
   */
  private record Handshake(String secret, int from, int to) {

    void write(DataOutputStream out) throws IOException {
      out.write(secret.getBytes(StandardCharsets.US_ASCII));
      out.writeInt(from);
      out.writeInt(to);
      out.flush();
    }

    static Handshake read(DataInputStream in) throws IOException {
      byte[] secret = in.readNBytes(Rendezvous.SECRET_LENGTH);
      return new Handshake(
          new String(secret, StandardCharsets.US_ASCII), in.readInt(), in.readInt());
    }
  }

  private PeerListener(String host) throws IOException {
    this.server = new ServerSocket(0, 0, InetAddress.getByName(host));
    Thread acceptor = new Thread(this::acceptAll, "peer listener");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  /**
   * That of this process, opened by the first call.
   *
   * @param host address of this machine
   */
  static synchronized PeerListener ofThisProcess(String host) throws IOException {
    if (ofThisProcess == null) {
      ofThisProcess = new PeerListener(host);
    }
    return ofThisProcess;
  }

  int port() {
    return server.getLocalPort();
  }

  /** From now on a worker may connect to another one. */
  void expect(Rendezvous rendezvous, int from, int to) {
    expected.put(new Handshake(rendezvous.secret(), from, to), new LinkedBlockingQueue<>());
  }

  /** From now on it may not. */
  void expectNoMore(Rendezvous rendezvous, int from, int to) {
    expected.remove(new Handshake(rendezvous.secret(), from, to));
  }

  /**
   * Waits for the connection of a worker that is expected.
   *
   * @throws PeerLostException if it does not connect for half a minute
   */
  Socket accept(Rendezvous rendezvous, int from, int to, KillCheck kill) {
    BlockingQueue<Socket> connections = expected.get(new Handshake(rendezvous.secret(), from, to));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    try {
      while (System.nanoTime() < end) {
        kill.check();
        Socket socket = connections.poll(KillCheck.INTERVAL_MILLISECONDS, TimeUnit.MILLISECONDS);
        if (socket != null) {
          return socket;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TaskKilledException("interrupted while it waited for worker " + from);
    }
    throw notReached(from, "it has not connected to " + server.getLocalSocketAddress());
  }

  /**
   * Connects to another worker's listener, again and again until this worker is expected there.
   *
   * @param from the worker that connects
   * @param to the worker that listens
   * @throws PeerLostException if it is not accepted for half a minute
   */
  static Socket connect(
      Rendezvous rendezvous, int from, int to, InetSocketAddress address, KillCheck kill) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    try {
      while (System.nanoTime() < end) {
        kill.check();
        Socket socket = new Socket();
        if (isAccepted(socket, new Handshake(rendezvous.secret(), from, to), address)) {
          return socket;
        }
        socket.close();
        Thread.sleep(RETRY_MILLISECONDS);
      }
    } catch (IOException e) {
      throw notReached(to, "cannot connect to " + address + ", " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TaskKilledException("interrupted while it waited for worker " + to);
    }
    throw notReached(to, "it does not accept connections at " + address);
  }

  private static boolean isAccepted(Socket socket, Handshake handshake, InetSocketAddress address)
      throws IOException {
    try {
      socket.connect(address, CONNECT_MILLISECONDS);
      socket.setSoTimeout(CONNECT_MILLISECONDS);
      handshake.write(new DataOutputStream(socket.getOutputStream()));
      return socket.getInputStream().read() == ACCEPTED;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static PeerLostException notReached(int worker, String reason) {
    return new PeerLostException(
        "Cannot average: worker "
            + worker
            + " is not reached: "
            + reason
            + ". Let executors reach each other, or set averaging.transport = spark-jobs");
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        if (!accepted(socket)) {
          socket.close();
        }
      } catch (IOException | RuntimeException e) {
        LOG.warn("Cannot accept a worker's connection", e);
      }
    }
  }

  private boolean accepted(Socket socket) {
    try {
      socket.setSoTimeout(HANDSHAKE_MILLISECONDS);
      Handshake handshake = Handshake.read(new DataInputStream(socket.getInputStream()));
      BlockingQueue<Socket> connections = expected.get(handshake);
      if (connections != null) {
        socket.getOutputStream().write(ACCEPTED);
        connections.add(socket);
        return true;
      }
    } catch (IOException e) {
      LOG.debug("Refused {}", socket.getRemoteSocketAddress(), e);
    }
    return false;
  }
}
