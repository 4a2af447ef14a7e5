package org.sparksbp.bpann;

import com.typesafe.config.Config;
import java.util.Optional;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.learner.SettingChange;

/** {@code bp-ann}: a multilayer perceptron trained by backpropagation, all of it or its outputs. */
public final class BpAnnModelType implements ModelType {

  @Override
  public String name() {
    return "bp-ann";
  }

  @Override
  public void check(Config configuration) {
    BpAnnSettings.of(configuration);
  }

  @Override
  public Optional<SettingChange> changeToSeeSteps(Config configuration) {
    return BpAnnSettings.of(configuration).input().changeToSeeSteps("bp-ann.input");
  }

  @Override
  public Learner create(Config configuration, NetworkShape shape) {
    return new BpAnnLearner(BpAnnSettings.of(configuration), shape);
  }
}
