package org.sparksbp.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sparksbp.training.TrainingFixture;

/**
 * A standalone cluster of a master and workers in processes of their own, on loopback addresses.
 */
final class LoopbackCluster implements AutoCloseable {

  private static final Pattern MASTER = Pattern.compile("Starting Spark master at (spark://\\S+)");
  private static final Pattern REGISTERED = Pattern.compile("Successfully registered with master");
  private static final int TRIES = 600;
  private static final String PLACE = "org.apache.spark.deploy.";
  private static final String HOST = "127.0.0.1";

  private final Path folder;
  private final List<Process> processes = new ArrayList<>();
  private final String master;

  /**
   * Starts a cluster.
   *
   * @param folder for logs and work
   * @param workerOptions of Java, with Spark's settings of the worker
   */
  LoopbackCluster(Path folder, int cores, String... workerOptions) throws Exception {
    this.folder = folder;
    try {
      Path log = start("master", HOST, List.of(), PLACE + "master.Master", "--port", "0");
      this.master = await(log, MASTER).group(1);
      addWorker(HOST, cores, workerOptions);
    } catch (Exception | AssertionError e) {
      close();
      throw e;
    }
  }

  /**
   * Starts one more worker.
   *
   * @param host another loopback address, for Spark to take it for another machine
   * @param options of Java, with Spark's settings of the worker
   * @return its process, whose descendants are its executors
   */
  Process addWorker(String host, int cores, String... options) throws Exception {
    Path worker =
        start(
            "worker-" + host,
            host,
            List.of(options),
            PLACE + "worker.Worker",
            "--cores",
            String.valueOf(cores),
            "--memory",
            "1g",
            "--work-dir",
            folder.resolve("work").toString(),
            master);
    await(worker, REGISTERED);
    return processes.get(processes.size() - 1);
  }

  String master() {
    return master;
  }

  private Path start(
      String name, String host, List<String> options, String program, String... arguments)
      throws IOException {
    List<String> java = new ArrayList<>(options);
    Path logging = Path.of("../conf/log4j2-verbose.properties").toAbsolutePath();
    java.add("-Dlog4j2.configurationFile=" + logging.toUri());
    List<String> command = new ArrayList<>(List.of(program, "--host", host));
    command.addAll(List.of("--webui-port", "0"));
    command.addAll(List.of(arguments));
    Path log = folder.resolve(name + ".log");
    processes.add(
        TrainingFixture.java(java, command.toArray(String[]::new))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start());
    return log;
  }

  private static Matcher await(Path log, Pattern said) throws Exception {
    for (int tries = 0; tries < TRIES; tries++) {
      Matcher found = said.matcher(Files.readString(log));
      if (found.find()) {
        return found;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("no '" + said + "' in " + Files.readString(log));
  }

  /** Ends the processes that were started here, and the executors that they have started. */
  @Override
  public void close() {
    for (Process process : processes) {
      Stream<ProcessHandle> executors = process.descendants();
      process.destroy();
      executors.forEach(ProcessHandle::destroy);
      process.onExit().join();
    }
  }
}
