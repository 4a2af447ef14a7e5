package org.sparksbp.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparksbp.learner.ActivityTrace;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.LearnerContract;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.learner.Work;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.modelfolder.Provenance;
import org.sparksbp.modelfolder.SavedModel;
import org.sparksbp.random.RandomStream;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;
import org.sparksbp.spike.SpikeTrain;

class EnergyLearnerTest implements LearnerContract {

  private static final int CHANNELS = 24;
  private static final int STEPS = 5;
  private static final int CLASSES = 3;
  private static final String SMALL = "network.hidden = [20]";
  static final NetworkShape SHAPE = new NetworkShape(CHANNELS, CLASSES, STEPS);

  @Override
  public Learner newLearner() {
    return learner(SMALL);
  }

  @Override
  public List<Sample> samples() {
    return samples(6, 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SMALL,
        SMALL + ", rule = plain",
        SMALL + ", rule = weak-feedback",
        SMALL + ", rule = rescaled",
        SMALL + ", rule = frozen-hidden",
        SMALL + ", rbm.input = flattened",
        "network.hidden = [40, 40], rule = weak-feedback, rbm { beta = 1, epsilon = 0.4,"
            + " alpha = [0.1, 0.05, 0.02], free-steps = 20, inference-steps = 20 }"
      })
  void learnsToTellNoisyPatternsApart(String settings) {
    try (Learner learner = learner(settings)) {
      List<Sample> train = samples(300, 1);
      List<Sample> test = samples(150, 2);
      assertThat(errors(learner, test)).isGreaterThan(50);
      for (int epoch = 1; epoch <= 20; epoch++) {
        for (int batch = 0; batch < train.size() / 10; batch++) {
          learner.learn(
              new SpikeBatch(train.subList(10 * batch, 10 * batch + 10)),
              new BatchPosition(1, epoch, 0, batch));
        }
      }
      assertThat(errors(learner, test)).isLessThan(15);
    }
  }

  @Test
  void aTrainingSamplesStatesGoOnFromItsLastFreePhase() {
    String oneStep = SMALL + ", rbm { free-steps = 1, alpha = [0] }";
    try (Learner learner = learner(oneStep);
        Learner threeSteps = learner(SMALL + ", rbm { free-steps = 3, alpha = [0] }")) {
      SpikeBatch batch = new SpikeBatch(samples());
      for (int visit = 0; visit < 3; visit++) {
        learner.learn(batch, new BatchPosition(1, 1 + visit, 0, 0));
      }
      threeSteps.learn(batch, new BatchPosition(1, 1, 0, 0));
      for (Sample sample : samples()) {
        assertThat(learner.memory().entries().get(sample.id()))
            .hasSize(20 + CLASSES)
            .isEqualTo(threeSteps.memory().entries().get(sample.id()));
      }
    }
  }

  @Test
  void aTraceShowsTheStatesOfEveryStepOfTheFreePhase() {
    String tenSteps = "network.hidden = [20, 8], rule = plain, rbm.inference-steps = ";
    SpikeBatch batch = new SpikeBatch(samples());
    try (Learner learner = learner(tenSteps + 10);
        Learner fourSteps = learner(tenSteps + 4)) {
      List<ActivityTrace.Layer> layers = learner.trace(batch).orElseThrow().layers();

      assertThat(layers)
          .extracting(ActivityTrace.Layer::name)
          .containsExactly("hidden-1", "hidden-2", "output");
      ActivityTrace.Layer output = layers.get(2);
      assertThat(output.spikes()).isEmpty();
      assertThat(output.steps()).isEqualTo(10);
      float[] afterFour = fourSteps.infer(batch).outputs();
      float[] afterTen = learner.infer(batch).outputs();
      for (int row = 0; row < batch.size(); row++) {
        int from = row * 10 * CLASSES;
        assertThat(Arrays.copyOfRange(output.activities(), from + 3 * CLASSES, from + 4 * CLASSES))
            .isEqualTo(Arrays.copyOfRange(afterFour, row * CLASSES, (row + 1) * CLASSES));
        assertThat(Arrays.copyOfRange(output.activities(), from + 9 * CLASSES, from + 10 * CLASSES))
            .isEqualTo(Arrays.copyOfRange(afterTen, row * CLASSES, (row + 1) * CLASSES));
      }
    }
  }

  @Test
  void remembersTheSamplesItLearnedAndNoOthers() {
    try (Learner learner = newLearner()) {
      learner.learn(new SpikeBatch(samples().subList(0, 2)), new BatchPosition(1, 1, 0, 0));
      learner.infer(new SpikeBatch(samples()));
      assertThat(learner.memory().entries()).containsOnlyKeys("pattern/1/0", "pattern/1/1");
    }
  }

  @Test
  void refusesAMemoryOfAnotherNetwork() {
    try (Learner learner = newLearner()) {
      WorkerMemory foreign = new WorkerMemory(Map.of("pattern/1/0", new float[7]));
      assertThatThrownBy(() -> learner.setMemory(foreign))
          .hasMessage("Invalid worker memory: 7 states of sample pattern/1/0, this network has 23");
    }
  }

