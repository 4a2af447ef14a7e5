package org.sparksbp.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AnswersTest {

  /** One with so many arms beside the first on two seeds. */
  private static SweepResults sweep(String task, int arms) {
    List<TrialResult> trials = new ArrayList<>();
    for (int arm = 0; arm <= arms; arm++) {
      for (int seed = 1; seed <= 2; seed++) {
        String name = arm == 0 ? "without" : "arm-" + arm;
        double error = 0.2 + 0.01 * arm + 0.001 * seed;
        trials.add(TestTrials.trial(task, 0, name, seed, new TreeMap<>(), 0.5, error));
      }
    }
    return TestTrials.sweep(trials);
  }

  private static List<String> pictures(SweepResults... sweeps) throws IOException {
    return Answers.of(List.of(sweeps)).figures().stream().map(FigureGroup.Figure::name).toList();
  }

  @Test
  void manyDifferencesHaveAPictureATask() throws IOException {
    assertThat(pictures(sweep("mnist", 10), sweep("nettalk", 10))).containsExactly("answers");
    assertThat(pictures(sweep("nettalk", 8), sweep("mnist", 7), sweep("nettalk", 6)))
        .containsExactly("answers-nettalk", "answers-mnist");
  }

  @Test
  void theNumbersOfAPictureAreThoseOfItsTask() throws IOException {
    List<FigureGroup.Figure> figures =
        Answers.of(List.of(sweep("nettalk", 14), sweep("mnist", 7))).figures();

    assertThat(figures.get(0).table().csv().lines().skip(1)).hasSize(14);
    assertThat(figures.get(1).table().csv().lines().skip(1))
        .hasSize(7)
        .allMatch(line -> line.contains("mnist"));
  }
}
