package org.sparksbp.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The cluster of {@code deploy/standalone} with two workers, on ports that are free. */
final class StandaloneCluster implements AutoCloseable {

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path scripts;
  private final Path run;
  private final Map<String, String> environment;
  private final String started;

  /** Starts master and workers; if one does not start, the others are stopped. */
  StandaloneCluster(Path home, Path run) throws IOException, InterruptedException {
    this(home, run, Map.of());
  }

  /** The same with variables for the scripts. */
  StandaloneCluster(Path home, Path run, Map<String, String> environment)
      throws IOException, InterruptedException {
    this.environment = environment;
    this.scripts = home.resolve("deploy/standalone");
    this.run = Files.createDirectory(run, OWNER_ONLY);
    boolean runs = false;
    try {
      Run start =
          script(
              "start.sh",
              "--port",
              "0",
              "--webui-port",
              "0",
              "--workers",
              "2",
              "--memory",
              "1100m");
      assertThat(start.exitCode()).as(start.output()).isZero();
      started = start.output();
      runs = true;
    } finally {
      if (!runs) {
        stop();
      }
    }
  }

  String master() throws IOException {
    return Files.readString(run.resolve("master.url")).strip();
  }

  /** Settings of Spark that an application needs, the secret among them. */
  Path settings() {
    return run.resolve("spark.conf");
  }

  /** What the script has said when all were started. */
  String started() {
    return started;
  }

  /** File of the resources that a worker was given. */
  Path resources(int worker) {
    return run.resolve("worker-" + worker + ".resources.json");
  }

  Run status() throws IOException, InterruptedException {
    return script("status.sh");
  }

  /** Stops, by process id, what still runs. */
  Run stop() throws IOException, InterruptedException {
    return script("stop.sh");
  }

  @Override
  public void close() throws IOException, InterruptedException {
    stop();
  }

  private Run script(String name, String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(scripts.resolve(name).toString()));
    command.addAll(List.of("--run", run.toString()));
    command.addAll(List.of(options));
    return Run.of(run, environment, command);
  }
}
