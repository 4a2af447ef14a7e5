package org.sparksbp.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.io.IOException;
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

  @Test
  void itsParametersLeaveTheDeviceOnceAnEpochAndNotOnceARound() throws IOException {
    Config configuration =
        RunConfiguration.builder()
            .text(
                "test",
                "task = mnist, model = rbm, rule = sbp, network.hidden = [2000], compute.device = gpu"
                    + ", training { workers = 1, batch = 5, epochs = 1 }, averaging.every = 1")
            .build()
            .config();
    LocalData data =
        new LocalData(
            TrainingFixture.samples("train", 40),
            TrainingFixture.samples("test", 10),
            TrainingFixture.SHAPE,
            () -> ClassificationMeasure.ofSamples(TrainingFixture.CLASSES));
    List<RoundReport> rounds = new ArrayList<>();
    TrainingListener counting =
        new TrainingListener() {
          @Override
          public void roundFinished(RoundReport round) {
            rounds.add(round);
          }
        };
    try (Learner member = member(configuration)) {
      LocalTraining training =
          new LocalTraining(TrainingSettings.of(configuration), data, member);
      LocalState start = training.start();
      training.train(start, 1, List.of()); // kernels are built, samples sent
      long bytes = (long) start.parameters().length * Float.BYTES;
      long read = device.readBytes();
      long written = device.writtenBytes();

      training.train(start, 1, List.of(counting));

      assertThat(rounds).as("averaging rounds").hasSize(8);
      assertThat(device.readBytes() - read).as("back, and outputs").isBetween(bytes, 2 * bytes);
      assertThat(device.writtenBytes() - written)
          .as("there, there again to be tested, and samples")
          .isBetween(2 * bytes, 3 * bytes);
    }
  }

  private static Learner member(Config configuration) {
    DeviceModelType type = (DeviceModelType) ModelType.named("rbm");
    return LearnerPack.of(type, device, List.of(configuration), TrainingFixture.SHAPE).member(0);
  }
}