  @Test
  void drawsTheSignOfBetaForEachBatch() {
    TreeSet<Integer> distinct = new TreeSet<>();
    TreeSet<Integer> distinctIfPositive = new TreeSet<>();
    for (int batch = 0; batch < 20; batch++) {
      distinct.add(afterOneBatch(SMALL, batch));
      distinctIfPositive.add(afterOneBatch(SMALL + ", rbm.beta-sign = positive", batch));
    }
    assertThat(distinct).hasSize(2).containsAll(distinctIfPositive);
    assertThat(distinctIfPositive).hasSize(1);
  }

  private int afterOneBatch(String settings, int batch) {
    try (Learner learner = learner(settings)) {
      learner.learn(new SpikeBatch(samples()), new BatchPosition(1, 1, 0, batch));
      return Arrays.hashCode(learner.parameters());
    }
  }

  @Test
  void feedbackScalesTheTopDownDriveOfTheStatesOnly() {
    Energy plain = Energy.of(settings(SMALL + ", rule = plain"));
    Energy weak = Energy.of(settings(SMALL + ", rule = weak-feedback"));
    assertThat(weak.feedback()).isEqualTo(0.5f);
    assertThat(weak.coupling()).isEqualTo(plain.coupling());
    try (Learner none =
            learner(SMALL + ", rule = weak-feedback, rbm { feedback = 0, free-steps = 30 }");
        Learner full = learner(SMALL + ", rule = plain, rbm { free-steps = 30 }")) {
      SpikeBatch batch = new SpikeBatch(samples());
      none.learn(batch, new BatchPosition(1, 1, 0, 0));
      full.learn(batch, new BatchPosition(1, 1, 0, 0));
      assertThat(hidden(none)).isNotEqualTo(hidden(full));
    }
    try (Learner one =
            learner(SMALL + ", rule = weak-feedback, rbm { feedback = 0, free-steps = 1 }");
        Learner more =
            learner(SMALL + ", rule = weak-feedback, rbm { feedback = 0, free-steps = 30 }")) {
      SpikeBatch batch = new SpikeBatch(samples());
      one.learn(batch, new BatchPosition(1, 1, 0, 0));
      more.learn(batch, new BatchPosition(1, 1, 0, 0));
      assertThat(hidden(one)).isEqualTo(hidden(more));
    }
  }

  private float[] hidden(Learner learner) {
    return Arrays.copyOf(learner.memory().entries().get("pattern/1/0"), 20);
  }

  @Test
  void withASingleHiddenLayerThePrintedCoefficientsAreThoseOfTheStudy() {
    Energy energy = Energy.of(settings(SMALL + ", rbm { theta = 0.4, output-leak = 0 }"));
    assertThat(energy.coupling()).containsExactly(1f, 0.4f);
    assertThat(Arrays.copyOfRange(energy.leak(), 1, 3)).containsExactly(0.8f, 0f);
    assertThat(Arrays.copyOfRange(energy.drive(), 1, 3)).containsExactly(2f, 1f);
  }

  @Test
  void flattenedInputTellsStepsApartWhereRatesCannot() {
    Sample early = sample("early", new int[][] {{1, 5}, {}, {}, {}, {}}, 0);
    Sample late = sample("late", new int[][] {{}, {}, {}, {}, {1, 5}}, 0);
    SpikeBatch both = new SpikeBatch(List.of(early, late));
    try (Learner rate = learner(SMALL);
        Learner flattened = learner(SMALL + ", rbm.input = flattened")) {
      assertThat(flattened.layout().blocks().get(0).shape()).containsExactly(STEPS * CHANNELS, 20);
      float[] rates = rate.infer(both).outputs();
      assertThat(Arrays.copyOfRange(rates, 0, CLASSES))
          .isEqualTo(Arrays.copyOfRange(rates, CLASSES, 2 * CLASSES));
      float[] steps = flattened.infer(both).outputs();
      assertThat(Arrays.copyOfRange(steps, 0, CLASSES))
          .isNotEqualTo(Arrays.copyOfRange(steps, CLASSES, 2 * CLASSES));
    }
  }

  @Test
  void refusesBatchesOfAnotherShape() {
    Sample shorter =
        new Sample("short", SpikeTrain.of(CHANNELS, new int[2][0]), new float[3], 0, "");
    Sample narrow = new Sample("narrow", SpikeTrain.of(4, new int[5][0]), new float[3], 0, "");
    try (Learner flattened = learner(SMALL + ", rbm.input = flattened")) {
      assertThatThrownBy(() -> flattened.infer(new SpikeBatch(List.of(shorter))))
          .hasMessageContaining("Invalid batch: short has 2 steps, must be 5");
      assertThatThrownBy(() -> flattened.infer(new SpikeBatch(List.of(narrow))))
          .hasMessageContaining("Invalid batch: 4 channels and 3 outputs");
    }
  }

