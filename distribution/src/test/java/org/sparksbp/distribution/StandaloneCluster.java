package org.sparksbp.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The cluster of {@code deploy/standalone} with two workers, on ports that are free. */
final class StandaloneCluster implements AutoCloseable {

  private final Path scripts;
  private final Path run;

  /** Starts master and workers; if one does not start, the others are stopped. */
  StandaloneCluster(Path home, Path run) throws IOException, InterruptedException {
    this.scripts = home.resolve("deploy/standalone");
    this.run = Files.createDirectories(run);
    boolean started = false;
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
      started = true;
    } finally {
      if (!started) {
        stop();
      }
    }
  }

  String master() throws IOException {
    return Files.readString(run.resolve("master.url")).strip();
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
    return Run.of(run, Map.of(), command);
  }
}
