package org.sparksbp.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same sources give the same jars, and bills of materials tell what is in them. */
class ReproducibleBuildTest {

  private static final Path HOME = Path.of("target/spark-sbp");
  private static final Path SOURCES = Path.of("..").toAbsolutePath().normalize();

  /** In the root's pom.xml. */
  private static final LocalDateTime OUTPUT_TIMESTAMP = LocalDateTime.of(2026, 1, 1, 0, 0);

  @TempDir Path folder;

  @Test
  void ownJarsHaveNoTimeOfTheirBuild() throws IOException {
    for (String module : List.of("core-model", "storage", "data-prep", "reports", "spark-jobs")) {
      try (JarFile jar = new JarFile(jar(HOME.resolve("app"), module).toFile())) {
        assertThat(jar.stream().map(ZipEntry::getTimeLocal)).containsOnly(OUTPUT_TIMESTAMP);
        assertThat(jar.getManifest().getMainAttributes().keySet().toString())
            .doesNotContain("Built-By", "Timestamp", "Build-Time");
      }
    }
  }

  @Test
  void billsOfMaterialsNameLibrariesOfBoth() throws IOException {
    assertThat(HOME.resolve("sbom/app.cdx.json"))
        .content()
        .contains("CycloneDX", "nd4j-api", "config")
        .doesNotContain("\"name\" : \"junit-jupiter\"", SOURCES.toString());
    assertThat(HOME.resolve("sbom/spark.cdx.json"))
        .content()
        .contains("CycloneDX", "spark-core_2.12", "hadoop-client-runtime");
  }

  /** A minute, of Maven once more, in the same repository: a jar names its commit. */
  @Tag("clusters")
  @Test
  void aBuildElsewhereMakesTheSameBytes() throws Exception {
    String copy =
        "cd '"
            + SOURCES
            + "' && tar cf - --exclude=target . | tar xf - -C '"
            + folder
            + "' && cd '"
            + folder
            + "' && mvn -B -ntp -o -q package -DskipTests -pl core-model,storage";

    Run run = Run.of(folder, Map.of(), List.of("bash", "-c", copy));

    assertThat(run.exitCode()).as(run.output()).isZero();
    for (String module : List.of("core-model", "storage")) {
      assertThat(jar(folder.resolve(module).resolve("target"), module))
          .hasSameBinaryContentAs(jar(SOURCES.resolve(module).resolve("target"), module));
    }
  }

  private static Path jar(Path folder, String module) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(
              file ->
                  file.getFileName().toString().matches(module + "-[0-9][^-]*(-SNAPSHOT)?\\.jar"))
          .findFirst()
          .orElseThrow();
    }
  }
}
