package org.sparksbp.allreduce;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.crypto.AuthClientBootstrap;
import org.apache.spark.network.crypto.AuthServerBootstrap;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.TransportServer;
import org.apache.spark.network.server.TransportServerBootstrap;
import org.apache.spark.network.util.MapConfigProvider;
import org.apache.spark.network.util.TransportConf;
import scala.Tuple2;

/** A listener and a maker of connections, of Spark's network library with Spark's settings. */
final class PeerNetwork implements AutoCloseable {

  private static final String PORT = "spark.sbp.averaging.port";

  /**
   * What the library calls its user, in names of settings: spark.sbp.io.serverThreads and so on.
   */
  private static final String MODULE = "sbp";

  /** One thread can encrypt and copy what a link of 10 Gbit/s brings. */
  private static final Map<String, String> USUAL =
      Map.of(
          "spark.sbp.io.serverThreads", "2",
          "spark.sbp.io.clientThreads", "2",
          "spark.sbp.io.connectionCreationTimeout", "10s");

  private final TransportContext context;
  private final TransportClientFactory clients;
  private final TransportServer server;
  private final String host;

  /**
   * One that listens.
   *
   * @param host address of this machine that others reach; {@code spark.executor.bindAddress} is
   *     what is listened at, if it is set
   */
  PeerNetwork(SparkConf spark, SecurityManager security, String host, RpcHandler handler) {
    Map<String, String> settings = new HashMap<>(USUAL);
    for (Tuple2<String, String> setting : spark.getAll()) {
      settings.put(setting._1(), setting._2());
    }
    TransportConf configuration = new TransportConf(MODULE, new MapConfigProvider(settings));
    this.context = new TransportContext(configuration, handler);
    this.host = host;
    boolean authenticated = security.isAuthenticationEnabled();
    this.clients =
        context.createClientFactory(
            authenticated
                ? List.of(new AuthClientBootstrap(configuration, spark.getAppId(), security))
                : List.of());
    String bound = spark.get("spark.executor.bindAddress", host);
    this.server =
        listen(
            bound,
            spark.getInt(PORT, 0),
            spark.getInt("spark.port.maxRetries", 16),
            authenticated ? List.of(new AuthServerBootstrap(configuration, security)) : List.of());
  }

  /** On a port that is taken follows the next one, as everywhere in Spark. */
  private TransportServer listen(
      String address, int first, int retries, List<TransportServerBootstrap> bootstraps) {
    int last = first == 0 ? 0 : first + retries;
    for (int port = first; ; port++) {
      try {
        return context.createServer(address, port, bootstraps);
      } catch (Exception e) { // Netty throws an IOException that it does not declare.
        if (port == last) {
          close();
          throw new IllegalStateException(
              "Cannot listen for other workers at "
                  + address
                  + (first == 0 ? "" : ", ports " + first + " to " + last)
                  + ": "
                  + e.getMessage()
                  + ". Set "
                  + PORT
                  + ", spark.port.maxRetries or spark.executor.bindAddress",
              e);
        }
      }
    }
  }

  /** Host and port where others reach it, with a blank between. */
  String address() {
    return host + ' ' + server.getPort();
  }

  /** The connection to a process: the one that there is, or a new one. */
  TransportClient connect(InetSocketAddress there) throws IOException, InterruptedException {
    try {
      return clients.createClient(there.getHostString(), there.getPort());
    } catch (RuntimeException e) { // such as that of a secret that is not the same
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    clients.close();
    if (server != null) {
      server.close();
    }
    context.close();
  }
}
