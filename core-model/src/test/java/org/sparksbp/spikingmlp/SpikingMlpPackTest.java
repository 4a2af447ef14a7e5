package org.sparksbp.spikingmlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparksbp.device.Device;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.Inference;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.pack.LearnerPack;
import org.sparksbp.pack.TestDevice;
import org.sparksbp.random.RandomStream;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;
import org.sparksbp.spike.SpikeTrain;

/** The perceptron on a device against the one on the processor, and packs against single ones. */
class SpikingMlpPackTest {

  /** Largest difference of a parameter after some batches, in step sizes of Adam. */
  private static final double OF_A_STEP = 0.05;

  private static final SpikingMlpModelType TYPE = new SpikingMlpModelType();

  /** Rules with what makes their terms large enough to be seen. */
  private static final List<String> RULES =
      List.of(
          "rule = bp",
          "rule = bp, spiking-mlp.loss = cross-entropy",
          "rule = bp, spiking-mlp.current = linear, spiking-mlp.tonic-inhibition = 0",
          "rule = bp-without-biases",
          "rule = sbp, spiking-mlp.exact-every = 3",
          "rule = sbp, spiking-mlp.exact-every = 1",
          "rule = sbp, spiking-mlp.exact-every = 0",
          "rule = sbp-steps-only, spiking-mlp.exact-every = 3",
          "rule = sbp-steps-only, spiking-mlp.exact-every = 0",
          "rule = sbp-local-only",
          "rule = flat, spiking-mlp.exact-every = 3",
          "rule = frozen-hidden",
          "rule = sbp-updates, spiking-mlp.bp-every = 3",
          "rule = bp-skipped, spiking-mlp.bp-every = 3",
          "rule = brp, spiking-mlp.brp.steps = 8",
          "rule = e-prop, spiking-mlp.e-prop.recurrent = off");

