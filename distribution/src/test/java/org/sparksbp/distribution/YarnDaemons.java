package org.sparksbp.distribution;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/**
 * The process of {@link YarnCluster}: a real resource manager and two real node managers, which start
 * containers as processes of their own. It ends when its standard input does, so that it never
 * outlives the test.
 */
final class YarnDaemons {

  private static final int NODES = 2;

  private YarnDaemons() {}

  /**
   * Starts the cluster and writes what a client must know of it.
   *
   * @param arguments the folder for {@code conf} with the client's files, and what fs.defaultFS is to
   *     be
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    System.setProperty("test.build.data", folder.resolve("nodes").toString());
    YarnConfiguration configuration = configuration(arguments[1]);
    MiniYARNCluster cluster = new MiniYARNCluster("sbp", NODES, 1, 1);
    cluster.init(configuration);
    cluster.start();
    Path client = Files.createDirectories(folder.resolve("conf"));
    try (OutputStream site = Files.newOutputStream(client.resolve("yarn-site.xml"))) {
      cluster.getConfig().writeXml(site);
    }
    Configuration core = new Configuration(false);
    core.set("fs.defaultFS", arguments[1]);
    try (OutputStream site = Files.newOutputStream(client.resolve("core-site.xml"))) {
      core.writeXml(site);
    }
    System.out.println("ready");
    System.in.read();
    cluster.stop();
    System.exit(0);
  }

  private static YarnConfiguration configuration(String defaultFileSystem) {
    YarnConfiguration configuration = new YarnConfiguration();
    configuration.set("fs.defaultFS", defaultFileSystem);
    configuration.set("yarn.scheduler.capacity.root.queues", "default");
    configuration.set("yarn.scheduler.capacity.root.default.capacity", "100");
    configuration.set("yarn.scheduler.capacity.maximum-am-resource-percent", "1");
    configuration.setInt(YarnConfiguration.RM_SCHEDULER_MINIMUM_ALLOCATION_MB, 128);
    configuration.setInt(YarnConfiguration.NM_PMEM_MB, 4096);
    configuration.setInt(YarnConfiguration.NM_VCORES, 4);
    // A test's machine may be nearly full, and reserves more addresses than it uses.
    configuration.setFloat(YarnConfiguration.NM_MAX_PER_DISK_UTILIZATION_PERCENTAGE, 100);
    configuration.setBoolean(YarnConfiguration.NM_VMEM_CHECK_ENABLED, false);
    return configuration;
  }
}
