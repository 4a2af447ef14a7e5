package org.sparksbp.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The container image, built and run for real: read-only, without rights and without network. */
@Tag("slow")
@Tag("clusters")
class ContainerImageTest {

  private static final long LARGEST = 700_000_000;

  /** Long enough to be stopped in the middle. */
  private static final int EPOCHS = 40;

  private static final String TRAINING =
      "train --data sbp-demo/shards/mnist --output run --resume --master local[2]"
          + " --set network.hidden=[10] --set training.early-stopping.patience=0"
          + " --set training.epochs="
          + EPOCHS;

  private static final Transcript TRANSCRIPT = new Transcript("a container");

  @TempDir static Path folder;

  private static Path work;
  private static Run demo;

  @BeforeAll
  static void buildAndRunTheDemo() throws Exception {
    ContainerImage.require(folder);
    work = ContainerImage.volume(folder.resolve("work"));
    TRANSCRIPT.name(folder + "/", "");
    demo = run("demo");
  }

  @Test
  void isSmallAndHoldsNoToolsToBuildWith() throws Exception {
    Run size =
        ContainerImage.podman(
            folder, "image", "inspect", "--format", "{{.Size}} {{.User}}", ContainerImage.NAME);
    Run tools =
        Run.of(
            folder,
            Map.of(),
            ContainerImage.container(
                List.of("--network", "none", "--entrypoint", "bash"),
                "-c",
                "for t in javac jlink gcc make mvn curl wget; do command -v $t; done; id -u; java"
                    + " --list-modules | grep incubator"));

    assertThat(size.output()).endsWith(" 185\n");
    assertThat(Long.parseLong(size.output().split(" ")[0])).isLessThan(LARGEST);
    assertThat(tools.output()).startsWith("185\n").contains("jdk.incubator.vector");
  }

  @Test
  void demoRunsWithAReadOnlyRootAndOneVolume() {
    assertThat(demo.exitCode()).as(demo.output()).isZero();
    assertThat(work.resolve("sbp-demo/report/report.html")).isNotEmptyFile();
  }

  @Test
  void terminationLeavesACheckpointThatTheNextContainerGoesOnFrom() throws Exception {
    Path log = folder.resolve("training.log");
    List<String> command =
        ContainerImage.container(options("--name", "sbp-stopped"), words(TRAINING));
    Process training =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      Path metrics = work.resolve("run/metrics.jsonl");
      while (training.isAlive() && !Files.exists(metrics)) {
        TimeUnit.MILLISECONDS.sleep(200);
      }
      assertThat(training.isAlive()).as(Files.readString(log)).isTrue();
      // As a kubelet does: SIGTERM, and SIGKILL after the grace period, which would be 137.
      ContainerImage.podman(folder, "stop", "--time", "30", "sbp-stopped");
      assertThat(training.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      ContainerImage.podman(folder, "rm", "--force", "--time", "0", "--ignore", "sbp-stopped");
    }
    TRANSCRIPT.note("podman stop, when the first epoch was learned:");
    TRANSCRIPT.add("", command, new Run(training.exitValue(), Files.readString(log)));
    assertThat(training.exitValue()).as(Files.readString(log)).isEqualTo(130);
    assertThat(Files.readString(log)).contains("with a checkpoint");
    int learned = Files.readAllLines(work.resolve("run/metrics.jsonl")).size();
    assertThat(learned).isLessThan(EPOCHS);

    Run next = run(words(TRAINING));
    assertThat(next.exitCode()).as(next.output()).isZero();
    List<String> epochs = Files.readAllLines(work.resolve("run/metrics.jsonl"));
    assertThat(epochs).hasSize(EPOCHS).doesNotHaveDuplicates();
    TRANSCRIPT.keep();
  }

  @Test
  void gpuImageNamesTheDriversLibrary() throws Exception {
    Run built = ContainerImage.build(folder, ContainerImage.NAME, ContainerImage.GPU_NAME, "--gpu");
    assertThat(built.exitCode()).as(built.output()).isZero();

    Run look =
        Run.of(
            folder,
            Map.of(),
            ContainerImage.container(
                ContainerImage.GPU_NAME,
                List.of("--network", "none", "--entrypoint", "bash"),
                List.of(
                    "-c",
                    "id -u; cat /etc/OpenCL/vendors/nvidia.icd; echo $NVIDIA_DRIVER_CAPABILITIES;"
                        + " ls /usr/lib/*/libOpenCL.so.1")));

    assertThat(look.output())
        .startsWith("185\nlibnvidia-opencl.so.1\ncompute,utility\n")
        .contains("libOpenCL.so.1\n");
  }

  private static Run run(String... arguments) throws IOException, InterruptedException {
    List<String> command = ContainerImage.container(options(), arguments);
    Run run = Run.of(folder, Map.of(), command, ContainerImage.MINUTES);
    TRANSCRIPT.add("", command, run);
    return run;
  }

  private static List<String> options(String... more) {
    List<String> options = new ArrayList<>(List.of("--network", "none", "-v", work + ":/work"));
    options.addAll(List.of(more));
    return options;
  }

  private static String[] words(String line) {
    return line.split(" ");
  }
}
