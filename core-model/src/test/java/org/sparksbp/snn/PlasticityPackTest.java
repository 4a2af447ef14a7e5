package org.sparksbp.snn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparksbp.device.Device;
import org.sparksbp.device.DeviceDescription;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.Inference;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.pack.LearnerPack;
import org.sparksbp.pack.PackModel;
import org.sparksbp.pack.SampleEncoding;
import org.sparksbp.pack.TestDevice;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;
import org.sparksbp.spike.SpikeTrain;

class PlasticityPackTest {

  private static final NetworkShape ODD = new NetworkShape(7, 3, 4);
  private static final float NEAR = 2e-5f;

  private Device device;
  private long before;

  @BeforeEach
  void open() {
    device = TestDevice.open();
    before = device.allocatedBytes();
  }

  @AfterEach
  void everyTestFreesWhatItTook() {
    if (device != null) {
      assertThat(device.allocatedBytes()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "network.hidden = [5], rule = sbp",
        "network.hidden = [5], rule = postsynaptic-stdp",
        "network.hidden = [5], rule = symmetric-stdp",
        "network.hidden = [5], rule = differential-stdp",
        "network.hidden = [5], rule = frozen-hidden",
        "network.hidden = [5, 6], rule = sbp",
        "network.hidden = [6, 5, 4], rule = symmetric-stdp",
        "network.hidden = [6, 5, 4], rule = sbp, snn.state = carried",
        "network.hidden = [5], rule = sbp, snn.state = carried",
        "network.hidden = [5], rule = sbp, snn.input = spikes",
        "network.hidden = [5, 4], rule = sbp, snn.input = spikes, snn.state = carried",
        "network.hidden = [5], rule = sbp, snn.spiking-phase = off",
        "network.hidden = [150], rule = sbp",
        "network.hidden = [5], rule = sbp, snn.sbp.normalisation = mean, snn.sbp.fraction = 0.8",
        "network.hidden = [5], rule = sbp, snn.sbp.normalisation = none, snn.sbp.range = 3.0",
        "network.hidden = [5, 6], rule = sbp, snn { sbp.direction = inverse, alpha = [1.0, 0.5] }",
        "network.hidden = [5, 6], rule = sbp, snn { sbp { match-norm = on, normalisation = mean }, alpha = [1.0, 0.5] }",
        "network.hidden = [5], rule = sbp, snn.noise = uniform",
        "network.hidden = [5], rule = sbp, snn.noise = poisson",
        "network.hidden = [5, 6], rule = sbp, snn.dale.inhibitory-share = 0.4",
        "network.hidden = [5], rule = sbp, snn.short-term-plasticity.enabled = on",
        "network.hidden = [5], rule = sbp, snn.membrane.threshold = 0.01",
      })
  void computesWhatTheProcessorComputes(String settings) {
    staysWithTheProcessor(device.description(), settings);
  }

  @ParameterizedTest
  @ValueSource(strings = {"network.hidden = [40]", "network.hidden = [9, 40], snn.state = carried"})
  void computesTheSameWhereAGroupHasLittleMemoryOrFewWorkItems(String settings) {
    for (int[] limit : new int[][] {{0, 8}, {0, 1}, {2048, 64}, {5000, 32}}) {
      staysWithTheProcessor(limited(limit[0], limit[1]), settings);
    }
  }

  private DeviceDescription limited(int localBytes, int workGroup) {
    DeviceDescription all = device.description();
    return new DeviceDescription(
        all.name(),
        all.driver(),
        all.memoryBytes(),
        all.largestBufferBytes(),
        localBytes,
        workGroup,
        all.computeUnits());
  }

  /** Three passes over seven samples in batches of three, three and one, inferring in between. */
  private void staysWithTheProcessor(DeviceDescription limits, String settings) {
    List<Sample> samples = TestSamples.random(3, 7, 7, 3, 4).samples();
    Config configuration = configuration(settings);
    try (Learner packed =
            LearnerPack.of(new Limited(limits), device, List.of(configuration), ODD).member(0);
        Learner processor = new PlasticityModelType().createOnProcessor(configuration, ODD)) {
      assertThat(packed.parameters()).isEqualTo(processor.parameters());
      for (int epoch = 1; epoch <= 3; epoch++) {
        for (int number = 0; number < 3; number++) {
          SpikeBatch batch =
              new SpikeBatch(samples.subList(3 * number, Math.min(3 * number + 3, 7)));
          BatchPosition position = new BatchPosition(4, epoch, 0, number);
          near(packed.learn(batch, position), processor.learn(batch, position));
        }
        near(packed.infer(new SpikeBatch(samples)), processor.infer(new SpikeBatch(samples)));
      }
      assertThat(packed.parameters()).containsExactly(processor.parameters(), within(NEAR));
      Map<String, float[]> kept = processor.memory().entries();
      assertThat(packed.memory().entries()).containsOnlyKeys(kept.keySet());
      packed
          .memory()
          .entries()
          .forEach(
              (name, state) -> assertThat(state).containsExactly(kept.get(name), within(NEAR)));
    }
  }

  private static void near(Inference packed, Inference processor) {
    assertThat(packed.outputs()).containsExactly(processor.outputs(), within(NEAR));
    assertThat(packed.work()).isEqualTo(processor.work());
  }

  /** The model within limits that are not the device's. */
  private static final class Limited extends org.sparksbp.pack.DelegatingModelType {
    private final DeviceDescription limits;

    Limited(DeviceDescription limits) {
      super(new PlasticityModelType());
      this.limits = limits;
    }

    @Override
    public PackModel pack(Device device, List<Config> members, NetworkShape shape) {
      return new PlasticityPack(
          device,
          limits,
          members.stream()
              .map(
                  member ->
                      NetworkDefinition.of(
                          new SettingsReader(member).read(), shape.channels(), shape.outputs()))
              .toList(),
          shape.steps(),
          null);
    }
  }

  private static Config configuration(String settings) {
    return ConfigFactory.parseString(settings).withFallback(ConfigFactory.load());
  }

  @Test
  void aMemberHasTheSameBitsAloneAndInAPack() throws Exception {
    List<Config> members =
        List.of(
            configuration("network.hidden = [20], rule = sbp, seed = 1"),
            configuration("network.hidden = [20], rule = symmetric-stdp, seed = 2, snn.beta = 0.3"),
            configuration("network.hidden = [20], rule = frozen-hidden, seed = 3"),
            configuration("network.hidden = [20], rule = sbp, seed = 4, snn.alpha = [9.0, 0.1]"),
            configuration("network.hidden = [20], rule = differential-stdp, snn.noise = uniform"));
    LearnerPack pack = LearnerPack.of(new PlasticityModelType(), device, members, ODD);
    ExecutorService threads = Executors.newFixedThreadPool(members.size());
    List<Future<float[]>> together = new ArrayList<>();
    for (int m = 0; m < members.size(); m++) {
      int member = m;
      together.add(threads.submit(() -> learn(pack.member(member), member)));
    }
    List<float[]> parameters = new ArrayList<>();
    for (Future<float[]> one : together) {
      parameters.add(one.get());
    }
    threads.shutdown();
    for (int m = 0; m < members.size(); m++) {
      Learner alone =
          LearnerPack.of(new PlasticityModelType(), device, List.of(members.get(m)), ODD).member(0);
      assertThat(learn(alone, m)).as("member %s", m).isEqualTo(parameters.get(m));
    }
  }

  /**
   * Some batches of the member's own, as many as its number and two, given at once; then leaves.
   */
  private static float[] learn(Learner learner, int member) {
    try (learner) {
      List<SpikeBatch> batches = new ArrayList<>();
      List<BatchPosition> positions = new ArrayList<>();
      for (int b = 0; b < 2 + member; b++) {
        batches.add(TestSamples.random(10 * member + b, b == 1 ? 2 : 5, 7, 3, 4));
        positions.add(new BatchPosition(member, 1, 0, b));
      }
      learner.learn(batches, positions);
      return learner.parameters();
    }
  }

  static List<ReferenceCase> cases() {
    return ReferenceConformanceTest.cases();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void reproducesThePublishedImplementation(ReferenceCase reference) {
    NetworkDefinition network = reference.network();
    ParameterLayout layout = network.layout();
    int matrices = network.matrices();
    float[] parameters = new float[layout.size()];
    for (int l = 0; l < matrices; l++) {
      double[] weights = reference.initialWeights(l);
      for (int i = 0; i < weights.length; i++) {
        parameters[layout.blocks().get(l).offset() + i] = (float) weights[i];
      }
    }
    try (Learner learner = GivenInputs.learner(device, network)) {
      learner.setParameters(parameters);
      for (int batch = 0; batch < reference.batches(); batch++) {
        SpikeBatch samples = GivenInputs.batch(reference, batch);
        learner.learn(samples, new BatchPosition(1, reference.epoch(), 0, batch));
        float[] learned = learner.parameters();
        Map<String, float[]> state = learner.memory().entries();
        for (int l = 1; l <= matrices; l++) {
          float[] weights = block(learned, layout.blocks().get(l - 1));
          near(weights, reference.expected(batch, "weights", l - 1));
          float[] biases = block(learned, layout.blocks().get(matrices + l - 1));
          near(biases, reference.expected(batch, "biases", l - 1));
          near(state.get("membrane-" + l), reference.expected(batch, "membrane", l - 1));
          near(
              state.get("homeostatic-" + l),
              reference.expected(batch, "activity_after_homeostasis", l - 1));
        }
      }
    }
  }

  private static float[] block(float[] all, ParameterLayout.Block block) {
    return Arrays.copyOfRange(all, block.offset(), block.offset() + block.size());
  }

  /** To 1e-4 of the larger of 1 and the largest expected element. */
  private static void near(float[] actual, double[] expected) {
    double largest = Math.max(1, Arrays.stream(expected).map(Math::abs).max().orElse(0));
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i]).isCloseTo(expected[i], within(1e-4 * largest));
    }
  }

  /** Inputs that no spike train has: real numbers, found by the train that stands for them. */
  private record GivenInputs(Map<SpikeTrain, float[]> rates) implements SampleEncoding {

    private static final Map<SpikeTrain, float[]> GIVEN = new HashMap<>();

    static Learner learner(Device device, NetworkDefinition network) {
      int outputs = network.sizes()[network.matrices()];
      NetworkShape shape = new NetworkShape(network.sizes()[0], outputs, 64);
      return LearnerPack.of(
              new org.sparksbp.pack.DelegatingModelType(new PlasticityModelType()) {
                @Override
                public PackModel pack(Device on, List<Config> members, NetworkShape of) {
                  return new PlasticityPack(
                      on, on.description(), List.of(network), 64, new GivenInputs(GIVEN));
                }

                @Override
                public Learner createOnProcessor(Config configuration, NetworkShape of) {
                  return new PlasticityLearner(
                      network, new ArrayNetwork(network, new org.sparksbp.kernel.PlainKernels()));
                }
              },
              device,
              List.of(configuration("network.hidden = [5]")),
              shape)
          .member(0);
    }

    static SpikeBatch batch(ReferenceCase reference, int batch) {
      double[] inputs = reference.input(batch);
      double[] targets = reference.target(batch);
      int rows = reference.batchSize();
      int channels = inputs.length / rows;
      int outputs = targets.length / rows;
      List<Sample> samples = new ArrayList<>();
      for (int row = 0; row < rows; row++) {
        int number = batch * rows + row;
        SpikeTrain.Builder train = new SpikeTrain.Builder(64, channels);
        train.add(number, 0);
        SpikeTrain standing = train.build();
        float[] rates = new float[channels];
        float[] target = new float[outputs];
        for (int i = 0; i < channels; i++) {
          rates[i] = (float) inputs[row * channels + i];
        }
        for (int k = 0; k < outputs; k++) {
          target[k] = (float) targets[row * outputs + k];
        }
        GIVEN.put(standing, rates);
        samples.add(new Sample("given-" + number, standing, target, 0, "given"));
      }
      return new SpikeBatch(samples);
    }

    @Override
    public void encode(SpikeTrain train, Receiver receiver) {
      float[] given = rates.get(train);
      for (int channel = 0; channel < given.length; channel++) {
        receiver.element(channel, Float.floatToRawIntBits(given[channel]));
      }
      receiver.endRow();
    }
  }
}
