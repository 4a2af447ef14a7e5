package org.sparksbp.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.sparksbp.distribution.DigitsInShell.PREPARE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program on machines as they are: other locales, little memory, lost output. */
@Tag("slow")
class SurroundingsTest {

  @TempDir Path folder;
  private DigitsInShell shell;

  @BeforeEach
  void writeDigits() throws IOException {
    shell = DigitsInShell.write(folder);
  }

  @Test
  void namesKeepTheirLettersInALocaleWithoutThem() throws Exception {
    Run run =
        shell.run(
            Map.of("LC_ALL", "C"),
            PREPARE + "\"$(printf 'K\\303\\266ln')\" && ls \"$(printf 'K\\303\\266ln')\"");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).contains("manifest.json");
  }

  @Test
  void theLocaleChangesNoByte() throws Exception {
    Run run =
        shell.run(
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

    Run run = shell.run(Map.of(), PREPARE + "o && sbp inspect o > /dev/full");

    assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
    assertThat(run.output()).contains("Cannot write the output");
  }

  @Test
  void tooLittleHeapIsToldWithTheLeastThatWorks() throws Exception {
    Run run = shell.run(Map.of("SBP_HEAP", "480m"), PREPARE + "o");

    assertThat(run.exitCode()).as(run.output()).isEqualTo(2);
    assertThat(run.output()).contains("set SBP_HEAP=512m or more");
    for (String none : List.of("2gb", "8m", "99999999999g")) {
      Run refused = shell.run(Map.of("SBP_HEAP", none), PREPARE + "o");
      assertThat(refused.exitCode()).as(refused.output()).isEqualTo(2);
      assertThat(refused.output()).contains("Invalid SBP_HEAP=" + none);
    }
    Run least = shell.run(Map.of("SBP_HEAP", "512m"), PREPARE + "o && sbp inspect o");
    assertThat(least.exitCode()).as(least.output()).isZero();
  }

  @Test
  void withoutAHomeDirectoryAllIsDone() throws Exception {
    Run run =
        shell.run(
            Map.of("JAVA_TOOL_OPTIONS", "-Duser.home=/nonexistent"),
            "unset HOME; " + PREPARE + "o && sbp inspect o");

    assertThat(run.exitCode()).as(run.output()).isZero();
  }

  @Test
  void anOutputThatIsClosedIsNoSuccess() throws Exception {
    Run run = shell.run(Map.of(), PREPARE + "o && sbp inspect o >&-");

    assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
    assertThat(run.output()).contains("Cannot write the output");
  }

  /** JavaCPP looks for the libraries of a machine that this build has none for. */
  @Test
  void aMachineWithoutNativeLibrariesTrainsAllButDeeplearning4j() throws Exception {
    Map<String, String> other =
        Map.of("JAVA_TOOL_OPTIONS", "-Dorg.bytedeco.javacpp.platform=linux-ppc64le");
    String train = "sbp train --data o --set training.epochs=1 --set network.hidden=[4] --final";

    Run ours = shell.run(other, PREPARE + "o && " + train + " --output snn");
    Run theirs = shell.run(other, train + " --set model=bp-ann --set rule=bp --output ann");

    assertThat(ours.exitCode()).as(ours.output()).isZero();
    assertThat(theirs.exitCode()).as(theirs.output()).isEqualTo(1);
    assertThat(theirs.output()).contains("Only bp-ann", "Maven profile").doesNotContain("\tat ");
  }
}
