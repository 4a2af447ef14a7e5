package org.sparksbp.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SweepImportanceTest {

  private final Random random = new Random(5);

  /**
   * Points whose error is that of the leak with arm {@code with} and that of the updater with
   * {@code without}; every third one is stopped after the first of three epochs.
   */
  private SweepResults sweep(int points) {
    List<TrialResult> trials = new ArrayList<>();
    for (int point = 0; point < points; point++) {
      double leak = random.nextDouble();
      boolean adam = random.nextBoolean();
      TreeMap<String, String> keys = new TreeMap<>();
      keys.put("spiking-mlp.leak", Double.toString(leak));
      keys.put("updater", adam ? "adam" : "sgd");
      keys.put("snn.alpha", "[" + random.nextDouble() + ", 0.1]");
      trials.add(trial(point, "with", keys, 0.1 + 0.5 * leak));
      trials.add(trial(point, "without", keys, adam ? 0.2 : 0.4));
    }
    return TestTrials.sweep(trials);
  }

  /** After more epochs all are alike. */
  private static TrialResult trial(
      int point, String arm, TreeMap<String, String> keys, double error) {
    return point % 3 == 0
        ? TestTrials.trial(point, arm, 1, keys, error)
        : TestTrials.trial(point, arm, 1, keys, error, 0.1, 0.1);
  }

  private static double share(FigureGroup group, String key, String arm) {
    String csv = group.figures().get(0).table().csv();
    String row =
        csv.lines()
            .filter(line -> line.startsWith(key + "," + arm + ","))
            .findFirst()
            .orElseThrow();
    return Double.parseDouble(row.split(",")[2]);
  }

  @Test
  void saysWhichKeyMakesTheDifferenceInEachArm() throws IOException {
    SweepResults sweep = sweep(90);
    FigureGroup group = SweepImportance.of(sweep, sweep.points()).orElseThrow();

    assertThat(share(group, "spiking-mlp.leak", "with")).isGreaterThan(0.8);
    assertThat(share(group, "updater", "without")).isGreaterThan(0.8);
    for (String nothing : List.of("updater,with", "spiking-mlp.leak,without", "snn.alpha,with")) {
      String[] cells = nothing.split(",");
      assertThat(share(group, cells[0], cells[1])).as(nothing).isBetween(-0.1, 0.1);
    }
    assertThat(group.figures().get(0).table().csv().lines().skip(1)).hasSize(6);
    assertThat(group.notes())
        .anySatisfy(
            note ->
                assertThat(note)
                    .startsWith("with: the test error after epoch 1, which all of 90 points"));
  }

  @Test
  void sharesOfChanceAreNotShown() throws IOException {
    List<TrialResult> trials = new ArrayList<>();
    for (int point = 0; point < 60; point++) {
      TreeMap<String, String> keys = new TreeMap<>();
      keys.put("a", Double.toString(random.nextDouble()));
      keys.put("b", Double.toString(random.nextDouble()));
      trials.add(TestTrials.trial(point, "with", 1, keys, random.nextDouble()));
    }
    SweepResults sweep = TestTrials.sweep(trials);
    FigureGroup group = SweepImportance.of(sweep, sweep.points()).orElseThrow();

    assertThat(group.figures()).isEmpty();
    assertThat(group.notes()).anyMatch(note -> note.contains("no importance, as the forest"));
  }

  @Test
  void aFewPointsOrOneKeyAreNotWeighed() throws IOException {
    SweepResults few = sweep(19);
    List<TrialResult> oneKey = new ArrayList<>();
    for (int point = 0; point < 40; point++) {
      TreeMap<String, String> key = new TreeMap<>(Map.of("seed-scale", Integer.toString(point)));
      oneKey.add(TestTrials.trial(point, "with", 1, key, 0.1));
    }

    assertThat(SweepImportance.of(few, few.points())).isEmpty();
    assertThat(SweepImportance.of(TestTrials.sweep(oneKey), TestTrials.sweep(oneKey).points()))
        .isEmpty();
  }

  @Test
  void pointsThatAreAllAlikeAreSaidToBe() throws IOException {
    List<TrialResult> alike = new ArrayList<>();
    for (int point = 0; point < 40; point++) {
      TreeMap<String, String> keys = new TreeMap<>();
      keys.put("a", Integer.toString(point));
      keys.put("b", Integer.toString(point % 7));
      alike.add(TestTrials.trial(point, "with", 1, keys, 0.1));
    }
    SweepResults sweep = TestTrials.sweep(alike);
    FigureGroup group = SweepImportance.of(sweep, sweep.points()).orElseThrow();

    assertThat(group.figures()).isEmpty();
    assertThat(group.notes()).contains("with: all points have the same error.");
  }
}
