package org.sparksbp.sweep;

import com.typesafe.config.Config;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.NetworkShape;

/** The energy-based network with a learner that has no memory to learn while another one does. */
public final class HungryModelType implements ModelType {

  /** Name of the model. */
  public static final String NAME = "hungry";

  private static final AtomicInteger LEARNING = new AtomicInteger();
  private static final AtomicInteger REFUSED = new AtomicInteger();
  private static final AtomicLong ESTIMATE = new AtomicLong();

  /** What its memory is estimated at from now on, in bytes. */
  static void isEstimatedAt(long bytes) {
    ESTIMATE.set(bytes);
  }

  /** Times that memory did not suffice since it was asked last. */
  static int refused() {
    return REFUSED.getAndSet(0);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void check(Config configuration) {
    ModelType.named("rbm").check(configuration);
  }

  @Override
  public long memory(Config configuration, NetworkShape shape, int batch) {
    return ESTIMATE.get();
  }

  @Override
  public Learner create(Config configuration, NetworkShape shape) {
    Learner learner = ModelType.named("rbm").create(configuration, shape);
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          try {
            return method.getName().equals("learn")
                ? alone(() -> method.invoke(learner, arguments))
                : method.invoke(learner, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return (Learner)
        Proxy.newProxyInstance(
            Learner.class.getClassLoader(), new Class<?>[] {Learner.class}, handler);
  }

  /** A step of learning. */
  private interface Step {
    Object take() throws ReflectiveOperationException;
  }

  private static Object alone(Step step) throws ReflectiveOperationException, InterruptedException {
    try {
      if (LEARNING.incrementAndGet() > 1) {
        REFUSED.incrementAndGet();
        throw new OutOfMemoryError("Java heap space, as a test has it");
      }
      Thread.sleep(100); // long enough for the other core to come to its own step
      return step.take();
    } finally {
      LEARNING.decrementAndGet();
    }
  }
}
