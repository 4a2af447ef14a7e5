package org.sparksbp.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sparksbp.learner.ParameterLayout.Block;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;
import org.sparksbp.spike.SpikeTrain;

/**
 * What every learner must do. A test class of a learner implements this and gets the tests.
 *
 * <p>{@link #samples()} gives at least five samples with different ids, spikes and targets.
 */
public interface LearnerContract {

  /** A learner with its initial parameters; each call a new one, all alike. */
  Learner newLearner();

  /** Samples that fit the learner, at least five. */
  List<Sample> samples();

  @Test
  default void twoLearnersGivenTheSameBatchesComputeTheSameBits() {
    try (Learner first = newLearner();
        Learner second = newLearner()) {
      for (int batch = 0; batch < 3; batch++) {
        Inference one = first.learn(batch(0, 4), at(batch));
        Inference other = second.learn(batch(0, 4), at(batch));
        assertThat(one.outputs()).isEqualTo(other.outputs());
        assertThat(one.work()).isEqualTo(other.work());
      }
      assertThat(first.parameters()).isEqualTo(second.parameters());
      assertThat(contents(first.memory())).isEqualTo(contents(second.memory()));
      assertThat(first.infer(batch(1, 5)).outputs()).isEqualTo(second.infer(batch(1, 5)).outputs());
    }
  }

  @Test
  default void parametersAreWrittenWhereTheCallerHasRoomAndLookedThroughWhereTheyLie() {
    try (Learner learner = newLearner()) {
      learner.learn(batch(0, 4), at(0));
      float[] parameters = learner.parameters();
      float[] written = new float[parameters.length];
      learner.copyParametersTo(written);
      assertThat(written).isEqualTo(parameters);
      assertThat(learner.hasFiniteParameters()).isTrue();
      for (Block block : learner.layout().blocks()) {
        if (block.role() == ParameterLayout.Role.OPTIMISER && block.size() == 1) {
          continue; // a count of updates, which some keep as a whole number
        }
        for (int at : List.of(block.offset(), block.offset() + block.size() - 1)) {
          float[] wild = parameters.clone();
          wild[at] = at % 2 == 0 ? Float.NaN : Float.NEGATIVE_INFINITY;
          learner.setParameters(wild);
          assertThat(learner.hasFiniteParameters()).as("%s, element %d", block, at).isFalse();
        }
      }
      learner.setParameters(parameters);
      assertThat(learner.hasFiniteParameters()).isTrue();
    }
  }

  @Test
  default void learningChangesTheParametersAndOnlyNumbersComeOut() {
    try (Learner learner = newLearner()) {
      float[] before = learner.parameters();
      for (int batch = 0; batch < 3; batch++) {
        learner.learn(batch(0, 4), at(batch));
      }
      assertThat(learner.parameters()).isNotEqualTo(before);
      for (float value : learner.parameters()) {
        assertThat(value).isFinite();
      }
    }
  }

  @Test
  default void aLearnerGivenAnothersParametersAndMemoryGoesOnLikeIt() {
    try (Learner trained = newLearner();
        Learner fresh = newLearner()) {
      trained.learn(batch(0, 4), at(0));
      trained.learn(batch(1, 5), at(1));
      fresh.setParameters(trained.parameters());
      fresh.setMemory(trained.memory());
      assertThat(fresh.parameters()).isEqualTo(trained.parameters());
      assertThat(fresh.infer(batch(0, 5)).outputs())
          .isEqualTo(trained.infer(batch(0, 5)).outputs());
      assertThat(fresh.learn(batch(0, 5), at(2)).outputs())
          .isEqualTo(trained.learn(batch(0, 5), at(2)).outputs());
      assertThat(fresh.parameters()).isEqualTo(trained.parameters());
    }
  }

  @Test
  default void averagingOneWorkerChangesNothing() {
    try (Learner alone = newLearner();
        Learner averaged = newLearner()) {
      for (int batch = 0; batch < 3; batch++) {
        alone.learn(batch(0, 4), at(batch));
        averaged.learn(batch(0, 4), at(batch));
        float[] sum = averaged.parameters();
        for (int i = 0; i < sum.length; i++) {
          sum[i] = sum[i] * 4f / 4f;
        }
        averaged.setParameters(sum);
      }
      assertThat(averaged.parameters()).isEqualTo(alone.parameters());
    }
  }

