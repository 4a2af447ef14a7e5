package org.sparksbp.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.sparksbp.distribution.DigitsInShell.PREPARE;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Temporary folders that cannot be used, and what runs leave in those that can. */
@Tag("slow")
class TemporaryFoldersTest {

  @TempDir Path folder;
  private DigitsInShell shell;

  @BeforeEach
  void writeDigits() throws IOException {
    shell = DigitsInShell.write(folder);
  }

  /** Spark itself ends with 53 there. */
  @Test
  void temporaryFoldersThatCannotBeWrittenAreToldBeforeAnythingIsDone() throws Exception {
    assertThat(shell.run(Map.of(), "mkdir ro full good").exitCode()).isZero();
    String mounts =
        "mount -t tmpfs -o size=8k tmpfs full && ! head -c 9000 /dev/zero > full/x 2>/dev/null"
            + " && mount -t tmpfs tmpfs ro && mount -o remount,ro ro && ";
    assumeTrue(
        shell.run(Map.of("INSIDE", mounts + "true"), "unshare -m bash -c \"$INSIDE\"").exitCode()
            == 0,
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

    Run run = shell.run(Map.of("INSIDE", inside), "unshare -m bash -c \"$INSIDE\"");

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
    DigitsInShell.writeDigits(folder.resolve("many"), 20_000); // to be stopped in the middle of
    String begin =
        "begin() { rm -f log; env --default-signal=TERM sbp prepare mnist --input many --encoder"
            + " bernoulli --steps 250 --output \"$1\" > log 2>&1 & begun=$!;"
            + " until grep -q 'prepare: 0' log; do sleep 0.1; kill -0 $begun || break; done; }; ";
    String runs = "ls -d t/spark-sbp-*/run-* 2>/dev/null | wc -l";

    Run run =
        shell.run(
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
    Run mounted = shell.run(Map.of(), "mkdir t && unshare -m mount -t tmpfs -o noexec tmpfs t");
    assumeTrue(mounted.exitCode() == 0, "no file system may be mounted here");
    String inside =
        "mount -t tmpfs -o noexec,size=200m tmpfs t &&"
            + " SBP_CACHE=$PWD/cache JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=$PWD/t "
            + PREPARE
            + "o";

    Run run = shell.run(Map.of("INSIDE", inside), "unshare -m bash -c \"$INSIDE\"");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(folder.resolve("o/manifest.json")).exists();
  }
}
