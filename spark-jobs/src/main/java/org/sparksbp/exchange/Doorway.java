package org.sparksbp.exchange;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the workers of a meeting in and keeps others out. */
final class Doorway implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Doorway.class);
  private static final int HELLO_MILLISECONDS = 2_000;
  private static final int CONNECT_MILLISECONDS = 10_000;
  private static final long PATIENCE_SECONDS = 30;

  private final ServerSocket server;
  private final byte[] secret;
  private final Waiting waiting;

  /** A worker that has come in. */
  record Visitor(int worker, Socket socket) {}

  /**
   * Opens a port of any number.
   *
   * @param host address of this machine
   */
  Doorway(Meeting meeting, String host, Waiting waiting) throws IOException {
    this.secret = meeting.secret().getBytes(StandardCharsets.US_ASCII);
    this.waiting = waiting;
    this.server = new ServerSocket(0, meeting.workers(), InetAddress.getByName(host));
    server.setSoTimeout(Waiting.LOOK);
  }

  int port() {
    return server.getLocalPort();
  }

  /**
   * Waits for a worker of the meeting.
   *
   * @throws PeerLostException if none comes for half a minute
   */
  Visitor letIn() throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end) {
      waiting.look();
      try {
        Socket socket = server.accept();
        int worker = greeted(socket);
        if (worker >= 0) {
          return new Visitor(worker, socket);
        }
        socket.close();
      } catch (SocketTimeoutException e) {
        // Time to look whether to go on waiting.
      }
    }
    throw new PeerLostException(
        "Cannot average: another worker has not connected to "
            + server.getLocalSocketAddress()
            + " for "
            + PATIENCE_SECONDS
            + " s. Let executors reach each other, or set averaging.transport = spark-jobs");
  }

  /** Goes to another worker's doorway. */
  static Socket enter(Meeting meeting, int self, String host, int port) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLISECONDS);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      byte[] hello = meeting.secret().getBytes(StandardCharsets.US_ASCII);
      out.write(hello);
      out.writeInt(self);
      out.flush();
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** The number of the worker that has connected, or -1 for a stranger. */
  private int greeted(Socket socket) throws IOException {
    socket.setSoTimeout(HELLO_MILLISECONDS);
    try {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] said = in.readNBytes(secret.length);
      if (MessageDigest.isEqual(said, secret)) {
        return in.readInt();
      }
      LOG.warn("Refused a connection from {}: no worker", socket.getRemoteSocketAddress());
    } catch (IOException e) {
      LOG.warn("Refused a connection from {}", socket.getRemoteSocketAddress(), e);
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