  @Test
  void countsTheProductsOfBothPhasesAndThePapersComplexity() {
    try (Learner learner = learner(SMALL + ", rbm { free-steps = 4, clamped-steps = 3 }")) {
      SpikeBatch batch = new SpikeBatch(samples());
      long input = CHANNELS * 20L;
      long inner = 20L * CLASSES;
      assertThat(learner.learn(batch, new BatchPosition(1, 1, 0, 0)).work())
          .isEqualTo(Work.graded(6 * (2 * input + inner * (2 * 7 + 2))));
      assertThat(learner.infer(batch).work()).isEqualTo(Work.graded(6 * (input + inner * 2 * 10)));
      assertThat(learner.complexityPerEpoch()).isEqualTo(2.0 * (input + inner));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rbm.beta = 0                        | rbm.beta",
        "rbm.beta = NaN                      | rbm.beta",
        "rbm.theta = -0.1                    | rbm.theta",
        "rbm.output-leak = -1                | rbm.output-leak",
        "rbm.feedback = -0.5                 | rbm.feedback",
        "rule = symmetric-stdp               | rule",
        "rbm.alpha = []                      | rbm.alpha",
        "rbm.alpha = [0.1, NaN]              | rbm.alpha",
        "rbm.free-steps = 0                  | rbm.free-steps",
        "rbm.clamped-steps = 0               | rbm.clamped-steps",
        "rbm.inference-steps = 0             | rbm.inference-steps",
        "rbm.epsilon = 0                     | rbm.epsilon",
        "rbm.beta-sign = both                | rbm.beta-sign",
        "rbm.input = latency                 | rbm.input",
        "network.hidden = []                 | network.hidden",
        "network.hidden = [0]                | network.hidden",
      })
  void refusesSettingsThatMakeNoSenseByKey(String setting, String key) {
    assertThatThrownBy(() -> ModelType.named("rbm").check(configuration(setting)))
        .isInstanceOf(ConfigException.BadValue.class)
        .hasMessageContaining("'" + key + "'");
  }

  @Test
  void feedbackIsOfNoAccountToTheOtherRules() {
    for (String rule : List.of("sbp", "plain")) {
      String settings = SMALL + ", rule = " + rule + ", rbm.feedback = ";
      assertThat(afterOneBatch(settings + 0.1, 0)).isEqualTo(afterOneBatch(settings + 0.9, 0));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sbp = on, feedback = 1      | sbp",
        "sbp = off, feedback = 1     | plain",
        "sbp = false, feedback = 0.5 | weak-feedback",
      })
  void aModelSavedBeforeThereWereRulesIsUsedAsItWas(String block, String rule) {
    Config saved = configuration(SMALL + ", rule = sbp, rbm { " + block + " }");
    try (Learner same = learner(SMALL + ", rule = " + rule)) {
      SavedModel model =
          new SavedModel(
              "rbm",
              new NetworkShape(CHANNELS, CLASSES, STEPS),
              saved,
              same.layout(),
              same.parameters(),
              new Provenance("run", "mnist", "data", 1, "0.1.0", 1, new TreeMap<>()));
      try (Learner learner = model.learner()) {
        SpikeBatch batch = new SpikeBatch(samples());
        assertThat(learner.infer(batch).outputs()).isEqualTo(same.infer(batch).outputs());
      }
      Config upgraded = ModelType.named("rbm").upgraded(saved);
      assertThat(upgraded.getString("rule")).isEqualTo(rule);
      assertThat(upgraded.hasPath("rbm.sbp")).isFalse();
    }
  }

  static Learner learner(String settings) {
    return ModelType.named("rbm").create(configuration(settings), SHAPE);
  }

  private static EnergySettings settings(String settings) {
    return EnergySettings.of(configuration(settings));
  }

  static Config configuration(String settings) {
    return ConfigFactory.parseString(settings).withFallback(ConfigFactory.load());
  }

  private static int errors(Learner learner, List<Sample> samples) {
    float[] outputs = learner.infer(new SpikeBatch(samples)).outputs();
    int errors = 0;
    for (int row = 0; row < samples.size(); row++) {
      int best = 0;
      for (int k = 1; k < CLASSES; k++) {
        best = outputs[row * CLASSES + k] > outputs[row * CLASSES + best] ? k : best;
      }
      errors += best == samples.get(row).label() ? 0 : 1;
    }
    return errors;
  }

  /** Class k spikes often in its third of the channels and rarely elsewhere. */
  static List<Sample> samples(int count, int set) {
    RandomStream random = RandomStream.of(5, "patterns", set);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int label = i % CLASSES;
      SpikeTrain.Builder train = new SpikeTrain.Builder(STEPS, CHANNELS);
      for (int step = 0; step < STEPS; step++) {
        for (int channel = 0; channel < CHANNELS; channel++) {
          if (random.nextFloat() < (channel % CLASSES == label ? 0.6f : 0.2f)) {
            train.add(step, channel);
          }
        }
      }
      samples.add(sample("pattern/" + set + "/" + i, train.build(), label));
    }
    return samples;
  }

  private static Sample sample(String id, int[][] spikes, int label) {
    return sample(id, SpikeTrain.of(CHANNELS, spikes), label);
  }

  private static Sample sample(String id, SpikeTrain train, int label) {
    float[] target = new float[CLASSES];
    target[label] = 1f;
    return new Sample(id, train, target, label, id);
  }
}
