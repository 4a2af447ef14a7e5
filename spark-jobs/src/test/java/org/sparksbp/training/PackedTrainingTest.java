package org.sparksbp.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sparksbp.config.RunConfiguration;
import org.sparksbp.device.Device;
import org.sparksbp.device.Devices;
import org.sparksbp.device.NoDeviceException;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ModelType;
import org.sparksbp.measure.ClassificationMeasure;
import org.sparksbp.pack.DeviceModelType;
import org.sparksbp.pack.LearnerPack;
import org.sparksbp.training.TrainingListener.RoundReport;

/** A trial that is trained by a member of a pack, on any device; skipped without one. */
class PackedTrainingTest {

  private static Device device;

  @BeforeAll
  static void anyDevice() {
    System.setProperty(Devices.TYPES, "all");
    try {
      device = Devices.open("");
    } catch (NoDeviceException e) {
      Assumptions.abort(e.getMessage());
    }
  }

  @AfterAll
  static void onlyCards() {
    System.clearProperty(Devices.TYPES);
  }

  private static final LocalData DATA =
      new LocalData(
          TrainingFixture.samples("train", 40),
          TrainingFixture.samples("validation", 10),
          TrainingFixture.samples("test", 10),
          TrainingFixture.SHAPE,
          () -> ClassificationMeasure.ofSamples(TrainingFixture.CLASSES));

  /** Collects what is told of rounds. */
  private record Rounds(List<RoundReport> reports) implements TrainingListener {
    @Override
    public void roundFinished(RoundReport round) {
      reports.add(round);
    }
  }

  @Test
  void itsParametersLeaveTheDeviceOnceAnEpochAndNotOnceARound() throws IOException {
    Config configuration = configuration(2000, 1);
    Rounds rounds = new Rounds(new ArrayList<>());
    try (Learner member = member(configuration)) {
      LocalTraining training = new LocalTraining(TrainingSettings.of(configuration), DATA, member);
      LocalState start = training.start();
      training.train(start, 1, List.of()); // kernels are built, samples sent
      long bytes = (long) start.parameters().length * Float.BYTES;
      long read = device.readBytes();
      long written = device.writtenBytes();

      training.train(start, 1, List.of(rounds));

      assertThat(rounds.reports()).as("averaging rounds").hasSize(8);
      assertThat(device.readBytes() - read).as("back, and outputs").isBetween(bytes, 2 * bytes);
      assertThat(device.writtenBytes() - written)
          .as("there, there again to be validated and to be tested, and samples")
          .isBetween(3 * bytes, 4 * bytes);
    }
  }

  @Test
  void roundsThatAreGivenTogetherEndAsIfOneAfterTheOther() throws IOException {
    Config configuration = configuration(5, 3); // rounds of three, three and two batches
    Rounds together = new Rounds(new ArrayList<>());
    Rounds single = new Rounds(new ArrayList<>());
    LocalState ofTogether;
    LocalState ofSingle;
    try (Learner member = member(configuration)) {
      assertThat(member.batchesAtOnce(5)).isGreaterThan(8);
      ofTogether = train(configuration, member, together);
    }
    try (Learner member = member(configuration)) {
      ofSingle = train(configuration, oneBatchAtATime(member), single);
    }

    assertThat(ofTogether.parameters()).isEqualTo(ofSingle.parameters());
    assertThat(together.reports()).hasSize(3);
    for (int i = 0; i < 3; i++) {
      RoundReport one = together.reports().get(i);
      RoundReport other = single.reports().get(i);
      assertThat(one.round()).isEqualTo(i);
      assertThat(one.epochSamples()).isEqualTo(other.epochSamples());
      assertThat(one.trainError()).isEqualTo(other.trainError());
    }
  }

  private static LocalState train(Config configuration, Learner member, Rounds rounds)
      throws IOException {
    LocalTraining training = new LocalTraining(TrainingSettings.of(configuration), DATA, member);
    return training.train(training.start(), 1, List.of(rounds)).state();
  }

  private static Learner oneBatchAtATime(Learner learner) {
    InvocationHandler handler =
        (proxy, method, arguments) ->
            method.getName().equals("batchesAtOnce") ? 1 : method.invoke(learner, arguments);
    return (Learner)
        Proxy.newProxyInstance(
            Learner.class.getClassLoader(), new Class<?>[] {Learner.class}, handler);
  }

  private static Config configuration(int hidden, int every) {
    String text =
        "task = mnist, model = rbm, rule = sbp, compute.device = gpu, network.hidden = ["
            + hidden
            + "], training { workers = 1, batch = 5, epochs = 1 }, averaging.every = "
            + every;
    return RunConfiguration.builder().text("test", text).build().config();
  }

  private static Learner member(Config configuration) {
    DeviceModelType type = (DeviceModelType) ModelType.named("rbm");
    return LearnerPack.of(type, device, List.of(configuration), TrainingFixture.SHAPE).member(0);
  }
}
