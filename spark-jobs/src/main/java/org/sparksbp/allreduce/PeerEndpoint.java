package org.sparksbp.allreduce;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskKilledException;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.server.OneForOneStreamManager;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.StreamManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparksbp.allreduce.PeerMessage.Kind;

/**
 * Where a process meets the workers of others: connections of Spark's own network library, made by
 * the first worker that needs one and kept as long as the process lives. Where Spark authenticates
 * and encrypts its connections these are, too, by the same secret; and in any case a worker gets
 * nothing but from those that know the secret of its rendezvous.
 */
final class PeerEndpoint implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PeerEndpoint.class);
  private static final Duration JOINING = Duration.ofSeconds(30);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final Duration USUALLY_ALIVE = Duration.ofSeconds(5);
  private static final int UNEXPECTED_MILLISECONDS = 20;
  private static final int UNREACHED_MILLISECONDS = 300;
  private static final byte EXPECTED = 1;
  private static PeerEndpoint ofThisProcess;

  private final PeerNetwork network;
  private final Duration timeout;
  private final Map<Direction, Mailbox> mailboxes = new ConcurrentHashMap<>();
  private final Map<TransportClient, PeerConnection> connections = new ConcurrentHashMap<>();
  private final ScheduledExecutorService alive =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "signs of life to peers");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * One that listens.
   *
   * @param spark settings of Spark
   * @param security what connections are authenticated and encrypted with
   * @param host address of this machine that others reach
   */
  PeerEndpoint(SparkConf spark, SecurityManager security, String host) {
    this.timeout = Duration.ofSeconds(spark.getTimeAsSeconds("spark.network.timeout", "60s"));
    this.network = new PeerNetwork(spark, security, host, new Messages());
    long pause = Math.min(USUALLY_ALIVE.toMillis(), timeout.toMillis() / 4);
    alive.scheduleWithFixedDelay(this::tellAlive, pause, pause, TimeUnit.MILLISECONDS);
  }

  /** That of this executor, opened by the first call. */
  static synchronized PeerEndpoint ofThisProcess() {
    if (ofThisProcess == null) {
      SparkEnv env = SparkEnv.get();
      String host = env.blockManager().blockManagerId().host();
      ofThisProcess = new PeerEndpoint(env.conf(), env.securityManager(), host);
    }
    return ofThisProcess;
  }

  /** Host and port where others reach it. */
  String address() {
    return network.address();
  }

  /** A process of which nothing is heard for so long is lost. */
  Duration timeout() {
    return timeout;
  }

  /**
   * From now on a worker may send to another one here.
   *
   * @param mostElements of a slice
   */
  Mailbox open(Direction direction, int mostElements) {
    Mailbox mailbox = new Mailbox(mostElements);
    mailboxes.put(direction, mailbox);
    return mailbox;
  }

  /** The mailbox of a direction that is open. */
  Mailbox mailbox(Direction direction) {
    return mailboxes.get(direction);
  }

  /** From now on it may not. */
  void close(Direction direction) {
    mailboxes.remove(direction);
  }

  /**
   * Waits until a worker of another process has connected.
   *
   * @param in way from that worker to one here
   * @throws PeerLostException if it does not for half a minute
   */
  PeerConnection accept(Direction in, Mailbox mailbox, KillCheck kill) {
    long end = System.nanoTime() + JOINING.toNanos();
    try {
      while (System.nanoTime() < end) {
        kill.check();
        PeerConnection sender = mailbox.sender(KillCheck.INTERVAL_MILLISECONDS);
        if (sender != null) {
          return sender;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TaskKilledException("interrupted while it waited for worker " + in.from());
    }
    throw notReached(in.from(), "it has not connected to " + address(), null);
  }

  /**
   * Connects to a worker of another process, again and again until it expects that.
   *
   * @param in way from that worker to one here
   * @param mailbox of this way
   * @throws PeerLostException if it does not for half a minute
   */
  PeerConnection connect(Direction in, Mailbox mailbox, InetSocketAddress there, KillCheck kill) {
    long end = System.nanoTime() + JOINING.toNanos();
    Exception last = null;
    try {
      while (System.nanoTime() < end) {
        kill.check();
        int pause = UNEXPECTED_MILLISECONDS;
        try {
          PeerConnection connection = connection(network.connect(there));
          // Before it is asked, as the other worker may send as soon as it has answered.
          if (mailbox.introduce(connection) && isExpected(connection, in.back())) {
            return connection;
          }
        } catch (IOException e) {
          last = e;
          pause = UNREACHED_MILLISECONDS;
        }
        Thread.sleep(pause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TaskKilledException("interrupted while it waited for worker " + in.from());
    }
    String reason =
        last == null ? "it does not expect this one" : String.valueOf(last.getMessage());
    throw notReached(in.from(), "cannot connect to " + there + ", " + reason, last);
  }

  /** A connection that does not answer is given up for a new one. */
  private static boolean isExpected(PeerConnection connection, Direction out) throws IOException {
    try {
      return connection.ask(PeerMessage.of(Kind.HELLO, out), ANSWER).get() == EXPECTED;
    } catch (RuntimeException e) {
      connection.close();
      throw new IOException("it does not answer (" + e.getMessage() + ")", e);
    }
  }

  private static PeerLostException notReached(int worker, String reason, Exception cause) {
    return new PeerLostException(
        "Cannot average: worker "
            + worker
            + " is not reached: "
            + reason
            + ". Let executors reach each other (spark.sbp.averaging.port), or set"
            + " averaging.transport = spark-jobs",
        cause);
  }

  private PeerConnection connection(TransportClient client) {
    return connections.computeIfAbsent(client, PeerConnection::new);
  }

  private void tellAlive() {
    connections.values().removeIf(connection -> !connection.isOpen());
    connections.values().forEach(PeerConnection::tellAlive);
  }

  @Override
  public void close() {
    alive.shutdownNow();
    network.close();
  }

  /** Runs in threads of the network, a connection always in the same one. */
  private final class Messages extends RpcHandler {

    private final StreamManager noStreams = new OneForOneStreamManager();

    @Override
    public void receive(TransportClient client, ByteBuffer bytes, RpcResponseCallback answer) {
      Direction direction = PeerMessage.read(bytes).direction();
      Mailbox mailbox = mailboxes.get(direction);
      boolean expected = mailbox != null && mailbox.introduce(connection(client));
      answer.onSuccess(ByteBuffer.wrap(new byte[] {expected ? EXPECTED : 0}));
    }

    @Override
    public void receive(TransportClient client, ByteBuffer bytes) {
      PeerMessage message = PeerMessage.read(bytes);
      PeerConnection connection = connections.get(client);
      if (connection == null) {
        LOG.debug("A stranger says {}: {}", message.kind(), client);
        return;
      }
      connection.heard();
      Mailbox mailbox = mailboxes.get(message.direction());
      if (mailbox != null) { // else it has been closed before its sender's end
        mailbox.take(connection, message);
      }
    }

    @Override
    public void channelInactive(TransportClient client) {
      connections.remove(client);
    }

    @Override
    public StreamManager getStreamManager() {
      return noStreams;
    }
  }
}
