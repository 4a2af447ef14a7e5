package org.sparksbp.distribution;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/**
 * The process of {@link YarnCluster}: a real resource manager and two real node managers, on the
 * loopback address, which start containers as processes of their own. It ends when its standard
 * input does, so that it never outlives the test.
 */
final class YarnDaemons {

  /** Folder of the client's files. */
  static final String CONF = "conf";

  /** Is there when all have started. */
  static final String READY = "ready";

  private static final int NODES = 2;
  private static final String DISK = "file:///";

  private YarnDaemons() {}

  /**
   * Starts the cluster and writes what a client must know of it.
   *
   * @param arguments the folder to do so in
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    System.setProperty("test.build.data", folder.resolve("nodes").toString());
    MiniYARNCluster cluster = new MiniYARNCluster("sbp", NODES, 1, 1);
    cluster.init(configuration());
    cluster.start();
    Path client = Files.createDirectories(folder.resolve(CONF));
    write(cluster.getConfig(), client.resolve("yarn-site.xml"));
    Configuration core = new Configuration(false);
    core.set("fs.defaultFS", DISK);
    write(core, client.resolve("core-site.xml"));
    Files.createFile(folder.resolve(READY));
    while (System.in.read() >= 0) {}
    cluster.stop();
    System.exit(0);
  }

  private static YarnConfiguration configuration() {
    YarnConfiguration configuration = new YarnConfiguration();
    configuration.set("fs.defaultFS", DISK);
    configuration.set("yarn.scheduler.capacity.root.queues", "default");
    configuration.set("yarn.scheduler.capacity.root.default.capacity", "100");
    configuration.set("yarn.scheduler.capacity.maximum-am-resource-percent", "1");
    configuration.setInt(YarnConfiguration.RM_SCHEDULER_MINIMUM_ALLOCATION_MB, 128);
    configuration.setInt(YarnConfiguration.NM_PMEM_MB, 4096);
    configuration.setInt(YarnConfiguration.NM_VCORES, 4);
    // A test's machine may be nearly full; Java reserves far more addresses than it uses.
    configuration.setFloat(YarnConfiguration.NM_MAX_PER_DISK_UTILIZATION_PERCENTAGE, 100);
    configuration.setBoolean(YarnConfiguration.NM_VMEM_CHECK_ENABLED, false);
    return configuration;
  }

  private static void write(Configuration configuration, Path file) throws IOException {
    try (OutputStream site = Files.newOutputStream(file)) {
      configuration.writeXml(site);
    }
  }
}
