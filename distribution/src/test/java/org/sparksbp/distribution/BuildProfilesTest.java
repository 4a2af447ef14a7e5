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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the build takes for other machines and cards; only descriptions are downloaded. */
class BuildProfilesTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path folder;

  @Test
  void cudaAddsTheBackEndOfOnePlatformAndChangesNoOtherVersion()
      throws IOException, InterruptedException {
    List<String> with = tree("with", "cuda");
    List<String> without = tree("without", "no-such-profile");

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

  /** A machine's natives, all of them and no others: else ND4J finds none that it can load. */
  @ParameterizedTest
  @CsvSource({
    "linux-arm64, linux-arm64, linux-arm64, natives-linux-arm64",
    "macos-x86_64, macosx-x86_64, macosx-x86_64-avx2, natives-macos",
    "macos-arm64, macosx-arm64, macosx-arm64, natives-macos-arm64",
  })
  void anotherMachineHasItsOwnNativesOnly(
      String profile, String platform, String nd4j, String lwjgl)
      throws IOException, InterruptedException {
    List<String> parts = tree(profile, profile);

    assertThat(parts)
        .contains(
            "org.nd4j:nd4j-native:jar:" + nd4j + ":1.0.0-M2.1:runtime",
            "org.nd4j:nd4j-native-preset:jar:" + platform + ":1.0.0-M2.1:runtime",
            "org.bytedeco:javacpp:jar:" + platform + ":1.5.7:runtime",
            "org.bytedeco:openblas:jar:" + platform + ":0.3.19-1.5.7:runtime",
            "org.lwjgl:lwjgl:jar:" + lwjgl + ":3.3.6:runtime")
        .noneMatch(part -> part.contains(":linux-x86_64") || part.contains(":natives-linux:"));
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
                "-P",
                profile,
                "-f",
                "core-model/pom.xml",
                "dependency:tree",
                "-Dscope=runtime",
                "-DoutputFile=" + file));
    Assumptions.assumeFalse(
        run.output().contains("Could not transfer") || run.output().contains("was not found in"),
        "Skipped, the repository does not have all parts: " + run.output());
    assertThat(run.exitCode()).as(run.output()).isZero();
    return Files.readAllLines(file).stream()
        .map(line -> line.replaceFirst("^[^\\w]*", ""))
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
