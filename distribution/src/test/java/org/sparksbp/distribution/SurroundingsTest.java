package org.sparksbp.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program on machines as they are: other locales, little memory, full disks. */
@Tag("slow")
class SurroundingsTest {

  private static final Path HOME = Path.of("target/spark-sbp").toAbsolutePath();
  private static final String PREPARE =
      "sbp prepare mnist --input in --encoder bernoulli --output ";

  @TempDir Path folder;

  @BeforeEach
  void writeDigits() throws IOException {
    Path in = Files.createDirectory(folder.resolve("in"));
    for (String name : List.of("train", "t10k")) {
      try (DataOutputStream images = stream(in.resolve(name + "-images-idx3-ubyte"));
          DataOutputStream labels = stream(in.resolve(name + "-labels-idx1-ubyte"))) {
        for (int number : new int[] {0x803, 4, 28, 28}) {
          images.writeInt(number);
        }
        images.write(new byte[4 * 28 * 28]);
        labels.writeInt(0x801);
        labels.writeInt(4);
        labels.write(new byte[] {1, 2, 3, 4});
      }
    }
  }

  @Test
  void namesKeepTheirLettersInALocaleWithoutThem() throws Exception {
    Run run =
        run(
            Map.of("LC_ALL", "C"),
            PREPARE + "\"$(printf 'K\\303\\266ln')\" && ls \"$(printf 'K\\303\\266ln')\"");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).contains("manifest.json");
  }

  @Test
  void theLocaleChangesNoByte() throws Exception {
    Run run =
        run(
            Map.of(),
            PREPARE
                + "plain && JAVA_TOOL_OPTIONS='-Duser.language=ar -Duser.country=EG' "
                + PREPARE
                + "arabic && diff -r plain arabic && echo equal");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).contains("8 images").endsWith("equal\n");
  }

  @Test
  void outputThatIsLostIsNoSuccess() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")), "there is no /dev/full");

    Run run = run(Map.of(), PREPARE + "o && sbp inspect o > /dev/full");

    assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
    assertThat(run.output()).contains("Cannot write the output");
  }

  @Test
  void tooLittleHeapIsToldWithTheLeastThatWorks() throws Exception {
    Run run = run(Map.of("SBP_HEAP", "480m"), PREPARE + "o");

    assertThat(run.exitCode()).as(run.output()).isEqualTo(2);
    assertThat(run.output()).contains("set SBP_HEAP=512m or more");
    Run least = run(Map.of("SBP_HEAP", "512m"), PREPARE + "o && sbp inspect o");
    assertThat(least.exitCode()).as(least.output()).isZero();
  }

  @Test
  void withoutAHomeDirectoryAllIsDone() throws Exception {
    Run run =
        run(
            Map.of("JAVA_TOOL_OPTIONS", "-Duser.home=/nonexistent"),
            "unset HOME; " + PREPARE + "o && sbp inspect o");

    assertThat(run.exitCode()).as(run.output()).isZero();
  }

  @Test
  void anOutputThatIsClosedIsNoSuccess() throws Exception {
    Run run = run(Map.of(), PREPARE + "o && sbp inspect o >&-");

    assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
    assertThat(run.output()).contains("Cannot write the output");
  }

  /** Spark itself ends with 53 there. */
  @Test
  void temporaryFoldersThatCannotBeWrittenAreToldBeforeAnythingIsDone() throws Exception {
    assertThat(run(Map.of(), "mkdir ro full good").exitCode()).isZero();
    String mounts =
        "mount -t tmpfs -o size=8k tmpfs full && ! head -c 9000 /dev/zero > full/x 2>/dev/null"
            + " && mount -t tmpfs tmpfs ro && mount -o remount,ro ro && ";
    assumeTrue(
        run(Map.of("INSIDE", mounts + "true"), "unshare -m bash -c \"$INSIDE\"").exitCode() == 0,
        "no file system may be mounted here");
    String inside =
        mounts
            + "JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=$PWD/full "
            + PREPARE
            + "o; echo code $?; SPARK_LOCAL_DIRS=$PWD/ro "
            + PREPARE
            + "o; echo code $?; ls o; SPARK_LOCAL_DIRS=$PWD/ro,$PWD/good "
            + PREPARE
            + "o; echo code $?; "
            + PREPARE
            + "full/o; echo code $?; ls -A good/* full";

    Run run = run(Map.of("INSIDE", inside), "unshare -m bash -c \"$INSIDE\"");

    assertThat(run.output())
        .containsSubsequence(
            "full for temporary files",
            "Set SPARK_LOCAL_DIRS",
            "code 2",
            "ro for temporary files",
            "code 2",
            "cannot access 'o'",
            "going on without it",
            "code 0",
            "No space left",
            "code 1",
            "full:\n");
    // At most the folder that all runs of the user share is left, with nothing in it.
    assertThat(run.output())
        .doesNotContain("code 53")
        .containsPattern("full:\n(spark-sbp-\\w+\n)?x\n\ngood/spark-sbp-\\w+:\n$");
  }

  @Test
  void whatAKilledRunLeavesIsDeletedByTheNextAndAStoppedOneLeavesNothing() throws Exception {
    writeManyDigits(Files.createDirectory(folder.resolve("many")));
    String begin =
        "begin() { rm -f log; env --default-signal=TERM sbp prepare mnist --input many --encoder"
            + " bernoulli --steps 250 --output \"$1\" > log 2>&1 & begun=$!;"
            + " until grep -q 'prepare: 0' log; do sleep 0.1; kill -0 $begun || break; done; }; ";
    String runs = "ls -d t/spark-sbp-*/run-* 2>/dev/null | wc -l";

    Run run =
        run(
            Map.of("SPARK_LOCAL_DIRS", folder.resolve("t").toString()),
            begin
                + "begin killed; kill -KILL $begun; wait $begun; echo code $?; "
                + runs
                + "; begin stopped; "
                + runs
                + "; "
                + PREPARE
                + "o; "
                + runs
                + "; sleep 0.5; kill -TERM $begun; wait $begun; echo code $?; "
                + runs
                + "; cat log; ls -A t/* ; ls -A | grep -v log");

    assertThat(run.output())
        .containsSubsequence(
            "code 137", "1\n", "1\n", "8 images", "1\n", "code 143", "0\n", "stopped by a signal")
        .endsWith("in\nkilled\nmany\no\nt\n");
    assertThat(folder.resolve("killed/manifest.json")).doesNotExist();
    assertThat(folder.resolve("t").toFile().listFiles()).hasSize(1);
  }

  @Test
  void nativeLibrariesGoWhereProgramsMayRun() throws Exception {
    Run mounted = run(Map.of(), "mkdir t && unshare -m mount -t tmpfs -o noexec tmpfs t");
    assumeTrue(mounted.exitCode() == 0, "no file system may be mounted here");
    String inside =
        "mount -t tmpfs -o noexec,size=200m tmpfs t &&"
            + " SBP_CACHE=$PWD/cache JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=$PWD/t "
            + PREPARE
            + "o";

    Run run = run(Map.of("INSIDE", inside), "unshare -m bash -c \"$INSIDE\"");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(folder.resolve("o/manifest.json")).exists();
  }

  /** JavaCPP looks for the libraries of a machine that this build has none for. */
  @Test
  void aMachineWithoutNativeLibrariesTrainsAllButDeeplearning4j() throws Exception {
    Map<String, String> other =
        Map.of("JAVA_TOOL_OPTIONS", "-Dorg.bytedeco.javacpp.platform=linux-ppc64le");
    String train = "sbp train --data o --set training.epochs=1 --set network.hidden=[4] --final";

    Run ours = run(other, PREPARE + "o && " + train + " --output snn");
    Run theirs = run(other, train + " --set model=bp-ann --set rule=bp --output ann");

    assertThat(ours.exitCode()).as(ours.output()).isZero();
    assertThat(theirs.exitCode()).as(theirs.output()).isEqualTo(1);
    assertThat(theirs.output()).contains("Only bp-ann", "Maven profile").doesNotContain("\tat ");
  }

  private Run run(Map<String, String> environment, String line)
      throws IOException, InterruptedException {
    String path = "PATH='" + HOME.resolve("bin") + "':\"$PATH\"; ";
    return Run.of(folder, environment, List.of("bash", "-c", "export " + path + line));
  }

  /** Enough to be stopped in the middle of. */
  private static void writeManyDigits(Path in) throws IOException {
    int count = 20_000;
    byte[] images = new byte[count * 28 * 28];
    Arrays.fill(images, (byte) 128);
    for (String name : List.of("train", "t10k")) {
      try (DataOutputStream pixels = stream(in.resolve(name + "-images-idx3-ubyte"));
          DataOutputStream labels = stream(in.resolve(name + "-labels-idx1-ubyte"))) {
        for (int number : new int[] {0x803, count, 28, 28}) {
          pixels.writeInt(number);
        }
        pixels.write(images);
        labels.writeInt(0x801);
        labels.writeInt(count);
        labels.write(new byte[count]);
      }
    }
  }

  private static DataOutputStream stream(Path file) throws IOException {
    return new DataOutputStream(Files.newOutputStream(file));
  }
}
