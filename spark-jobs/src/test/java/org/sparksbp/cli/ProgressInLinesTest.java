package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressInLinesTest {

  private final StringWriter said = new StringWriter();
  private Instant now = Instant.EPOCH;
  private final ProgressInLines progress =
      new ProgressInLines(new PrintWriter(said), "trials", () -> now);

  @Test
  void rateAndTimeLeftLeaveOutWhatWasDoneBefore() {
    progress.at("sweep", 144, 216, "");
    now = now.plusSeconds(4);
    progress.at("sweep", 150, 216, "");
    now = now.plusSeconds(6);
    progress.at("sweep", 154, 216, "1 failed");

    assertThat(said.toString().lines())
        .containsExactly(
            "sweep: 144 of 216 trials",
            "sweep: 154 of 216 trials, 1.00 trials/s, 62 s left, 1 failed");
  }

  @Test
  void nextStageAndTheEndAreSaidAtOnce() {
    progress.at("reading", 1, 2, "");
    progress.at("reading", 2, 2, "");
    progress.at("writing", 1, 0, "");

    assertThat(said.toString().lines())
        .containsExactly("reading: 1 of 2 trials", "reading: 2 of 2 trials", "writing: 1 trials");
  }
}
