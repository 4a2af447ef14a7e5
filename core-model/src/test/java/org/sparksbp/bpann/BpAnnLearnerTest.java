package org.sparksbp.bpann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.LearnerContract;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.learner.Work;
import org.sparksbp.random.RandomStream;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;
import org.sparksbp.spike.SpikeTrain;

class BpAnnLearnerTest implements LearnerContract {

  private static final NetworkShape SHAPE = new NetworkShape(12, 3, 4);

  @Override
  public Learner newLearner() {
    return learner("");
  }

  @Override
  public List<Sample> samples() {
    return batch(6, 1).samples();
  }

  @ParameterizedTest
  @ValueSource(strings = {"softmax", "sigmoid"})
  void answersBeforeAnUpdateAreThoseOfTheParametersBeforeIt(String output) {
    try (Learner learner = learner("bp-ann.output = " + output)) {
      SpikeBatch batch = batch(7, 1);
      float[] before = learner.infer(batch).outputs();
      float[] answered = learner.learn(batch, new BatchPosition(1, 1, 0, 0)).outputs();
      assertThat(answered).containsExactly(before, Offset.offset(1e-6f));
      assertThat(learner.infer(batch).outputs()).isNotEqualTo(before);
    }
  }

  @Test
  void aLearnerThatTakesParametersOverGoesOnToTheSameBits() {
    try (Learner first = learner("");
        Learner second = learner("seed = 99")) {
      learnBatches(first, 0, 3);
      second.setParameters(first.parameters());
      assertThat(second.parameters()).containsExactly(first.parameters());
      learnBatches(first, 3, 6);
      learnBatches(second, 3, 6);
      assertThat(second.parameters()).containsExactly(first.parameters());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"adam", "nesterov", "sgd"})
  void learnsWhichThirdOfTheChannelsFires(String updater) {
    try (Learner learner = learner("bp-ann { updater = " + updater + ", learning-rate = 0.05 }")) {
      for (int i = 0; i < 200; i++) {
        learner.learn(batch(20, i), new BatchPosition(1, 1, 0, i));
      }
      SpikeBatch unseen = batch(60, 1000);
      float[] outputs = learner.infer(unseen).outputs();
      int right = 0;
      for (int row = 0; row < unseen.size(); row++) {
        int best = 0;
        for (int k = 1; k < 3; k++) {
          best = outputs[3 * row + k] > outputs[3 * row + best] ? k : best;
        }
        right += best == unseen.samples().get(row).label() ? 1 : 0;
      }
      assertThat(right).isGreaterThanOrEqualTo(57);
    }
  }

  @Nested
  class WithFrozenHiddenLayers implements LearnerContract {

    @Override
    public Learner newLearner() {
      return learner("rule = frozen-hidden, network.hidden = [5, 4]");
    }

    @Override
    public List<Sample> samples() {
      return batch(6, 1).samples();
    }

    @ParameterizedTest
    @ValueSource(strings = {"adam", "nesterov", "sgd"})
    void onlyTheOutputLayerLearnsAndOnlyThatIsCounted(String updater) {
      try (Learner learner =
          learner("rule = frozen-hidden, network.hidden = [5, 4], bp-ann.updater = " + updater)) {
        float[] before = learner.parameters();
        long products = 12 * 5 + 5 * 4 + 4 * 3;
        assertThat(learner.learn(batch(5, 0), new BatchPosition(1, 1, 0, 0)).work())
            .isEqualTo(Work.graded(5 * (products + 4 * 3)));
        assertThat(learner.complexityPerEpoch()).isEqualTo(products + 4 * 3);
        float[] after = learner.parameters();
        int learned = 0;
        for (ParameterLayout.Block block : learner.layout().blocks()) {
          if (block.role() != ParameterLayout.Role.OPTIMISER) {
            boolean output = block.name().equals("weights-2") || block.name().equals("biases-3");
            assertThat(!Arrays.equals(values(before, block), values(after, block)))
                .as(block.name())
                .isEqualTo(output);
            learned += output ? 1 : 0;
          }
        }
        assertThat(learned).isEqualTo(2);
      }
    }

    private static float[] values(float[] parameters, ParameterLayout.Block block) {
      return Arrays.copyOfRange(parameters, block.offset(), block.offset() + block.size());
    }
  }

  @Test
  void flattenedInputGivesEveryStepItsOwnChannels() {
    try (Learner learner = learner("bp-ann.input = flattened")) {
      assertThat(learner.layout().blocks().get(0).shape()).containsExactly(48, 5);
      assertThat(learner.infer(batch(2, 1)).outputs()).hasSize(6);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "bp-ann.learning-rate = NaN, bp-ann.learning-rate",
    "bp-ann.updater = adadelta, bp-ann.updater",
    "bp-ann.output = identity, bp-ann.output",
    "network.hidden = [0], network.hidden",
    "rule = sbp, rule"
  })
  void refusesBadSettingsByKey(String setting, String key) {
    assertThatThrownBy(() -> ModelType.named("bp-ann").check(configuration(setting)))
        .isInstanceOf(ConfigException.BadValue.class)
        .hasMessageContaining(key);
  }

  private static void learnBatches(Learner learner, int from, int to) {
    for (int i = from; i < to; i++) {
      learner.learn(batch(5, i), new BatchPosition(1, 1, 0, i));
    }
  }

  private static Learner learner(String settings) {
    return ModelType.named("bp-ann").create(configuration(settings), SHAPE);
  }

  private static Config configuration(String settings) {
    return ConfigFactory.parseString(settings)
        .withFallback(ConfigFactory.parseString("rule = bp, network.hidden = [5]"))
        .withFallback(ConfigFactory.defaultReference())
        .resolve();
  }

  /** Samples whose label is the third of the channels that fires most. */
  private static SpikeBatch batch(int size, long seed) {
    RandomStream random = RandomStream.of(seed, "bp-ann-test");
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int label = random.nextInt(3);
      SpikeTrain.Builder train = new SpikeTrain.Builder(4, 12);
      for (int step = 0; step < 4; step++) {
        for (int channel = 0; channel < 12; channel++) {
          if (random.nextFloat() < (channel / 4 == label ? 0.8 : 0.1)) {
            train.add(step, channel);
          }
        }
      }
      float[] target = new float[3];
      target[label] = 1;
      samples.add(new Sample("s" + i, train.build(), target, label, "s" + i));
    }
    return new SpikeBatch(samples);
  }
}
