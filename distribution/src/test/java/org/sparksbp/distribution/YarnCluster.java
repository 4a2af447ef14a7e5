package org.sparksbp.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.exceptions.YarnException;

/** A YARN cluster of two nodes in a process of its own, with a class path of its own. */
final class YarnCluster implements AutoCloseable {

  private static final int MINUTES = 4;

  /** What Hadoop's own test class needs and its jars for clients lack. */
  private static final Path JARS = Path.of("target/yarn").toAbsolutePath();

  private final Path folder;
  private final Process daemons;

  /**
   * Begins to start it.
   *
   * @param folder for its files, empty
   */
  YarnCluster(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "-cp",
            classPath + ":" + JARS + "/*",
            YarnDaemons.class.getName(),
            folder.toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true).redirectOutput(log().toFile());
    daemons = builder.start();
  }

  /** Waits until it has started. */
  void await() throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
    while (!Files.exists(ready())) {
      if (!daemons.isAlive() || System.nanoTime() > end) {
        throw new AssertionError("YARN does not start:\n" + Files.readString(log()));
      }
      Thread.sleep(100);
    }
  }

  /** What a client's process must know: the folder of the cluster's configuration. */
  Map<String, String> environment() {
    return Map.of("HADOOP_CONF_DIR", folder.resolve(YarnDaemons.CONF).toString());
  }

  /** All applications that were submitted, in order. */
  List<ApplicationReport> applications() throws IOException, YarnException {
    try (YarnClient yarn = client()) {
      List<ApplicationReport> all = new ArrayList<>(yarn.getApplications());
      all.sort(Comparator.comparing(ApplicationReport::getApplicationId));
      return all;
    }
  }

  /** How often the application master of an application was started. */
  int attempts(ApplicationReport application) throws IOException, YarnException {
    try (YarnClient yarn = client()) {
      return yarn.getApplicationAttempts(application.getApplicationId()).size();
    }
  }

  private YarnClient client() {
    Configuration configuration = new Configuration();
    configuration.addResource(
        new org.apache.hadoop.fs.Path(
            folder.resolve(YarnDaemons.CONF).resolve("yarn-site.xml").toUri()));
    YarnClient yarn = YarnClient.createYarnClient();
    yarn.init(configuration);
    yarn.start();
    return yarn;
  }

  /** Text of all logs of an application's containers, each under its file's name. */
  String logs(ApplicationReport application) throws IOException {
    StringBuilder text = new StringBuilder();
    try (var files = Files.walk(folder)) {
      String id = application.getApplicationId().toString();
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = file.getFileName().toString();
        if (file.toString().contains("/" + id + "/") && name.matches("stdout|stderr")) {
          text.append(file).append('\n').append(Files.readString(file)).append('\n');
        }
      }
    }
    return text.toString();
  }

  private Path log() {
    return folder.resolve("daemons.log");
  }

  private Path ready() {
    return folder.resolve(YarnDaemons.READY);
  }

  /** Ends the process, which ends the containers that still run. */
  @Override
  public void close() throws IOException, InterruptedException {
    daemons.getOutputStream().close();
    if (!daemons.waitFor(MINUTES, TimeUnit.MINUTES)) {
      daemons.destroyForcibly();
    }
  }
}
