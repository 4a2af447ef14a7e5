package org.sparksbp.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparksbp.device.Device;
import org.sparksbp.device.DeviceDescription;
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

class EnergyPackTest {

  private static final float NEAR = 2e-5f;
  private static final NetworkShape ODD = new NetworkShape(7, 3, 5);
  private static final String SMALL = "network.hidden = [20]";

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
        "network.hidden = [5]",
        "network.hidden = [5], rule = plain",
        "network.hidden = [5], rule = weak-feedback, rbm.beta-sign = positive",
        "network.hidden = [5], rule = rescaled",
        "network.hidden = [5], rule = frozen-hidden",
        "network.hidden = [5], rbm.input = flattened, rbm.beta-sign = positive",
        "network.hidden = [5], rbm { output-leak = 0, free-steps = 4, clamped-steps = 7 }",
        "network.hidden = [5, 6], rbm.epsilon = 0.4",
        "network.hidden = [5, 6], rule = plain, rbm { epsilon = 0.4, beta-sign = positive }",
        "network.hidden = [6, 5, 4], rule = weak-feedback, rbm.epsilon = 0.4",
        "network.hidden = [5, 6], rule = frozen-hidden, rbm.epsilon = 0.4",
        "network.hidden = [5, 6], rbm { epsilon = 0.4, input = flattened }",
        "network.hidden = [150]",
        "network.hidden = [150, 40], rbm.epsilon = 0.4",
      })
  void computesWhatTheProcessorComputes(String settings) {
    staysWithTheProcessor(device.description(), ODD, settings);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "network.hidden = [40]                         | 0    | 8",
        "network.hidden = [40]                         | 0    | 1",
        "network.hidden = [40]                         | 1024 | 64",
        "network.hidden = [40, 30], rbm.epsilon = 0.4  | 0    | 16",
        "network.hidden = [40, 30], rbm.epsilon = 0.4  | 2048 | 512",
      })
  void computesTheSameWhereAGroupHasLittleMemoryOrFewWorkItems(
      String settings, int localBytes, int workGroup) {
    staysWithTheProcessor(TestPacks.limits(device, localBytes, workGroup, 1 << 20), ODD, settings);
  }

  @Test
  void addsUpLongInputsInParts() {
    staysWithTheProcessor(
        device.description(),
        new NetworkShape(30, 3, 205),
        "network.hidden = [5], rbm { input = flattened, alpha = [0.0005, 0.005] }");
  }

  /** Three passes over seven samples in batches of three, three and one, inferring in between. */
  private void staysWithTheProcessor(
      DeviceDescription limits, NetworkShape shape, String settings) {
    List<Sample> samples = samples(shape, 7);
    try (Learner packed = TestPacks.of(device, limits, shape, settings).member(0);
        Learner processor =
            new EnergyModelType()
                .createOnProcessor(EnergyLearnerTest.configuration(settings), shape)) {
      assertThat(packed.parameters()).isEqualTo(processor.parameters());
      for (int epoch = 1; epoch <= 3; epoch++) {
        for (int batch = 0; batch < 3; batch++) {
          SpikeBatch some =
              new SpikeBatch(samples.subList(3 * batch, Math.min(3 * batch + 3, samples.size())));
          BatchPosition position = new BatchPosition(4, epoch, 0, batch);
          near(packed.learn(some, position), processor.learn(some, position));
        }
        near(packed.infer(new SpikeBatch(samples)), processor.infer(new SpikeBatch(samples)));
      }
      assertThat(packed.parameters()).containsExactly(processor.parameters(), within(NEAR));
      var remembered = processor.memory().entries();
      var onDevice = packed.memory().entries();
      assertThat(onDevice).containsOnlyKeys(remembered.keySet());
      remembered.forEach(
          (id, states) -> assertThat(onDevice.get(id)).containsExactly(states, within(NEAR)));
    }
  }

  private static void near(Inference actual, Inference expected) {
    assertThat(actual.outputs()).containsExactly(expected.outputs(), within(NEAR));
    assertThat(actual.work()).isEqualTo(expected.work());
  }

  @Test
  void aMemberComputesTheSameBitsAloneAndBesideOthers() throws Exception {
    String[] settings = {
      SMALL + ", seed = 1",
      SMALL + ", seed = 2, rule = plain, rbm { alpha = [0.3, 0.1], beta = 0.7 }",
      SMALL + ", seed = 3, rule = frozen-hidden",
      SMALL + ", seed = 4, rule = weak-feedback, rbm { feedback = 0.2, epsilon = 0.5 }",
      SMALL + ", seed = 5, rule = rescaled, rbm.beta-sign = positive",
    };
    LearnerPack pack = TestPacks.of(device, settings);
    ExecutorService threads = Executors.newFixedThreadPool(settings.length);
    try {
      List<Future<Trace>> together = new ArrayList<>();
      for (int m = 0; m < settings.length; m++) {
        int member = m;
        together.add(threads.submit(() -> train(pack.member(member), member)));
      }
      for (int m = 0; m < settings.length; m++) {
        Trace alone = train(TestPacks.of(device, settings[m]).member(0), m);
        Trace beside = together.get(m).get();
        assertThat(beside.parameters).isEqualTo(alone.parameters);
        assertThat(beside.outputs.toArray()).isEqualTo(alone.outputs.toArray());
        assertThat(beside.states.toArray()).isEqualTo(alone.states.toArray());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private record Trace(float[] parameters, List<float[]> outputs, List<float[]> states) {}

  /** Each member has batches of its own size and order, and as many epochs as its number. */
  private static Trace train(Learner learner, int member) {
    List<float[]> outputs = new ArrayList<>();
    try (learner) {
      List<Sample> samples = EnergyLearnerTest.samples(20, member / 2);
      int size = member < 2 ? 5 : 2 + member;
      for (int epoch = 1; epoch <= 2 + member; epoch++) {
        for (int first = 0; first < samples.size(); first += size) {
          SpikeBatch batch =
              new SpikeBatch(samples.subList(first, Math.min(first + size, samples.size())));
          outputs.add(
              learner.learn(batch, new BatchPosition(member, epoch, 0, first / size)).outputs());
        }
        outputs.add(learner.infer(new SpikeBatch(samples)).outputs());
      }
      var memory = learner.memory().entries();
      List<float[]> states = samples.stream().map(sample -> memory.get(sample.id())).toList();
      return new Trace(learner.parameters(), outputs, states);
    }
  }

  @Test
  void batchesGivenAtOnceAreLearnedLikeOneAfterTheOther() {
    List<SpikeBatch> batches = batches(EnergyLearnerTest.samples(11, 1), 4);
    List<BatchPosition> positions = new ArrayList<>();
    for (int batch = 0; batch < batches.size(); batch++) {
      positions.add(new BatchPosition(1, 1, 0, batch));
    }
    try (Learner atOnce = TestPacks.of(device, SMALL).member(0);
        Learner single = TestPacks.of(device, SMALL).member(0)) {
      for (int epoch = 0; epoch < 2; epoch++) {
        List<Inference> inferences = atOnce.learn(batches, positions);
        for (int batch = 0; batch < batches.size(); batch++) {
          assertThat(single.learn(batches.get(batch), positions.get(batch)).outputs())
              .isEqualTo(inferences.get(batch).outputs());
        }
      }
      assertThat(atOnce.parameters()).isEqualTo(single.parameters());
    }
  }

  @Test
  void aSampleThatABatchHasTwiceIsLearnedTwiceFromTheSameStates() {
    List<Sample> samples = EnergyLearnerTest.samples(3, 1);
    SpikeBatch twice =
        new SpikeBatch(List.of(samples.get(0), samples.get(1), samples.get(0), samples.get(0)));
    try (Learner packed = TestPacks.of(device, SMALL).member(0);
        Learner processor = EnergyLearnerTest.learner(SMALL)) {
      for (int batch = 0; batch < 4; batch++) {
        BatchPosition position = new BatchPosition(1, 1, 0, batch);
        near(packed.learn(twice, position), processor.learn(twice, position));
      }
      assertThat(packed.memory().entries().get(samples.get(0).id()))
          .containsExactly(processor.memory().entries().get(samples.get(0).id()), within(NEAR));
    }
  }

  @Test
  void aMemoryGoesFromProcessorToDeviceAndBack() {
    List<SpikeBatch> batches = batches(EnergyLearnerTest.samples(11, 1), 4);
    try (Learner processor = EnergyLearnerTest.learner(SMALL);
        Learner packed = TestPacks.of(device, SMALL).member(0);
        Learner again = EnergyLearnerTest.learner(SMALL)) {
      learn(processor, batches, 1);
      packed.setParameters(processor.parameters());
      packed.setMemory(processor.memory());
      assertThat(packed.memory().entries()).hasSize(11);
      again.setParameters(processor.parameters());
      again.setMemory(packed.memory());
      learn(processor, batches, 2);
      learn(again, batches, 2);
      learn(packed, batches, 2);
      assertThat(again.parameters()).isEqualTo(processor.parameters());
      assertThat(packed.parameters()).containsExactly(processor.parameters(), within(NEAR));
    }
  }

  @Test
  void aMemoryOutlivesItsPack() {
    List<SpikeBatch> batches = batches(EnergyLearnerTest.samples(6, 1), 4);
    float[] states;
    var packed = TestPacks.of(device, SMALL).member(0);
    learn(packed, batches, 1);
    var memory = packed.memory();
    learn(packed, batches, 2);
    packed.close();
    try (Learner same = TestPacks.of(device, SMALL).member(0)) {
      learn(same, batches, 1);
      states = same.memory().entries().get("pattern/1/3");
    }
    assertThat(memory.entries()).hasSize(6);
    assertThat(memory.entries().get("pattern/1/3")).isEqualTo(states);
  }

  @Test
  void memoriesThatNobodyHasAnyMoreTakeNoMemoryOfTheDevice() {
    List<SpikeBatch> batches = batches(EnergyLearnerTest.samples(700, 1), 350);
    try (Learner packed = TestPacks.of(device, SMALL).member(0)) {
      learn(packed, batches, 1);
      var first = packed.memory();
      learn(packed, batches, 2);
      long early = 0;
      for (int round = 3; round < 20; round++) {
        packed.setMemory(packed.memory());
        learn(packed, batches, round);
        early = round == 8 ? device.allocatedBytes() : early;
      }
      assertThat(device.allocatedBytes()).isLessThanOrEqualTo(early);
      try (Learner same = TestPacks.of(device, SMALL).member(0)) {
        learn(same, batches, 1);
        assertThat(first.entries().get("pattern/1/699"))
            .isEqualTo(same.memory().entries().get("pattern/1/699"));
      }
    }
  }

  @Test
  void memoriesAreReadToThisProcessWhereTheDeviceHasNoRoomForThem() {
    DeviceDescription limits = TestPacks.limits(device, 1 << 15, 64, 1500 * 23 * Float.BYTES);
    List<SpikeBatch> batches = batches(EnergyLearnerTest.samples(700, 1), 350);
    List<Object> kept = new ArrayList<>();
    try (Learner packed = TestPacks.of(device, limits, EnergyLearnerTest.SHAPE, SMALL).member(0);
        Learner free = TestPacks.of(device, SMALL).member(0)) {
      for (int round = 1; round < 6; round++) {
        learn(packed, batches, round);
        learn(free, batches, round);
        var memory = packed.memory();
        kept.add(memory);
        if (round == 3) {
          assertThat(memory.entries().get("pattern/1/5"))
              .isEqualTo(free.memory().entries().get("pattern/1/5"));
        }
      }
      assertThat(packed.parameters()).isEqualTo(free.parameters());
      assertThat(kept).hasSize(5);
      assertThatThrownBy(() -> learn(packed, batches(EnergyLearnerTest.samples(2000, 2), 500), 1))
          .hasMessageContaining("Cannot keep the states of more than 1500 training samples")
          .hasMessageContaining("sweep.pack");
    }
  }

  @Test
  void statesStayOnTheDeviceUntilSomebodyLooksAtThem() {
    List<SpikeBatch> batches = batches(EnergyLearnerTest.samples(60, 1), 20);
    try (Learner packed = TestPacks.of(device, SMALL).member(0)) {
      learn(packed, batches, 1);
      long read = device.readBytes();
      var memory = packed.memory();
      assertThat(memory.isEmpty()).isFalse();
      assertThat(memory.entries().size()).isEqualTo(60);
      assertThat(memory.entries().containsKey("pattern/1/59")).isTrue();
      assertThat(memory.entries().containsKey("pattern/1/60")).isFalse();
      packed.setMemory(memory);
      assertThat(device.readBytes()).isEqualTo(read);
      assertThat(memory.entries().get("pattern/1/59")).hasSize(23);
      assertThat(device.readBytes()).isEqualTo(read + 60 * 23 * Float.BYTES);
    }
  }

  @Test
  void refusesAMemoryOfAnotherNetworkAndTrainsOfAnotherLength() {
    try (Learner packed = TestPacks.of(device, SMALL).member(0);
        Learner flattened = TestPacks.of(device, SMALL + ", rbm.input = flattened").member(0);
        Learner other = EnergyLearnerTest.learner("network.hidden = [4]")) {
      learn(other, batches(EnergyLearnerTest.samples(1, 1), 1), 1);
      assertThatThrownBy(() -> packed.setMemory(other.memory()))
          .hasMessage("Invalid worker memory: 7 states of sample pattern/1/0, this network has 23");
      Sample shorter = new Sample("short", SpikeTrain.of(24, new int[2][0]), new float[3], 0, "");
      assertThatThrownBy(() -> flattened.infer(new SpikeBatch(List.of(shorter))))
          .hasMessageContaining("Invalid batch: short has 2 steps, must be 5");
    }
  }

  @Test
  void networksOfOtherSizesStepsOrInputAreNotForOnePack() {
    EnergyModelType type = new EnergyModelType();
    List<String> keys = new ArrayList<>();
    for (String settings :
        List.of(
            SMALL,
            "network.hidden = [21]",
            "network.hidden = [20, 20]",
            SMALL + ", rbm.free-steps = 9",
            SMALL + ", rbm.clamped-steps = 9",
            SMALL + ", rbm.inference-steps = 9",
            SMALL + ", rbm.input = flattened")) {
      keys.add(type.plan(EnergyLearnerTest.configuration(settings), EnergyLearnerTest.SHAPE).key());
    }
    assertThat(keys).doesNotHaveDuplicates();
    String alike = SMALL + ", seed = 9, rule = plain, rbm { alpha = [1], beta = 2, epsilon = 0.1 }";
    assertThat(type.plan(EnergyLearnerTest.configuration(alike), EnergyLearnerTest.SHAPE).key())
        .isEqualTo(keys.get(0));
  }

  private static void learn(Learner learner, List<SpikeBatch> batches, int epoch) {
    for (int batch = 0; batch < batches.size(); batch++) {
      learner.learn(batches.get(batch), new BatchPosition(1, epoch, 0, batch));
    }
  }

  private static List<SpikeBatch> batches(List<Sample> samples, int size) {
    List<SpikeBatch> batches = new ArrayList<>();
    for (int first = 0; first < samples.size(); first += size) {
      batches.add(new SpikeBatch(samples.subList(first, Math.min(first + size, samples.size()))));
    }
    return batches;
  }

  /** Random trains; the last one is silent. */
  private static List<Sample> samples(NetworkShape shape, int count) {
    RandomStream random = RandomStream.of(3, "samples");
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SpikeTrain.Builder train = new SpikeTrain.Builder(shape.steps(), shape.channels());
      for (int step = 0; step < shape.steps(); step++) {
        for (int channel = 0; channel < shape.channels(); channel++) {
          if (random.nextFloat() < 0.4f && i < count - 1) {
            train.add(step, channel);
          }
        }
      }
      float[] target = new float[shape.outputs()];
      Arrays.fill(target, i % 3, i % 3 + 1, 1f);
      samples.add(new Sample("random/" + i, train.build(), target, 0, ""));
    }
    return samples;
  }
}
