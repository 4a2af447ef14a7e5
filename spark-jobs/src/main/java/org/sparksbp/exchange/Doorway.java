package org.sparksbp.exchange;

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
 * Where workers of other processes come in: one port of a process, open as long as it lives.
 * Whoever does not know the secret of a meeting that takes place here is refused.
 */
final class Doorway {

  private static final Logger LOG = LoggerFactory.getLogger(Doorway.class);
  private static final int HELLO_MILLISECONDS = 2_000;
  private static final int CONNECT_MILLISECONDS = 10_000;
  private static final int KNOCK_MILLISECONDS = 20;
  private static final int PATIENCE_SECONDS = 30;
  private static final int WELCOME = 1;
  private static Doorway here;

  private final ServerSocket server;
  private final Map<Guest, BlockingQueue<Socket>> expected = new ConcurrentHashMap<>();

  /** Who may come in: a worker, to another one of the same meeting. */
  private record Guest(String secret, int from, int to) {}

  private Doorway(String host) throws IOException {
    this.server = new ServerSocket(0, 0, InetAddress.getByName(host));
    Thread porter = new Thread(this::welcome, "doorway for other workers");
    porter.setDaemon(true);
    porter.start();
  }

  /**
   * That of this process.
   *
   * @param host address of this machine
   */
  static synchronized Doorway here(String host) throws IOException {
    if (here == null) {
      here = new Doorway(host);
    }
    return here;
  }

  int port() {
    return server.getLocalPort();
  }

  /** From now on a worker may come in. */
  void expect(Meeting meeting, int from, int to) {
    expected.put(new Guest(meeting.secret(), from, to), new LinkedBlockingQueue<>());
  }

  /** From now on it may not. */
  void forget(Meeting meeting, int from, int to) {
    expected.remove(new Guest(meeting.secret(), from, to));
  }

  /**
   * Waits for a worker that is expected.
   *
   * @throws PeerLostException if it does not come for half a minute
   */
  Socket letIn(Meeting meeting, int from, int to, Waiting waiting) {
    BlockingQueue<Socket> guest = expected.get(new Guest(meeting.secret(), from, to));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    try {
      while (System.nanoTime() < end) {
        waiting.look();
        Socket socket = guest.poll(Waiting.LOOK, TimeUnit.MILLISECONDS);
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
   * Goes to another worker's doorway, and knocks until it is expected there.
   *
   * @param from the worker that goes
   * @param to the worker that lives there
   * @throws PeerLostException if it is not let in for half a minute
   */
  static Socket enter(
      Meeting meeting, int from, int to, InetSocketAddress address, Waiting waiting) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    try {
      while (System.nanoTime() < end) {
        waiting.look();
        Socket socket = new Socket();
        if (knock(socket, new Guest(meeting.secret(), from, to), address)) {
          return socket;
        }
        socket.close();
        Thread.sleep(KNOCK_MILLISECONDS);
      }
    } catch (IOException e) {
      throw notReached(to, "cannot connect to " + address + ", " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TaskKilledException("interrupted while it waited for worker " + to);
    }
    throw notReached(to, "it does not let in at " + address);
  }

  private static boolean knock(Socket socket, Guest guest, InetSocketAddress address)
      throws IOException {
    try {
      socket.connect(address, CONNECT_MILLISECONDS);
      socket.setSoTimeout(CONNECT_MILLISECONDS);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.write(guest.secret().getBytes(StandardCharsets.US_ASCII));
      out.writeInt(guest.from());
      out.writeInt(guest.to());
      out.flush();
      return socket.getInputStream().read() == WELCOME;
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

  private void welcome() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        if (!welcomed(socket)) {
          socket.close();
        }
      } catch (IOException | RuntimeException e) {
        LOG.warn("Cannot let a worker in", e);
      }
    }
  }

  private boolean welcomed(Socket socket) {
    try {
      socket.setSoTimeout(HELLO_MILLISECONDS);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] secret = in.readNBytes(Meeting.SECRET_LENGTH);
      Guest guest =
          new Guest(new String(secret, StandardCharsets.US_ASCII), in.readInt(), in.readInt());
      BlockingQueue<Socket> waiting = expected.get(guest);
      if (waiting != null) {
        socket.getOutputStream().write(WELCOME);
        waiting.add(socket);
        return true;
      }
    } catch (IOException e) {
      LOG.debug("Refused {}", socket.getRemoteSocketAddress(), e);
    }
    return false;
  }
}
