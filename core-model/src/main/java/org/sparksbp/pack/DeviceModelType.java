package org.sparksbp.pack;

import com.typesafe.config.Config;
import java.util.List;
import org.sparksbp.device.Device;
import org.sparksbp.device.DeviceChoice;
import org.sparksbp.device.Devices;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.NetworkShape;

/** A model type whose networks can be computed on a device too. */
public interface DeviceModelType extends ModelType {

  /**
   * Checks that a device computes what the settings ask for.
   *
   * @throws com.typesafe.config.ConfigException.BadValue naming the key that it does not
   */
  void checkForDevice(Config configuration);

  /** What a network of this configuration asks of a device and of the other members of its pack. */
  PackPlan plan(Config configuration, NetworkShape shape);

  /**
   * Builds the networks of a pack, with parameters that are still to be set.
   *
   * @param members their whole configurations, of one {@link PackPlan#key()}
   */
  PackModel pack(Device device, List<Config> members, NetworkShape shape);

  /** Builds the learner that computes on the processor. */
  Learner createOnProcessor(Config configuration, NetworkShape shape);

  /**
   * {@inheritDoc} On the device at {@code compute.device-address}, if {@code compute.device} is
   * gpu.
   */
  @Override
  default Learner create(Config configuration, NetworkShape shape) {
    if (!DeviceChoice.isGpu(configuration)) {
      return createOnProcessor(configuration, shape);
    }
    Device device = Devices.open(DeviceChoice.address(configuration));
    return LearnerPack.of(this, device, List.of(configuration), shape).member(0);
  }
}
