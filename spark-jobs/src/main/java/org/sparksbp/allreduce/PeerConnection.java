package org.sparksbp.allreduce;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.network.client.TransportClient;

/** A connection to another process, for all links between workers here and there. */
final class PeerConnection {

  private static final ByteBuffer ALIVE =
      PeerMessage.of(
          PeerMessage.Kind.ALIVE, new Direction("0".repeat(Rendezvous.SECRET_LENGTH), -1, -1));

  private final TransportClient client;
  private final AtomicInteger links = new AtomicInteger();
  private volatile long heard = System.nanoTime();

  PeerConnection(TransportClient client) {
    this.client = client;
  }

  /** Sends without waiting. What cannot be sent is lost, which {@link #isOpen} tells then. */
  void send(ByteBuffer message) {
    client.send(message);
  }

  /** Sends and waits for the answer. */
  ByteBuffer ask(ByteBuffer message, Duration timeout) {
    return client.sendRpcSync(message, timeout.toMillis());
  }

  /** From now on the other process is told now and then that this one lives. */
  void linked() {
    heard = System.nanoTime();
    links.incrementAndGet();
  }

  void unlinked() {
    links.decrementAndGet();
  }

  void tellAlive() {
    if (links.get() > 0) {
      client.send(ALIVE.duplicate());
    }
  }

  /** Notes that something came. */
  void heard() {
    heard = System.nanoTime();
  }

  /** For how long nothing came. */
  Duration silence() {
    return Duration.ofNanos(System.nanoTime() - heard);
  }

  boolean isOpen() {
    return client.isActive();
  }

  /** Ends it for all links. */
  void close() {
    client.timeOut(); // not to be taken for a usable one until it is closed
    client.close();
  }

  @Override
  public String toString() {
    return String.valueOf(client.getSocketAddress());
  }
}
