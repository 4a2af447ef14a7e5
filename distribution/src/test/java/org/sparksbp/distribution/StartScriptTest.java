package org.sparksbp.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The laid-out distribution as a user runs it: real processes, a path with blanks in it. */
@Tag("slow")
class StartScriptTest {

  private static final Path HOME = Path.of("target/spark-sbp").toAbsolutePath();

  @TempDir Path temporary;

  private Path folder;

  @BeforeEach
  void makeFolderWithBlanks() throws IOException {
    folder = Files.createDirectories(temporary.resolve("a folder"));
    writeDigits("train", 20);
    writeDigits("t10k", 10);
  }

  @Test
  void preparesThroughALinkFromAnotherDirectory() throws Exception {
    Path home = Files.createSymbolicLink(folder.resolve("linked home"), HOME);
    Path script = Files.createSymbolicLink(folder.resolve("sbp"), home.resolve("bin/sbp"));

    Run run = run(Map.of(), script.toString(), "prepare", "mnist", "--input", ".", "--output", "o");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).contains("\"trainSamples\":20");
    assertThat(folder.resolve("o/manifest.json")).exists();
  }

  @Test
  void passesTheExitCodeOn() throws Exception {
    String script = HOME.resolve("bin/sbp").toString();

    assertThat(run(Map.of(), script, "inspect", ".").exitCode()).isEqualTo(3);
    assertThat(run(Map.of(), script, "nonsense").exitCode()).isEqualTo(2);
  }

  @Test
  void everyKindOfKernelsComputes() throws Exception {
    String script = HOME.resolve("bin/sbp").toString();

    Run run =
        run(Map.of(), script, "benchmark", "--quick", "--only", "machine", "--seconds", "0.01");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).contains("plain", "vector", "nd4j");
  }

  @Test
  void runsOnAnInstalledSparkTheSameWay() throws Exception {
    String script = HOME.resolve("bin/sbp").toString();
    Map<String, String> installed = Map.of("SPARK_HOME", HOME.resolve("spark").toString());

    Run run =
        run(installed, script, "prepare", "mnist", "--input", ".", "--output", "o", "--limit", "5");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).contains("\"trainSamples\":5");
  }

  @Test
  void theDistributionHoldsAllThatDeeplearning4jNeeds() throws Exception {
    String script = HOME.resolve("bin/sbp").toString();
    run(Map.of(), script, "prepare", "mnist", "--input", ".", "--output", "o");

    Run run =
        run(
            Map.of(),
            script,
            "train",
            "--data=o",
            "--output=r",
            "--set=model=bp-ann",
            "--set=rule=bp",
            "--set=network.hidden=[5]",
            "--set=training.epochs=1",
            "--set=training.batch=5");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(folder.resolve("r/model/weights-0.npy")).exists();
  }

  /** The start script finds the settings of the cluster that was started from the run folder. */
  @Test
  void standaloneClusterPreparesAndStops() throws Exception {
    try (StandaloneCluster cluster = new StandaloneCluster(HOME, folder.resolve("run"))) {
      assertThat(cluster.status().output()).contains("worker-2 runs");

      Run run =
          run(
              Map.of("SBP_CLUSTER_RUN", folder.resolve("run").toString()),
              HOME.resolve("bin/sbp").toString(),
              "prepare",
              "mnist",
              "--input",
              folder.toString(),
              "--output",
              folder.resolve("cluster").toString(),
              "--master",
              cluster.master());

      assertThat(run.exitCode()).as(run.output()).isZero();
      assertThat(folder.resolve("cluster/manifest.json")).exists();
      assertSecretIsKept(folder.resolve("run"));
      assertThat(withoutSecret(cluster.master()).output()).contains("has granted no executor");
      assertThat(cluster.stop().output()).contains("stopped 3 processes");
      assertThat(cluster.status().exitCode()).isEqualTo(3);
      assertThat(cluster.settings()).doesNotExist();
    }
  }

  /** Only files for the owner alone have it: no log, and no work folder of an application. */
  private static void assertSecretIsKept(Path run) throws IOException {
    String secret = Files.readString(run.resolve("secret")).strip();
    assertThat(secret).hasSize(64);
    List<Path> all;
    try (Stream<Path> files = Files.walk(run)) {
      all = files.filter(Files::isRegularFile).toList();
    }
    assertThat(all).anyMatch(file -> file.endsWith("stderr"));
    List<String> holders = new ArrayList<>();
    for (Path file : all) {
      if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(secret)) {
        holders.add(run.relativize(file).toString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as(file.toString())
            .isEqualTo("rw-------");
      }
    }
    assertThat(holders).containsExactlyInAnyOrder("secret", "daemon.conf", "spark.conf");
    assertThat(ProcessHandle.allProcesses().map(process -> process.info().commandLine().orElse("")))
        .anyMatch(line -> line.contains("deploy.worker.Worker"))
        .noneMatch(line -> line.contains(secret));
  }

  private Run withoutSecret(String master) throws Exception {
    return run(
        Map.of(),
        HOME.resolve("bin/sbp").toString(),
        "prepare",
        "mnist",
        "--input=" + folder,
        "--output=" + folder.resolve("refused"),
        "--conf=spark.sbp.executorTimeout=3s",
        "--master",
        master);
  }

  /** A script claims two cards: the workers have one each, and executors are granted them. */
  @Test
  void standaloneClusterDealsTheGraphicsCardsAmongItsWorkers() throws Exception {
    Path claims = folder.resolve("claims.sh");
    Files.writeString(
        claims, "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"0\",\"1\"]}'\n");
    assertThat(claims.toFile().setExecutable(true)).isTrue();
    String script = HOME.resolve("bin/sbp").toString();
    run(Map.of(), script, "prepare", "mnist", "--input", ".", "--output", "o");

    try (StandaloneCluster cluster =
        new StandaloneCluster(
            HOME, folder.resolve("run"), Map.of("SBP_GPU_DISCOVERY", claims.toString()))) {
      assertThat(cluster.started()).contains("2 graphics cards in all");
      assertThat(cluster.resources(1)).content().contains("\"addresses\":[\"0\"]");
      assertThat(cluster.resources(2)).content().contains("\"addresses\":[\"1\"]");

      // Of a model that is computed on processors only: no card is needed but Spark's assignment.
      Run run =
          run(
              Map.of(),
              script,
              "train",
              "--data=" + folder.resolve("o"),
              "--output=" + folder.resolve("r"),
              "--set=model=bp-ann",
              "--set=rule=bp",
              "--set=network.hidden=[5]",
              "--set=training.epochs=1",
              "--set=training.batch=5",
              "--set=training.workers=2",
              "--gpus=1",
              "--properties-file",
              cluster.settings().toString(),
              "--master",
              cluster.master());

      assertThat(run.exitCode()).as(run.output()).isZero();
      assertThat(run.output())
          .contains("computing on processors, not on the graphics cards of --gpus");
    }
  }

  @Test
  void applicationFolderHoldsNothingOfSpark() throws IOException {
    assertThat(jars("app")).anyMatch(jar -> jar.startsWith("nd4j-native-"));
    assertThat(jars("app"))
        .noneMatch(jar -> jar.startsWith("spark-core") || jar.startsWith("hadoop-"))
        .noneMatch(jar -> jar.startsWith("scala-library") || jar.startsWith("slf4j-api"));
    assertThat(jars("spark/jars")).anyMatch(jar -> jar.startsWith("spark-core_2.12"));
  }

  private static List<String> jars(String name) throws IOException {
    try (var files = Files.list(HOME.resolve(name))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private Run run(Map<String, String> environment, String... command) throws Exception {
    return Run.of(folder, environment, List.of(command));
  }

  private void writeDigits(String name, int count) throws IOException {
    try (DataOutputStream images =
            new DataOutputStream(
                Files.newOutputStream(folder.resolve(name + "-images-idx3-ubyte")));
        DataOutputStream labels =
            new DataOutputStream(
                Files.newOutputStream(folder.resolve(name + "-labels-idx1-ubyte")))) {
      for (int number : new int[] {2051, count, 28, 28}) {
        images.writeInt(number);
      }
      for (int number : new int[] {2049, count}) {
        labels.writeInt(number);
      }
      for (int sample = 0; sample < count; sample++) {
        byte[] image = new byte[28 * 28];
        image[29 * (sample % 10)] = (byte) 200;
        images.write(image);
        labels.writeByte(sample % 10);
      }
    }
  }
}
