package org.sparksbp.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the build with ND4J's back end for NVIDIA's cards finds its parts; none is downloaded. */
class CudaProfileTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path folder;

  @Test
  void theProfileAddsTheBackEndOfOnePlatformAndChangesNoOtherVersion()
      throws IOException, InterruptedException {
    List<String> with = tree("with", "-Pcuda");
    List<String> without = tree("without", "-Pno-such-profile");

    assertThat(with).containsAll(without);
    assertThat(with)
        .filteredOn(line -> !without.contains(line))
        .containsExactlyInAnyOrder(
            "org.nd4j:nd4j-cuda-11.6:jar:1.0.0-M2.1:runtime",
            "org.nd4j:nd4j-cuda-11.6:jar:linux-x86_64:1.0.0-M2.1:runtime",
            "org.nd4j:nd4j-cuda-11.6-preset:jar:1.0.0-M2.1:runtime",
            "org.nd4j:nd4j-cuda-11.6-preset:jar:linux-x86_64:1.0.0-M2.1:runtime",
            "org.bytedeco:cuda:jar:11.6-8.3-1.5.7:runtime",
            "org.bytedeco:cuda:jar:linux-x86_64:11.6-8.3-1.5.7:runtime");
  }

  private List<String> tree(String name, String profile) throws IOException, InterruptedException {
    Path file = folder.resolve(name);
    Run run =
        Run.of(
            ROOT,
            Map.of(),
            List.of(
                maven(),
                "-B",
                "-ntp",
                profile,
                "-f",
                "core-model/pom.xml",
                "dependency:list",
                "-DincludeScope=runtime",
                "-DoutputFile=" + file));
    Assumptions.assumeFalse(
        run.output().contains("Could not transfer") || run.output().contains("was not found in"),
        "Skipped, the repository does not have all parts: " + run.output());
    assertThat(run.exitCode()).as(run.output()).isZero();
    return Files.readAllLines(file).stream()
        .map(line -> line.trim().split(" ", 2)[0])
        .filter(line -> line.contains(":jar:"))
        .toList();
  }

  private static String maven() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "mvn")))
        ? "mvn"
        : "./mvnw";
  }
}