  static Stream<String> cases() {
    List<String> cases = new ArrayList<>();
    for (String rule : RULES) {
      for (String hidden : List.of("[7]", "[9, 5]", "[6, 5, 4]")) {
        for (String input : List.of("spikes", "bernoulli")) {
          cases.add(rule + ", network.hidden = " + hidden + ", spiking-mlp.input = " + input);
        }
      }
    }
    for (String surrogate : List.of("sigmoid", "fast-sigmoid", "atan", "triangular")) {
      cases.add("rule = bp, network.hidden = [9, 5], spiking-mlp.surrogate = " + surrogate);
      cases.add(
          "rule = bp, network.hidden = [9, 5], spiking-mlp.surrogate-width = 0.7,"
              + "spiking-mlp.surrogate = "
              + surrogate);
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void learnsWhatTheProcessorLearns(String changes) {
    Config configuration = TestNetworks.configuration(changes);
    assertAlike(configuration, TestNetworks.samples(11, TestNetworks.STEPS), 4);
  }

  @ParameterizedTest
  @CsvSource({
    "20, 20, sbp, spikes",
    "20, 20, sbp-updates, bernoulli",
    "20, 1, sbp, spikes",
    "33, 33, sbp, spikes",
    "40, 7, sbp-updates, bernoulli",
    "64, 128, bp, spikes",
    "3, 3, sbp, spikes",
    "2, 2, sbp, bernoulli",
    "2, 2, sbp-updates, spikes",
    "1, 3, sbp, bernoulli",
    "1, 1, sbp-updates, spikes",
  })
  void takesAnyNumberOfSteps(int steps, int trainSteps, String rule, String input) {
    Config configuration =
        TestNetworks.configuration(
            String.format(
                    Locale.ROOT,
                    "rule = %s, spiking-mlp.steps = %d, spiking-mlp.input = %s, network.hidden = [6, 5]",
                    rule,
                    steps,
                    input)
                + ", spiking-mlp.frame-stride = 0, spiking-mlp.bp-every = 3");
    assertAlike(configuration, TestNetworks.samples(7, trainSteps), 3);
  }

  @ParameterizedTest
  @CsvSource({
    "7, 5, 3, 1",
    "7, 5, 3, 3",
    "1, 1, 1, 2",
    "70, 129, 40, 5",
    "200, 300, 26, 33",
    "65, 33, 130, 4",
  })
  void takesAnySizesAndALastBatchThatIsSmaller(int channels, int hidden, int outputs, int batch) {
    Config configuration =
        TestNetworks.configuration(
            String.format(
                Locale.ROOT,
                "rule = sbp, spiking-mlp.exact-every = 3, network.hidden = [%d]",
                hidden));
    assertAlike(configuration, random(2 * batch + 1, channels, outputs), batch);
  }

  private static void assertAlike(Config configuration, List<Sample> samples, int batchSize) {
    Device device = TestDevice.open();
    Sample first = samples.get(0);
    NetworkShape shape =
        new NetworkShape(first.spikes().channels(), first.target().length, first.spikes().steps());
    try (Learner expected = TYPE.createOnProcessor(configuration, shape);
        Learner learner = LearnerPack.of(TYPE, device, List.of(configuration), shape).member(0)) {
      assertThat(learner.layout()).isEqualTo(expected.layout());
      assertThat(learner.complexityPerEpoch()).isEqualTo(expected.complexityPerEpoch());
      assertThat(learner.parameters()).isEqualTo(expected.parameters());
      int batches = 0;
      for (int from = 0; from < samples.size(); from += batchSize) {
        SpikeBatch batch = batch(samples, from, batchSize);
        BatchPosition position = new BatchPosition(3, 1, 0, batches++);
        assertAlike(learner.learn(batch, position), expected.learn(batch, position));
      }
      float[] actual = learner.parameters();
      float[] wanted = expected.parameters();
      double step = configuration.getDouble("spiking-mlp.learning-rate");
      for (int i = 0; i < wanted.length; i++) {
        assertThat((double) actual[i])
            .as("parameter %d", i)
            .isCloseTo(wanted[i], within(OF_A_STEP * step));
      }
      SpikeBatch all = new SpikeBatch(samples);
      assertAlike(learner.infer(all), expected.infer(all));
    }
  }

  private static void assertAlike(Inference actual, Inference expected) {
    assertThat(actual.outputs()).containsExactly(expected.outputs(), within(1e-6f));
    assertThat(actual.work()).isEqualTo(expected.work());
  }

  /** The moments show what the gradient was, however small it is beside the step that it makes. */
  @ParameterizedTest
  @MethodSource("cases")
  void hasTheGradientOfTheProcessor(String changes) {
    Config configuration = TestNetworks.configuration(changes);
    NetworkShape shape =
        new NetworkShape(TestNetworks.CHANNELS, TestNetworks.OUTPUTS, TestNetworks.STEPS);
    SpikeBatch batch = new SpikeBatch(TestNetworks.samples(6, TestNetworks.STEPS));
    BatchPosition position = new BatchPosition(3, 1, 0, 0);
    try (SpikingMlp expected = (SpikingMlp) TYPE.createOnProcessor(configuration, shape);
        Learner learner =
            LearnerPack.of(TYPE, TestDevice.open(), List.of(configuration), shape).member(0)) {
      learner.learn(batch, position);
      float[] gradient = expected.gradient(batch, position);
      float[] parameters = learner.parameters();
      int at = 0;
      for (var block : expected.layout().blocks()) {
        if (block.offset() < gradient.length) {
          float[] wanted = Arrays.copyOfRange(gradient, at, at + block.size());
          double greatest = 0;
          for (float value : wanted) {
            greatest = Math.max(greatest, Math.abs(value));
          }
          for (int i = 0; i < wanted.length; i++) {
            double ofMoment = parameters[gradient.length + at + i] / (1 - 0.9f);
            assertThat(ofMoment)
                .as("%s %d", block.name(), i)
                .isCloseTo(wanted[i], within(1e-5 * greatest));
          }
          at += block.size();
        }
      }
    }
  }

  @Test
  void aMemberOfAPackOfDifferentOnesLearnsTheBitsOfOneAlone() throws Exception {
    Device device = TestDevice.open();
    NetworkShape shape = new NetworkShape(30, 5, TestNetworks.STEPS);
    List<Config> members = new ArrayList<>();
    for (String changes :
        List.of(
            "rule = bp",
            "rule = sbp, spiking-mlp.exact-every = 3, seed = 2",
            "rule = flat, spiking-mlp.exact-every = 0, seed = 3, spiking-mlp.leak = 0.4",
            "rule = sbp-updates, spiking-mlp.bp-every = 2, seed = 4",
            "rule = frozen-hidden, spiking-mlp.learning-rate = 0.01",
            "rule = e-prop, spiking-mlp.e-prop.recurrent = off, spiking-mlp.threshold = 0.4",
            "rule = bp, spiking-mlp.tonic-inhibition = 0.05, spiking-mlp.surrogate-width = 0.5",
            "rule = sbp-steps-only, spiking-mlp.adam.epsilon = 1e-4")) {
      members.add(
          TestNetworks.configuration(
              "network.hidden = [40, 20], spiking-mlp.input = bernoulli, " + changes));
    }
    List<Sample> samples = random(23, 30, 5);
    List<float[]> alone = new ArrayList<>();
    for (Config member : members) {
      try (Learner learner = LearnerPack.of(TYPE, device, List.of(member), shape).member(0)) {
        alone.add(learned(learner, samples, member.getLong("seed")));
      }
    }
    LearnerPack pack = LearnerPack.of(TYPE, device, members, shape);
    ExecutorService threads = Executors.newFixedThreadPool(members.size());
    try {
      List<Future<float[]>> together = new ArrayList<>();
      for (int i = 0; i < members.size(); i++) {
        int member = i;
        together.add(
            threads.submit(
                () -> {
                  try (Learner learner = pack.member(member)) {
                    // One that stops early leaves without disturbing the others.
                    List<Sample> own = member == 4 ? samples.subList(0, 10) : samples;
                    return learned(learner, own, members.get(member).getLong("seed"));
                  }
                }));
      }
      for (int i = 0; i < members.size(); i++) {
        float[] result = together.get(i).get();
        if (i != 4) {
          assertThat(result).as("member %d", i).isEqualTo(alone.get(i));
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static float[] learned(Learner learner, List<Sample> samples, long seed) {
    List<SpikeBatch> batches = new ArrayList<>();
    List<BatchPosition> positions = new ArrayList<>();
    for (int from = 0; from < samples.size(); from += 5) {
      batches.add(batch(samples, from, 5));
      positions.add(new BatchPosition(seed, 1, 0, batches.size() - 1));
    }
    float[] answers = learner.learn(batches, positions).get(0).outputs();
    float[] inferred = learner.infer(batch(samples, 0, 7)).outputs();
    float[] all = learner.parameters();
    int size = all.length;
    all = Arrays.copyOf(all, size + answers.length + inferred.length);
    System.arraycopy(answers, 0, all, size, answers.length);
    System.arraycopy(inferred, 0, all, size + answers.length, inferred.length);
    return all;
  }

  @Test
  void numbersThatAreNoneShowInTheAnswers() {
    NetworkShape shape =
        new NetworkShape(TestNetworks.CHANNELS, TestNetworks.OUTPUTS, TestNetworks.STEPS);
    Config configuration = TestNetworks.configuration("rule = bp");
    SpikeBatch batch = new SpikeBatch(TestNetworks.samples(4, TestNetworks.STEPS));
    try (Learner learner =
        LearnerPack.of(TYPE, TestDevice.open(), List.of(configuration), shape).member(0)) {
      float[] parameters = learner.parameters();
      Arrays.fill(parameters, 0, TestNetworks.CHANNELS * 7, Float.NaN);
      learner.setParameters(parameters);
      for (float answer : learner.infer(batch).outputs()) {
        assertThat(answer).isNaN();
      }
      for (float answer : learner.learn(batch, new BatchPosition(1, 1, 0, 0)).outputs()) {
        assertThat(answer).isNaN();
      }
    }
  }

  @Test
  void givesAllMemoryBack() {
    Device device = TestDevice.open();
    long before = device.allocatedBytes();
    NetworkShape shape =
        new NetworkShape(TestNetworks.CHANNELS, TestNetworks.OUTPUTS, TestNetworks.STEPS);
    Config configuration = TestNetworks.configuration("rule = sbp, network.hidden = [7, 5]");
    LearnerPack pack = LearnerPack.of(TYPE, device, List.of(configuration, configuration), shape);
    pack.member(0).close();
    try (Learner learner = pack.member(1)) {
      SpikeBatch batch = new SpikeBatch(TestNetworks.samples(4, TestNetworks.STEPS));
      learner.learn(batch, new BatchPosition(1, 1, 0, 0));
      learner.infer(batch);
      assertThat(device.allocatedBytes()).isGreaterThan(before);
    }
    assertThat(device.allocatedBytes()).isEqualTo(before);
  }

  @Test
  void plansForTheMemoryThatAMemberTakes() {
    Device device = TestDevice.open();
    NetworkShape shape = new NetworkShape(784, 10, 20);
    Config configuration =
        TestNetworks.configuration("rule = sbp, network.hidden = [500], spiking-mlp.steps = 20");
    long planned =
        TYPE.plan(configuration, shape).bytesPerMember()
            + 100 * TYPE.plan(configuration, shape).bytesPerRow();
    long before = device.allocatedBytes();
    try (Learner learner = LearnerPack.of(TYPE, device, List.of(configuration), shape).member(0)) {
      List<Sample> samples = random(100, 784, 10, 20);
      learner.learn(new SpikeBatch(samples), new BatchPosition(1, 1, 0, 0));
      assertThat(device.allocatedBytes() - before).isBetween(planned / 4, planned);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rule = nrr | rule",
        "rule = e-prop | spiking-mlp.e-prop.recurrent",
        "spiking-mlp.steps = 65, rule = bp | spiking-mlp.steps",
        "rule = brp, spiking-mlp.brp.steps = 100 | spiking-mlp.brp.steps",
        "rule = bp, spiking-mlp.readout = mean-membrane | spiking-mlp.readout",
        "rule = bp, spiking-mlp.learnable-leak = on | spiking-mlp.learnable-leak",
        "rule = bp, spiking-mlp.energy-term = 0.1 | spiking-mlp.energy-term",
      })
  void whatADeviceDoesNotComputeIsRefusedByItsKey(String changesAndKey) {
    String[] parts = changesAndKey.split(" \\| ");
    Config configuration = TestNetworks.configuration(parts[0]);
    assertThatThrownBy(() -> TYPE.checkForDevice(configuration))
        .isInstanceOf(ConfigException.BadValue.class)
        .hasMessageContaining("'" + parts[1] + "'")
        .hasMessageContaining("is not computed on a graphics card")
        .hasMessageContaining("or set compute.device to cpu");
  }

  @Test
  void networksOfDifferentSizesAreNoPack() {
    NetworkShape shape =
        new NetworkShape(TestNetworks.CHANNELS, TestNetworks.OUTPUTS, TestNetworks.STEPS);
    String key = TYPE.plan(TestNetworks.configuration("rule = bp"), shape).key();
    for (String same : List.of("rule = sbp", "rule = bp, seed = 9, spiking-mlp.leak = 0.3")) {
      assertThat(TYPE.plan(TestNetworks.configuration(same), shape).key()).isEqualTo(key);
    }
    for (String other :
        List.of(
            "network.hidden = [8]",
            "spiking-mlp.steps = 4",
            "spiking-mlp.input = bernoulli",
            "spiking-mlp.surrogate = atan",
            "spiking-mlp.loss = cross-entropy",
            "spiking-mlp.current = linear")) {
      Config configuration = TestNetworks.configuration("rule = bp, " + other);
      assertThat(TYPE.plan(configuration, shape).key()).as(other).isNotEqualTo(key);
    }
  }

  private static SpikeBatch batch(List<Sample> samples, int from, int size) {
    return new SpikeBatch(samples.subList(from, Math.min(samples.size(), from + size)));
  }

  private static List<Sample> random(int count, int channels, int outputs) {
    return random(count, channels, outputs, TestNetworks.STEPS);
  }

  private static List<Sample> random(int count, int channels, int outputs, int steps) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RandomStream random = RandomStream.of(8, "sample", i);
      double[] rates = random.doubles(channels).map(rate -> rate < 0.5 ? 0 : rate).toArray();
      SpikeTrain.Builder train = new SpikeTrain.Builder(steps, channels);
      for (int step = 0; step < steps; step++) {
        for (int channel = 0; channel < channels; channel++) {
          if (random.nextDouble() < rates[channel]) {
            train.add(step, channel);
          }
        }
      }
      float[] target = new float[outputs];
      target[i % outputs] = 1f;
      samples.add(new Sample("random/" + i, train.build(), target, i % outputs, "random/" + i));
    }
    return samples;
  }
}
