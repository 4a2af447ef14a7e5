package org.sparksbp.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.junit.jupiter.api.Test;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.training.TrainingFixture;

class ParameterAveragingTest {

  private static final ParameterLayout LAYOUT =
      new ParameterLayout.Builder()
          .add("weights-0", ParameterLayout.Role.WEIGHT, 1, 2)
          .add("moments", ParameterLayout.Role.OPTIMISER, 1)
          .build();
  private static final float[] START = {1, 2, 8};

  @Test
  void parametersAreAveragedBySamples() {
    // (3 * 2 + 1 * 6) / 4 = 3; (3 * 4 + 1 * 0) / 4 = 3; (3 * 0 + 1 * 4) / 4 = 1
    assertThat(average(AveragingMode.PARAMETERS)).containsExactly(3, 3, 1);
  }

  @Test
  void updatesAreAddedUpAndMomentsAveraged() {
    // 1 + (2 - 1) + (6 - 1) = 7; 2 + (4 - 2) + (0 - 2) = 2; moments as above
    assertThat(average(AveragingMode.UPDATES)).containsExactly(7, 2, 1);
  }

  @Test
  void aWorkerThatLearnedNothingHasNoSay() {
    AveragingRule rule = AveragingRule.of(AveragingMode.PARAMETERS, LAYOUT);
    float[] odd = {-0f, 0.1f, Float.MIN_VALUE};
    ParameterSum sum =
        ParameterSum.merge(
            List.of(ParameterSum.NOTHING, ParameterSum.of(odd, 3), ParameterSum.NOTHING), rule);
    assertThat(sum.result(START, rule)).isEqualTo(odd);
    assertThat(ParameterSum.NOTHING.result(START, rule)).isEqualTo(START);
  }

  @Test
  void aTreeMergesNeighboursInTheirOrderWhateverItsDepth() {
    String order =
        TrainingFixture.inSpark(
            "local[2]",
            spark -> {
              JavaRDD<String> letters =
                  spark.parallelize(
                      IntStream.range(0, 26).mapToObj(i -> "" + (char) ('a' + i)).toList(), 26);
              return OrderedReduction.reduce(
                  letters, parts -> "(" + String.join("", parts) + ")", 3);
            });
    assertThat(order).isEqualTo("(((abc)(def)(ghi))((jkl)(mno)(pqr))((stu)(vwx)(yz)))");
  }

  @Test
  void aTreeOfSumsGivesTheFlatAverage() {
    AveragingRule rule = AveragingRule.of(AveragingMode.PARAMETERS, LAYOUT);
    List<ParameterSum> leaves = new ArrayList<>();
    for (int worker = 0; worker < 20; worker++) {
      leaves.add(
          ParameterSum.of(new float[] {worker, 0.1f * worker, 1f / (worker + 1)}, worker + 1));
    }
    float[] flat = ParameterSum.merge(leaves, rule).result(START, rule);
    float[] tree =
        TrainingFixture.inSpark(
            "local[2]",
            spark ->
                OrderedReduction.reduce(
                        spark.parallelize(leaves, 20), parts -> ParameterSum.merge(parts, rule), 4)
                    .result(START, rule));
    assertThat(tree).isEqualTo(flat);
  }

  /** Of five workers the last is added to the sum of all before, which is one of two sums. */
  @Test
  void whoHasAllWorkersOfASubtreeMayAddThemUp() {
    assertThat(ReductionTree.reduce(List.of("a", "b", "c", "d", "e"), (l, r) -> "(" + l + r + ")"))
        .isEqualTo("(((ab)(cd))e)");
    BitSet held = new BitSet();
    held.set(1, 5);
    assertThat(ReductionTree.cover(5, held))
        .containsExactly(
            ReductionTree.Subtree.of(1),
            new ReductionTree.Subtree(2, 4),
            ReductionTree.Subtree.of(4));
    held.set(0);
    assertThat(ReductionTree.cover(5, held)).containsExactly(ReductionTree.of(5));
  }

  private static float[] average(AveragingMode mode) {
    AveragingRule rule = AveragingRule.of(mode, LAYOUT);
    return ParameterSum.merge(
            List.of(
                ParameterSum.of(new float[] {2, 4, 0}, 3),
                ParameterSum.of(new float[] {6, 0, 4}, 1)),
            rule)
        .result(START, rule);
  }
}
