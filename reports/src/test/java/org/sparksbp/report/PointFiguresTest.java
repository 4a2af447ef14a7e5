package org.sparksbp.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PointFiguresTest {

  private static final double[] LEARNING = {0.3, 0.2, 0.12};

  @Test
  void anArmThatLearnsNothingIsNamedAndLeftOutOfThePictureOfErrors() throws IOException {
    SweepPoint point = point(trial("with", 1, LEARNING), trial("dead", 1, 1.0, 0.9996, 1.0));

    assertThat(point.neverLearns("dead")).isTrue();
    assertThat(point.neverLearns("with")).isFalse();
    FigureGroup group = PointFigures.of(point);
    assertThat(group.notes())
        .contains("dead learns nothing: its error is 100.00 % to the end, out of the picture.");
    assertThat(Answers.of(List.of(point.sweep())).figures()).isEmpty();
  }

  @Test
  void anArmThatStandsStillBelowTheOthersOrAloneIsDrawn() {
    SweepPoint atOnce = point(trial("with", 1, LEARNING), trial("quick", 1, 0.1, 0.101, 0.1));
    SweepPoint alone = point(trial("dead", 1, 1.0, 1.0, 1.0), trial("with", 1, 1.0, 1.0, 1.0));
    SweepPoint oneSeed =
        point(
            trial("with", 1, LEARNING),
            trial("late", 1, 1.0, 1.0, 1.0),
            trial("late", 2, 1.0, 1.0, 0.5));

    assertThat(atOnce.neverLearns("quick")).isFalse();
    assertThat(alone.neverLearns("dead")).isFalse();
    assertThat(oneSeed.neverLearns("late")).isFalse();
  }

  private static SweepPoint point(TrialResult... trials) {
    return new SweepPoint(TestTrials.sweep(List.of(trials)), "", List.of(trials));
  }

  private static TrialResult trial(String arm, long seed, double... errors) {
    return TestTrials.trial(0, arm, seed, new TreeMap<>(), errors);
  }
}
