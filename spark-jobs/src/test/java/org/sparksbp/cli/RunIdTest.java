package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunIdTest {

  private static final String OF_AIRFLOW = "scheduled__2026-11-30T00:00:00+00:00";

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-30", "manual__7.b", "A"})
  void namesThatFilesMayHaveStay(String id) {
    assertThat(RunId.fileName(id)).isEqualTo(id);
  }

  @Test
  void othersAreWrittenInLettersDigitsAndHyphensAndStayApart() {
    assertThat(RunId.fileName(OF_AIRFLOW))
        .isEqualTo("scheduled__2026-11-30T00-00-00-00-00-b6d04aff");
    assertThat(RunId.fileName(OF_AIRFLOW.replace('+', '-')))
        .startsWith("scheduled__2026-11-30T00-00-00-00-00-")
        .isNotEqualTo(RunId.fileName(OF_AIRFLOW));
    assertThat(RunId.fileName("../up")).matches("-.-up-[0-9a-f]{8}");
    assertThat(RunId.fileName("_hidden")).matches("-hidden-[0-9a-f]{8}");
    assertThat(RunId.fileName("ü/ ")).matches("----[0-9a-f]{8}");
    String written = "x".repeat(99);
    assertThat(RunId.fileName(written + "yz"))
        .hasSize(109)
        .isNotEqualTo(RunId.fileName(written + "y!"))
        .isNotEqualTo(RunId.fileName(written + "ya"));
  }

  @Test
  void takesItsPlaceInEveryArgument() {
    assertThat(
            RunId.applied(
                "sweep", "--run-id", "a:b", "--output=r/{run-id}/{run-id}", "--set", "x={run-id}"))
        .containsExactly(
            "sweep",
            "--output=r/" + RunId.fileName("a:b") + "/" + RunId.fileName("a:b"),
            "--set",
            "x=" + RunId.fileName("a:b"),
            "--run-id=a:b");
    assertThat(RunId.applied("train", "--output", "r")).containsExactly("train", "--output", "r");
  }

  @Test
  void aNameWithoutAPlaceIsRefusedAndAPlaceWithoutAName() {
    refused("no other argument has {run-id} in it", "report", "--output", "p", "--run-id", "a");
    refused("give one by --run-id ID", "report", "--results", "r", "--output", "p/{run-id}");
    refused("it is empty", "report", "--results", "r", "--output", "p/{run-id}", "--run-id", " ");
  }

  private static void refused(String reason, String... words) {
    CommandRun run = CommandRun.of(words);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("sbp: Invalid ").contains(reason);
  }
}
