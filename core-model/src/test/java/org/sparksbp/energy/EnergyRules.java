package org.sparksbp.energy;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.sparksbp.learner.ModelRules;
import org.sparksbp.spike.Sample;

/** Every rule and both kinds of input, run through the tests that all learners share. */
abstract class EnergyRules extends ModelRules {

  @Override
  protected List<Sample> samples() {
    return EnergyLearnerTest.samples(6, 1);
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
