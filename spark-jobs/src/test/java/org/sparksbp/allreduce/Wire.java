package org.sparksbp.allreduce;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between a client and a server: listens, changes what is said, or lets nothing through. */
final class Wire implements AutoCloseable {

  private final ServerSocket listener;
  private final int server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private volatile boolean cut;
  private volatile boolean flip;

  /**
   * A wire to a port of this machine.
   *
   * @param server port
   */
  Wire(int server) throws IOException {
    this.server = server;
    this.listener = new ServerSocket(0, 50, InetAddress.getByName(Security.LOOPBACK));
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  int connections() {
    return sockets.size() / 2;
  }

  /** All that the client has said, a character a byte. */
  String text() {
    synchronized (said) {
      return said.toString(StandardCharsets.ISO_8859_1);
    }
  }

  /** From now on nothing arrives, and connections stay open. */
  void cut() {
    cut = true;
  }

  /** The last bit of what the client says next is changed. */
  void flipABit() {
    flip = true;
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      Socket there = new Socket(Security.LOOPBACK, server);
      sockets.addAll(List.of(client, there));
      start(() -> carry(client, there, true));
      start(() -> carry(there, client, false));
    }
  }

  private void carry(Socket from, Socket to, boolean isClient) throws IOException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    byte[] bytes = new byte[1 << 16];
    for (int count = in.read(bytes); count > 0; count = in.read(bytes)) {
      if (isClient) {
        synchronized (said) {
          said.write(bytes, 0, count);
        }
        if (flip) {
          bytes[count - 1] ^= 1;
          flip = false;
        }
      }
      if (!cut) {
        out.write(bytes, 0, count);
      }
    }
    to.close();
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // A socket was closed, by the test or by who is tested.
              }
            },
            "wire");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
