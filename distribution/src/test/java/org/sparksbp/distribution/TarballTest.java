package org.sparksbp.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that one carries to a machine without a network. */
@Tag("slow")
class TarballTest {

  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final Path HOME = TARGET.resolve("spark-sbp");

  @TempDir Path folder;

  @Test
  void unpacksToAllThatTheFolderHasAndRuns() throws Exception {
    Path tarball = tarball();

    Run unpack = Run.of(folder, Map.of(), List.of("tar", "-xzf", tarball.toString()));
    assertThat(unpack.exitCode()).as(unpack.output()).isZero();
    Path home = folder.resolve(tarball.getFileName().toString().replace(".tar.gz", ""));

    assertThat(files(home)).isEqualTo(files(HOME)).contains("README.md", "docs/sweeps.md");
    for (String script : List.of("deploy/standalone/start.sh", "spark/bin/spark-submit")) {
      assertThat(home.resolve(script)).isExecutable();
    }
    assertThat(home.resolve("conf/mnist.conf").toFile().canExecute()).isFalse();
    Run version =
        Run.of(folder, Map.of(), List.of(home.resolve("bin/sbp").toString(), "--version"));
    assertThat(version.exitCode()).as(version.output()).isZero();
    assertThat(version.output()).contains("spark-sbp 0.");
  }

  private static Path tarball() throws IOException {
    try (Stream<Path> files = Files.list(TARGET)) {
      List<Path> found =
          files.filter(file -> file.getFileName().toString().endsWith(".tar.gz")).toList();
      assumeTrue(!found.isEmpty(), "Skipped, mvn verify has not packed the distribution");
      return found.get(0);
    }
  }

  private static SortedSet<String> files(Path home) throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> home.relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
