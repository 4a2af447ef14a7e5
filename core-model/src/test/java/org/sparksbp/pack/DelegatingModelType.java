package org.sparksbp.pack;

import com.typesafe.config.Config;
import java.util.List;
import org.sparksbp.device.Device;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.NetworkShape;

/** A model type of which a test changes something. */
public class DelegatingModelType implements DeviceModelType {

  private final DeviceModelType type;

  public DelegatingModelType(DeviceModelType type) {
    this.type = type;
  }

  @Override
  public String name() {
    return type.name();
  }

  @Override
  public void check(Config configuration) {
    type.check(configuration);
  }

  @Override
  public void checkForDevice(Config configuration) {
    type.checkForDevice(configuration);
  }

  @Override
  public PackPlan plan(Config configuration, NetworkShape shape) {
    return type.plan(configuration, shape);
  }

  @Override
  public PackModel pack(Device device, List<Config> members, NetworkShape shape) {
    return type.pack(device, members, shape);
  }

  @Override
  public Learner createOnProcessor(Config configuration, NetworkShape shape) {
    return type.createOnProcessor(configuration, shape);
  }
}
