package org.sparksbp.snn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparksbp.learner.ActivityTrace;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.Inference;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.learner.Work;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;
import org.sparksbp.spike.SpikeTrain;

class PlasticityLearnerTest {

  private static final NetworkShape SHAPE = new NetworkShape(12, 3, 4);

  private static Config configuration(String overrides) {
    return ConfigFactory.parseString("network.hidden = [20]\n" + overrides)
        .withFallback(ConfigFactory.load());
  }

  private static Learner learner(String overrides) {
    return ModelType.named("snn").create(configuration(overrides), SHAPE);
  }

  private static BatchPosition position(int batch) {
    return new BatchPosition(1, 1, 0, batch);
  }

  /** Each class has four channels of its own. */
  private static SpikeBatch separable() {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      int label = i % 3;
      int silent = i / 3 % 4;
      int[] channels =
          java.util.stream.IntStream.range(4 * label, 4 * label + 4)
              .filter(channel -> channel % 4 != silent)
              .toArray();
      float[] target = new float[3];
      target[label] = 1;
      SpikeTrain train = SpikeTrain.of(12, new int[][] {channels, channels, channels, channels});
      samples.add(new Sample("s" + i, train, target, label, "s" + i));
    }
    return new SpikeBatch(samples);
  }

  private static int errors(Inference inference, SpikeBatch batch) {
    int errors = 0;
    for (int row = 0; row < batch.size(); row++) {
      float[] outputs = Arrays.copyOfRange(inference.outputs(), 3 * row, 3 * row + 3);
      int best = 0;
      for (int i = 1; i < 3; i++) {
        best = outputs[i] > outputs[best] ? i : best;
      }
      errors += best == batch.samples().get(row).label() ? 0 : 1;
    }
    return errors;
  }

  @ParameterizedTest
  @ValueSource(strings = {"sbp", "postsynaptic-stdp", "symmetric-stdp"})
  void learningSolvesASeparableTask(String rule) {
    Learner learner = learner("rule = " + rule);
    SpikeBatch batch = separable();
    assertThat(errors(learner.infer(batch), batch)).isGreaterThan(5);
    for (int i = 0; i < 200; i++) {
      learner.learn(batch, position(i));
    }
    assertThat(errors(learner.infer(batch), batch)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"arrays", "nd4j"})
  void inferenceChangesNothingAndDoesNotSeeNeighbours(String path) {
    Learner learner = learner("compute.path = " + path);
    SpikeBatch batch = TestSamples.random(1, 6, 12, 3, 4);
    learner.learn(batch, position(0));
    float[] before = learner.parameters();
    float[] together = learner.infer(batch).outputs();
    float[] alone = learner.infer(new SpikeBatch(batch.samples().subList(2, 3))).outputs();
    assertThat(alone).isEqualTo(Arrays.copyOfRange(together, 6, 9));
    assertThat(learner.infer(batch).outputs()).isEqualTo(together);
    assertThat(learner.parameters()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"arrays", "nd4j"})
  void carriedStateGoesThroughTheWorkerMemoryAndIsNotWrittenTo(String path) {
    String settings = "snn.state = carried, compute.path = " + path;
    Learner learner = learner(settings);
    learner.learn(TestSamples.random(1, 6, 12, 3, 4), position(0));
    WorkerMemory memory = learner.memory();
    float[] membrane = memory.entries().get("membrane-1").clone();
    float[] parameters = learner.parameters();
    SpikeBatch next = TestSamples.random(2, 6, 12, 3, 4);
    learner.learn(next, position(1));
    assertThat(memory.entries().get("membrane-1")).isEqualTo(membrane);
    assertThat(learner.memory().entries().get("membrane-1")).isNotEqualTo(membrane);

    Learner retried = learner(settings);
    retried.setParameters(parameters);
    retried.setMemory(memory);
    retried.learn(next, position(1));
    assertThat(retried.parameters()).isEqualTo(learner.parameters());
    assertThat(memory.entries().get("membrane-1")).isEqualTo(membrane);
  }

  @Test
  void theSameBatchesGiveTheSameBits() {
    Learner one = learner("snn.noise = uniform");
    Learner other = learner("snn.noise = uniform");
    for (int i = 0; i < 3; i++) {
      SpikeBatch batch = TestSamples.random(i, 5, 12, 3, 4);
      one.learn(batch, position(i));
      other.learn(batch, position(i));
    }
    assertThat(one.parameters()).isEqualTo(other.parameters());
    assertThat(learner("seed = 2").parameters()).isNotEqualTo(learner("seed = 1").parameters());
  }

  @ParameterizedTest
  @CsvSource({
    "sbp, 1",
    "postsynaptic-stdp, 1",
    "symmetric-stdp, 2",
    "differential-stdp, 2",
  })
  void aRuleTellsItsProducts(String rule, int products) {
    Learner learner = learner("network.hidden = [20, 4], rule = " + rule);
    SpikeBatch batch = TestSamples.random(1, 4, 12, 3, 4);
    // 12 x 20, 20 x 4 and 4 x 3 weights; 100 steps, then 25 iterations, the first matrix forwards.
    long phases = 100 * 332 + 25 * (332 + 92);
    assertThat(learner.learn(batch, position(0)).work().multiplyAccumulates())
        .isEqualTo(4 * (phases + products * 332L));
  }

  @Test
  void workIsCountedFromTheEquations() {
    Learner learner = learner("");
    SpikeBatch batch = TestSamples.random(1, 4, 12, 3, 4);
    // 12 x 20 and 20 x 3 weights; 100 steps, 20 iterations forwards and backwards.
    long inference = 100 * 300 + 20 * (300 + 60);
    long learning = inference + 5 * 360 + 300;
    // Rates drive it and sigma(v) goes on from layer to layer: no product has a spike as a factor.
    assertThat(learner.infer(batch).work())
        .isEqualTo(new Work(4 * inference, 4 * inference, 4 * 100 * 300, 0, 0));
    assertThat(learner.learn(batch, position(0)).work())
        .isEqualTo(new Work(4 * learning, 4 * learning, 4 * 100 * 300, 0, 0));
    assertThat(learner.complexityPerEpoch()).isEqualTo(12 * 20 + 20 * 3 + 20);
  }

  @Test
  void spikesOfTheInputAreSynapticOperationsWhereTheyDriveTheFirstLayer() {
    Learner learner = learner("snn.input = spikes");
    SpikeBatch batch = TestSamples.random(1, 4, 12, 3, 4);
    long events = batch.samples().stream().mapToLong(s -> s.spikes().eventCount()).sum();
    long inference = 100 * 300 + 20 * (300 + 60);
    long learning = inference + 5 * 360 + 300;
    long driven = 100 * 12 * 20;
    assertThat(learner.infer(batch).work())
        .isEqualTo(
            new Work(4 * inference, 4 * (inference - driven), 4 * 100 * 300, events * 20, 0));
    assertThat(learner.learn(batch, position(0)).work())
        .isEqualTo(new Work(4 * learning, 4 * (learning - driven), 4 * 100 * 300, events * 20, 0));
  }

  @Test
  void withHiddenLayersFrozenOnlyTheOutputLayerLearnsAndOnlyThatIsCounted() {
    Learner learner = learner("network.hidden = [20, 4], rule = frozen-hidden");
    float[] before = learner.parameters();
    SpikeBatch batch = TestSamples.random(1, 4, 12, 3, 4);
    long phases = 100 * 332 + 25 * (332 + 92);
    assertThat(learner.learn(batch, position(0)).work().multiplyAccumulates())
        .isEqualTo(4 * (phases + 12L));
    assertThat(learner.complexityPerEpoch()).isEqualTo(332);
    float[] after = learner.parameters();
    for (ParameterLayout.Block block : learner.layout().blocks()) {
      boolean output = block.name().equals("weights-2") || block.name().equals("biases-3");
      assertThat(!Arrays.equals(values(before, block), values(after, block)))
          .as(block.name())
          .isEqualTo(output);
    }
  }

  private static float[] values(float[] parameters, ParameterLayout.Block block) {
    return Arrays.copyOfRange(parameters, block.offset(), block.offset() + block.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"arrays", "nd4j"})
  void withoutASpikingPhaseItsWorkAndItsSpikesAreGone(String path) {
    String settings = "snn.membrane.threshold = 0.005, compute.path = " + path;
    Learner with = learner(settings);
    Learner without = learner(settings + ", snn.spiking-phase = off");
    SpikeBatch batch = TestSamples.random(1, 4, 12, 3, 4);
    Inference shown = with.infer(batch);
    Inference skipped = without.infer(batch);
    assertThat(shown.work().spikes()).isPositive();
    assertThat(skipped.work().spikes()).isZero();
    long relaxation = 4 * 20 * (300 + 60);
    assertThat(shown.work().spikingPhaseMultiplyAccumulates()).isEqualTo(4 * 100 * 300);
    assertThat(shown.work().multiplyAccumulates()).isEqualTo(4 * 100 * 300 + relaxation);
    assertThat(skipped.work()).isEqualTo(new Work(relaxation, relaxation, 0, 0, 0));
    assertThat(skipped.outputs()).isNotEqualTo(shown.outputs());
    assertThat(without.trace(batch)).isEmpty();
    without.learn(batch, position(0));
    assertThat(without.infer(batch).outputs()).isNotEqualTo(skipped.outputs());
  }

  @Test
  void aStartScaleCountsForItsMatrixAndTheLastForAllAfterIt() {
    Learner drawn = learner("network.hidden = [20, 4]");
    Learner scaled = learner("network.hidden = [20, 4], snn.start-scale = [4, 0.5]");
    float[] expected = drawn.parameters();
    for (int i = 0; i < expected.length; i++) {
      expected[i] *= i < 240 ? 4 : 0.5f;
    }
    assertThat(scaled.parameters()).isEqualTo(expected);
  }

  @Test
  void aLowThresholdMakesSpikesThatAreCountedButNotSent() {
    SpikeBatch batch = TestSamples.random(1, 4, 12, 3, 4);
    Work quiet = learner("").infer(batch).work();
    Work firing = learner("snn.membrane.threshold = 0.005").infer(batch).work();
    assertThat(firing.spikes()).isPositive();
    assertThat(firing.synapticOperations()).isZero();
    assertThat(firing.gradedMultiplyAccumulates()).isEqualTo(quiet.gradedMultiplyAccumulates());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "snn.membrane.threshold = 0.005",
        "snn.membrane.threshold = 0.005, network.hidden = [20, 15, 10]",
        "network.hidden = [20, 15]",
        "snn.membrane.threshold = 0.005, snn.input = spikes",
        "snn.membrane.threshold = 0.005, network.hidden = [20, 15], compute.path = nd4j"
      })
  void aTraceShowsTheStepsOfInferenceWithTheSpikesThatItCounts(String settings) {
    Learner learner = learner(settings);
    SpikeBatch batch = TestSamples.random(1, 4, 12, 3, 4);
    learner.learn(batch, position(0));
    Inference inference = learner.infer(batch);

    ActivityTrace trace = learner.trace(batch).orElseThrow();

    assertThat(trace.inference().outputs()).isEqualTo(inference.outputs());
    assertThat(trace.inference().work()).isEqualTo(inference.work());
    List<ActivityTrace.Layer> layers = trace.layers();
    long spikes = 0;
    for (int l = 0; l < layers.size(); l++) {
      ActivityTrace.Layer layer = layers.get(l);
      assertThat(layer.steps()).isEqualTo(100);
      assertThat(layer.settled()).hasSize(4 * layer.neurons());
      assertThat(layer.activities()).hasSize(4 * 100 * layer.neurons()).doesNotContain(Float.NaN);
      long fired = 0;
      for (float spike : layer.spikes()) {
        fired += (long) spike;
      }
      spikes += fired;
    }
    assertThat(layers.get(layers.size() - 1).name()).isEqualTo("output");
    assertThat(layers.get(layers.size() - 1).settled()).isEqualTo(inference.outputs());
    assertThat(spikes).isEqualTo(inference.work().spikes());
    assertThat(spikes > 0).isEqualTo(settings.contains("threshold"));
    assertThat(learner.infer(batch).outputs()).isEqualTo(inference.outputs());
  }

  @Test
  void theStepsOfAFirstLayerThatCannotFireAreThoseOfTheEquations() {
    SpikeBatch batch = TestSamples.random(1, 4, 12, 3, 4);
    List<ActivityTrace.Layer> fast = learner("").trace(batch).orElseThrow().layers();
    List<ActivityTrace.Layer> reference =
        learner("compute.path = nd4j").trace(batch).orElseThrow().layers();
    for (int l = 0; l < 2; l++) {
      float[] expected = reference.get(l).activities();
      float[] shown = fast.get(l).activities();
      float largest = 0;
      for (int i = 0; i < expected.length; i++) {
        largest = Math.max(largest, Math.abs(expected[i] - shown[i]));
      }
      assertThat(largest).isLessThan(1e-6f);
      // A network at rest begins with activities near 0 and ends with others.
      assertThat(Math.abs(shown[shown.length - 1])).isGreaterThan(1e-4f);
    }
  }

  @Test
  void underDalesLawRowsKeepTheirNeuronsSign() {
    float[] parameters = learner("snn.dale.inhibitory-share = 0.5").parameters();
    int negativeRows = 0;
    for (int row = 0; row < 12; row++) {
      float first = Math.signum(parameters[row * 20]);
      for (int column = 0; column < 20; column++) {
        assertThat(Math.signum(parameters[row * 20 + column])).isEqualTo(first);
      }
      negativeRows += first < 0 ? 1 : 0;
    }
    assertThat(negativeRows).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource({
    "snn.beta = 0, snn.beta",
    "snn.alpha = [], snn.alpha",
    "snn.alpha = [NaN], snn.alpha",
    "snn.epsilon = NaN, snn.epsilon",
    "network.hidden = [0], network.hidden",
    "network.hidden = [], network.hidden",
    "rule = hebb, rule",
    "snn.state = warm, snn.state",
    "'snn.spiking-phase = off, snn.state = carried', snn.state",
    "'snn.spiking-phase = off, snn.input = spikes', snn.input",
    "snn.start-scale = [], snn.start-scale",
    "snn.start-scale = [-1], snn.start-scale",
    "snn.sbp.direction = down, snn.sbp.direction",
    "snn.sbp.inverse-offset = 0, snn.sbp.inverse-offset",
    "snn.time-step = 0, snn.time-step",
    "snn.dale.inhibitory-share = 2, snn.dale.inhibitory-share",
    "compute.path = gpu, compute.path",
    "compute.kernels = abacus, compute.kernels",
  })
  void aSettingThatMakesNoSenseIsRefusedByItsKey(String override, String key) {
    assertThatThrownBy(() -> new PlasticityModelType().check(configuration(override)))
        .isInstanceOf(ConfigException.BadValue.class)
        .hasMessageContaining("'" + key + "'");
  }
}
