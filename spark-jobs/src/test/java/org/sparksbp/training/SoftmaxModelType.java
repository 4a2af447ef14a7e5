package org.sparksbp.training;

import com.typesafe.config.Config;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.NetworkShape;

/** Softmax regression on firing rates: a small true learner. */
public final class SoftmaxModelType implements ModelType {

  @Override
  public String name() {
    return "softmax";
  }

  @Override
  public void check(Config configuration) {
    configuration.getDouble("softmax.rate");
  }

  @Override
  public Learner create(Config configuration, NetworkShape shape) {
    return new SoftmaxLearner(configuration, shape);
  }
}
