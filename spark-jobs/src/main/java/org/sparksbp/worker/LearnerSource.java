package org.sparksbp.worker;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import java.io.Serializable;
import java.util.function.Function;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.NetworkShape;

/**
 * Gives a task a learner of the run, one that an earlier task of the process has used if it can.
 */
public final class LearnerSource implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String model;
  private final String configuration;
  private final int channels;
  private final int outputs;
  private final int steps;

  public LearnerSource(String model, Config configuration, NetworkShape shape) {
    this.model = model;
    this.configuration = configuration.root().render(ConfigRenderOptions.concise());
    this.channels = shape.channels();
    this.outputs = shape.outputs();
    this.steps = shape.steps();
  }

  /** Of the model that a run's configuration names. */
  public static LearnerSource of(Config configuration, NetworkShape shape) {
    return new LearnerSource(configuration.getString("model"), configuration, shape);
  }

  /** Builds a learner with its initial parameters; the caller closes it. */
  public Learner create() {
    return ModelType.named(model)
        .create(
            ConfigFactory.parseString(configuration), new NetworkShape(channels, outputs, steps));
  }

  /**
   * Lends a learner for the time of a call. Its parameters and memory are whatever its last user
   * left: set both before use.
   */
  public <R> R with(Function<Learner, R> use) {
    String key = model + ' ' + channels + ' ' + outputs + ' ' + steps + ' ' + configuration;
    Learner idle = IdleLearners.take(key);
    Learner learner = idle == null ? create() : idle;
    R result;
    try {
      result = use.apply(learner);
    } catch (RuntimeException | Error e) {
      learner.close();
      throw e;
    }
    IdleLearners.put(key, learner);
    return result;
  }
}
