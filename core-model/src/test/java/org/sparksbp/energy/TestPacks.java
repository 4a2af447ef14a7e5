package org.sparksbp.energy;

import com.typesafe.config.Config;
import java.util.List;
import java.util.stream.Stream;
import org.sparksbp.device.Device;
import org.sparksbp.device.DeviceDescription;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.pack.DeviceModelType;
import org.sparksbp.pack.LearnerPack;
import org.sparksbp.pack.PackModel;
import org.sparksbp.pack.PackPlan;

/** Packs of energy-based networks for the samples of {@link EnergyLearnerTest}. */
final class TestPacks {

  private TestPacks() {}

  static LearnerPack of(Device device, String... settings) {
    return of(device, device.description(), EnergyLearnerTest.SHAPE, settings);
  }

  /** A pack that keeps within less than the device has. */
  static LearnerPack of(
      Device device, DeviceDescription limits, NetworkShape shape, String... settings) {
    List<Config> configurations =
        Stream.of(settings).map(EnergyLearnerTest::configuration).toList();
    return LearnerPack.of(new Limited(limits), device, configurations, shape);
  }

  /** The device with less memory of a group, fewer work-items and smaller buffers. */
  static DeviceDescription limits(
      Device device, int localBytes, int workGroup, long largestBuffer) {
    DeviceDescription own = device.description();
    return new DeviceDescription(
        own.name(),
        own.driver(),
        own.memoryBytes(),
        largestBuffer,
        localBytes,
        workGroup,
        own.computeUnits());
  }

  private record Limited(DeviceDescription limits) implements DeviceModelType {
    private static final EnergyModelType TYPE = new EnergyModelType();

    @Override
    public String name() {
      return TYPE.name();
    }

    @Override
    public void check(Config configuration) {
      TYPE.check(configuration);
    }

    @Override
    public void checkForDevice(Config configuration) {
      TYPE.checkForDevice(configuration);
    }

    @Override
    public PackPlan plan(Config configuration, NetworkShape shape) {
      return TYPE.plan(configuration, shape);
    }

    @Override
    public PackModel pack(Device device, List<Config> members, NetworkShape shape) {
      return new EnergyPack(
          device, limits, members.stream().map(EnergySettings::of).toList(), shape);
    }

    @Override
    public Learner createOnProcessor(Config configuration, NetworkShape shape) {
      return TYPE.createOnProcessor(configuration, shape);
    }
  }
}
