package org.sparksbp.energy;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.LearnerContract;
import org.sparksbp.spike.Sample;

/** Every rule and both kinds of input, run through the tests that all learners share. */
abstract class EnergyRules {

  /** A learner of the model with these settings. */
  abstract Learner learner(String settings);

  /** How far the outputs of a trace may lie from those of inference. */
  float traceTolerance() {
    return 0;
  }

  abstract class Contract implements LearnerContract {
    private final String settings;

    Contract(String settings) {
      this.settings = settings;
    }

    @Override
    public Learner newLearner() {
      return learner(settings);
    }

    @Override
    public List<Sample> samples() {
      return EnergyLearnerTest.samples(6, 1);
    }

    @Override
    public float traceTolerance() {
      return EnergyRules.this.traceTolerance();
    }
  }

  @Nested
  class WithSelfBackpropagation extends Contract {
    WithSelfBackpropagation() {
      super("rule = sbp, network.hidden = [20]");
    }
  }

  @Nested
  class WithoutSelfBackpropagation extends Contract {
    WithoutSelfBackpropagation() {
      super("rule = plain, network.hidden = [9, 7], rbm.epsilon = 0.4");
    }
  }

  @Nested
  class WithWeakFeedback extends Contract {
    WithWeakFeedback() {
      super("rule = weak-feedback, network.hidden = [9, 7, 8], rbm.epsilon = 0.4");
    }
  }

  @Nested
  class WithRescaledParameters extends Contract {
    WithRescaledParameters() {
      super("rule = rescaled, network.hidden = [20]");
    }
  }

  @Nested
  class WithFrozenHiddenLayers extends Contract {
    WithFrozenHiddenLayers() {
      super("rule = frozen-hidden, network.hidden = [9, 7], rbm.epsilon = 0.4");
    }
  }

  @Nested
  class WithFlattenedInput extends Contract {
    WithFlattenedInput() {
      super("network.hidden = [20], rbm.input = flattened");
    }
  }
}
