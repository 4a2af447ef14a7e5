package org.sparksbp.sweep;

import com.typesafe.config.Config;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.sparksbp.device.Device;
import org.sparksbp.device.DeviceMemoryException;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.pack.DeviceModelType;
import org.sparksbp.pack.PackBatch;
import org.sparksbp.pack.PackModel;
import org.sparksbp.pack.PackPlan;

/**
 * The energy-based network, on a card that has memory for the parameters of four at a time and for
 * the batches of two.
 */
public final class SmallCardModelType implements DeviceModelType {

  /** Name of the model. */
  public static final String NAME = "rbm-on-small-card";

  private static final int PARAMETERS = 4;
  private static final int BATCHES = 2;
  private static final AtomicInteger REFUSED = new AtomicInteger();

  /** Times that there was no room since it was asked last. */
  static int refused() {
    return REFUSED.getAndSet(0);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void check(Config configuration) {
    energy().check(configuration);
  }

  @Override
  public void checkForDevice(Config configuration) {
    energy().checkForDevice(configuration);
  }

  @Override
  public PackPlan plan(Config configuration, NetworkShape shape) {
    return energy().plan(configuration, shape);
  }

  @Override
  public PackModel pack(Device device, List<Config> members, NetworkShape shape) {
    if (members.size() > PARAMETERS) {
      throw full();
    }
    PackModel model = energy().pack(device, members, shape);
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.getName().equals("learn") && ((PackBatch) arguments[0]).members() > BATCHES) {
            throw full();
          }
          try {
            return method.invoke(model, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return (PackModel)
        Proxy.newProxyInstance(
            PackModel.class.getClassLoader(), new Class<?>[] {PackModel.class}, handler);
  }

  private static DeviceMemoryException full() {
    REFUSED.incrementAndGet();
    return new DeviceMemoryException("Cannot allocate 1 MiB on a small card");
  }

  @Override
  public Learner createOnProcessor(Config configuration, NetworkShape shape) {
    return energy().createOnProcessor(configuration, shape);
  }

  private static DeviceModelType energy() {
    return (DeviceModelType) ModelType.named("rbm");
  }
}