  @Test
  default void parametersAreCopiedInAndOut() {
    try (Learner learner = newLearner()) {
      float[] original = learner.parameters();
      Arrays.fill(learner.parameters(), 7f);
      assertThat(learner.parameters()).isEqualTo(original);
      float[] given = original.clone();
      learner.setParameters(given);
      Arrays.fill(given, 7f);
      assertThat(learner.parameters()).isEqualTo(original);
    }
  }

  @Test
  default void parametersOfAnotherLengthAreRefused() {
    try (Learner learner = newLearner()) {
      int size = learner.layout().size();
      for (int wrong : new int[] {0, size - 1, size + 1}) {
        assertThatThrownBy(() -> learner.setParameters(new float[wrong]))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  default void theLayoutCoversTheParametersWithoutGapsAndWithDistinctNames() {
    try (Learner learner = newLearner()) {
      ParameterLayout layout = learner.layout();
      assertThat(learner.parameters()).hasSize(layout.size());
      int offset = 0;
      for (Block block : layout.blocks()) {
        assertThat(block.offset()).isEqualTo(offset);
        offset += block.size();
      }
      assertThat(offset).isEqualTo(layout.size());
      assertThat(layout.blocks()).extracting(Block::name).doesNotHaveDuplicates();
    }
  }

  @Test
  default void inferringChangesNeitherParametersNorMemory() {
    try (Learner learner = newLearner()) {
      learner.learn(batch(0, 4), at(0));
      float[] before = learner.parameters();
      Map<String, List<Float>> memory = contents(learner.memory());
      float[] answer = learner.infer(batch(0, 5)).outputs();
      learner.infer(batch(1, 3));
      assertThat(learner.infer(batch(0, 5)).outputs()).isEqualTo(answer);
      assertThat(learner.parameters()).isEqualTo(before);
      assertThat(contents(learner.memory())).isEqualTo(memory);
    }
  }

  /** The outputs of a trace are those of inference; where they are computed apart, nearly. */
  default void assertTraced(float[] traced, float[] inferred) {
    assertThat(traced).isEqualTo(inferred);
  }

  @Test
  default void tracingGivesTheAnswersOfInferenceAndChangesNothing() {
    try (Learner learner = newLearner()) {
      learner.learn(batch(0, 4), at(0));
      float[] before = learner.parameters();
      Map<String, List<Float>> memory = contents(learner.memory());
      Inference inference = learner.infer(batch(0, 5));
      learner
          .trace(batch(0, 5))
          .ifPresent(
              trace -> {
                assertTraced(trace.inference().outputs(), inference.outputs());
                assertThat(trace.inference().work()).isEqualTo(inference.work());
                assertThat(spikesBehindTheInput(trace)).isEqualTo(inference.work().spikes());
              });
      assertThat(learner.parameters()).isEqualTo(before);
      assertThat(contents(learner.memory())).isEqualTo(memory);
      assertThat(learner.infer(batch(0, 5)).outputs()).isEqualTo(inference.outputs());
    }
  }

  private static long spikesBehindTheInput(ActivityTrace trace) {
    long spikes = 0;
    for (ActivityTrace.Layer layer : trace.layers()) {
      for (float spike : layer.name().equals(ActivityTrace.INPUT) ? new float[0] : layer.spikes()) {
        spikes += (long) spike;
      }
    }
    return spikes;
  }

  @Test
  default void inferringBetweenBatchesDoesNotChangeWhatIsLearned() {
    try (Learner undisturbed = newLearner();
        Learner disturbed = newLearner()) {
      for (int batch = 0; batch < 3; batch++) {
        undisturbed.learn(batch(0, 4), at(batch));
        disturbed.infer(batch(2, 5));
        disturbed.learn(batch(0, 4), at(batch));
      }
      assertThat(disturbed.parameters()).isEqualTo(undisturbed.parameters());
    }
  }

  @Test
  default void aSamplesAnswerDoesNotDependOnItsNeighbours() {
    try (Learner learner = newLearner()) {
      learner.learn(batch(0, 4), at(0));
      float[] together = learner.infer(batch(0, 5)).outputs();
      int outputs = together.length / 5;
      for (int i = 0; i < 5; i++) {
        float[] own = Arrays.copyOfRange(together, i * outputs, (i + 1) * outputs);
        assertThat(learner.infer(batch(i, i + 1)).outputs()).isEqualTo(own);
      }
      float[] reversed =
          learner
              .infer(new SpikeBatch(List.of(samples().get(3), samples().get(1), samples().get(0))))
              .outputs();
      assertThat(Arrays.copyOfRange(reversed, outputs, 2 * outputs))
          .isEqualTo(Arrays.copyOfRange(together, outputs, 2 * outputs));
    }
  }

  @Test
  default void memoryHandedOutIsNeverWrittenToAgain() {
    try (Learner learner = newLearner()) {
      learner.learn(batch(0, 4), at(0));
      WorkerMemory handedOut = learner.memory();
      Map<String, List<Float>> before = contents(handedOut);
      learner.learn(batch(0, 4), at(1));
      learner.infer(batch(0, 4));
      assertThat(contents(handedOut)).isEqualTo(before);
    }
  }

  @Test
  default void aRetriedBatchLearnsTheSame() {
    try (Learner learner = newLearner()) {
      learner.learn(batch(0, 4), at(0));
      float[] parameters = learner.parameters();
      WorkerMemory memory = learner.memory();
      learner.learn(batch(1, 5), at(1));
      float[] firstTry = learner.parameters();
      learner.setParameters(parameters);
      learner.setMemory(memory);
      learner.learn(batch(1, 5), at(1));
      assertThat(learner.parameters()).isEqualTo(firstTry);
    }
  }

  @Test
  default void aBatchOfAnotherShapeIsRefused() {
    Sample sample = samples().get(0);
    int steps = sample.spikes().steps();
    int channels = sample.spikes().channels();
    int outputs = sample.target().length;
    Sample wide =
        new Sample("wide", SpikeTrain.of(channels + 1, new int[steps][0]), sample.target(), 0, "");
    Sample taught =
        new Sample("taught", sample.spikes(), Arrays.copyOf(sample.target(), outputs + 1), 0, "");
    try (Learner learner = newLearner()) {
      for (Sample wrong : List.of(wide, taught)) {
        SpikeBatch batch = new SpikeBatch(List.of(wrong));
        String message =
            String.format(
                Locale.ROOT,
                "Invalid batch: %d channels and %d outputs, this network has %d and %d",
                batch.channels(),
                batch.outputs(),
                channels,
                outputs);
        assertThatThrownBy(() -> learner.infer(batch)).hasMessage(message);
        assertThatThrownBy(() -> learner.learn(batch, at(0))).hasMessage(message);
      }
    }
  }

  @Test
  default void reportsWhatItSpent() {
    try (Learner learner = newLearner()) {
      Work inferred = learner.infer(batch(0, 4)).work();
      Work learned = learner.learn(batch(0, 4), at(0)).work();
      assertThat(inferred.multiplyAccumulates()).isPositive();
      assertThat(learned.multiplyAccumulates()).isGreaterThan(inferred.multiplyAccumulates());
      for (Work work : List.of(inferred, learned)) {
        assertThat(work.synapticOperations()).isNotNegative();
        assertThat(work.gradedMultiplyAccumulates()).isBetween(0L, work.multiplyAccumulates());
        assertThat(work.spikingPhaseMultiplyAccumulates())
            .isBetween(0L, work.multiplyAccumulates());
        // Either all products are of graded numbers, or spikes make something of the rest.
        assertThat(work.gradedMultiplyAccumulates() == work.multiplyAccumulates())
            .isEqualTo(work.synapticOperations() == 0);
      }
      assertThat(learner.complexityPerEpoch()).isPositive();
    }
  }

  private SpikeBatch batch(int from, int to) {
    return new SpikeBatch(samples().subList(from, to));
  }

  private static BatchPosition at(int batch) {
    return new BatchPosition(1, 1, 0, batch);
  }

  private static Map<String, List<Float>> contents(WorkerMemory memory) {
    Map<String, List<Float>> copy = new HashMap<>();
    memory
        .entries()
        .forEach(
            (name, values) -> {
              List<Float> list = new ArrayList<>(values.length);
              for (float value : values) {
                list.add(value);
              }
              copy.put(name, list);
            });
    return copy;
  }
}
