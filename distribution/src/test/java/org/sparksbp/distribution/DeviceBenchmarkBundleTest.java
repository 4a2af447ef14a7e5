package org.sparksbp.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundle that measures a graphics card, made and run as {@code docs/gpu.md} says. */
@Tag("slow")
class DeviceBenchmarkBundleTest {

  private static final Path HOME = Path.of("target/spark-sbp").toAbsolutePath();
  private static final long MOST_BYTES = 60_000_000;
  private static final int CANNOT = 1;

  @TempDir Path folder;

  @Test
  void smallBundleMeasuresWithoutSparkAndNd4j() throws Exception {
    Run made = run(Map.of(), HOME.resolve("deploy/gpu/benchmark.sh").toString(), "card");
    if (made.exitCode() == CANNOT && made.output().contains("libOpenCL.so.1")) {
      System.out.println("Skipped: " + made.output());
      Assumptions.abort(made.output());
    }
    assertThat(made.exitCode()).as(made.output()).isZero();
    assertThat(bytes(folder.resolve("card"))).isLessThan(MOST_BYTES);

    Run run =
        run(
            Map.of("SBP_DEVICE_TYPES", "all", "SBP_HEAP", "512m"),
            "card/run.sh",
            "--packs=2",
            "--hidden=8",
            "--large=0",
            "--seconds=0.02",
            "--output=results");

    if (run.exitCode() == 2 && run.output().contains("names none")) {
      System.out.println("Skipped: " + run.output());
      Assumptions.abort(run.output());
    }
    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output())
        .contains("| spiking-mlp | sbp | 8 | 100 | 2 |", "| rbm | sbp | 8 | 20 |");
    assertThat(folder.resolve("results/device-benchmark.json")).exists();
  }

  @Test
  void refusesToOverwrite() throws Exception {
    Files.createDirectory(folder.resolve("card"));

    Run made = run(Map.of(), HOME.resolve("deploy/gpu/benchmark.sh").toString(), "card");

    assertThat(made.exitCode()).isEqualTo(2);
    assertThat(made.output()).contains("it is there already");
  }

  private Run run(Map<String, String> environment, String... command) throws Exception {
    return Run.of(folder, environment, List.of(command));
  }

  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
