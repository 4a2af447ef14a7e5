package org.sparksbp.training;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sparksbp.device.Device;
import org.sparksbp.device.DeviceChoice;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.pack.DeviceModelType;
import org.sparksbp.pack.PackModel;
import org.sparksbp.pack.PackPlan;

/**
 * Softmax regression that says it is computed on a graphics card, but is computed on the processor:
 * for tests of who gets which card.
 */
public final class SoftmaxOnCardModelType implements DeviceModelType {

  public static final String NAME = "softmax-on-card";

  /** Where the learners of this process were to compute. */
  private static final Map<Learner, String> PLACES = new ConcurrentHashMap<>();

  /** Address of the card that a learner was made for, or {@code cpu}. */
  public static String placeOf(Learner learner) {
    return PLACES.get(learner);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void check(Config configuration) {
    configuration.getDouble("softmax.rate");
  }

  @Override
  public void checkForDevice(Config configuration) {
    if (configuration.getBoolean("softmax.memory")) {
      throw DeviceChoice.onlyOnProcessor(
          configuration, "softmax.memory", "true", "set it to false");
    }
  }

  @Override
  public Learner create(Config configuration, NetworkShape shape) {
    Learner learner = createOnProcessor(configuration, shape);
    PLACES.put(
        learner, DeviceChoice.isGpu(configuration) ? DeviceChoice.address(configuration) : "cpu");
    return learner;
  }

  @Override
  public Learner createOnProcessor(Config configuration, NetworkShape shape) {
    return new SoftmaxLearner(configuration, shape);
  }

  @Override
  public PackPlan plan(Config configuration, NetworkShape shape) {
    throw new UnsupportedOperationException("softmax in packs");
  }

  @Override
  public PackModel pack(Device device, List<Config> members, NetworkShape shape) {
    throw new UnsupportedOperationException("softmax in packs");
  }
}
