package org.sparksbp.spikingmlp;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.LearnerContract;
import org.sparksbp.spike.Sample;

/**
 * Every rule that runs on processors and devices, and both kinds of input, run through the tests
 * that all learners share.
 */
abstract class SpikingMlpRules {

  /** A learner of the model with these settings. */
  abstract Learner learner(String settings, int trainSteps);

  abstract class Contract implements LearnerContract {
    private final String settings;
    private final int trainSteps;

    Contract(String settings) {
      this(settings, TestNetworks.STEPS);
    }

    Contract(String settings, int trainSteps) {
      this.settings = settings;
      this.trainSteps = trainSteps;
    }

    @Override
    public Learner newLearner() {
      return learner(settings, trainSteps);
    }

    @Override
    public List<Sample> samples() {
      return TestNetworks.samples(6, trainSteps);
    }
  }

  @Nested
  class WithBackpropagation extends Contract {
    WithBackpropagation() {
      super("rule = bp, network.hidden = [7, 5]");
    }
  }

  @Nested
  class WithSelfBackpropagation extends Contract {
    WithSelfBackpropagation() {
      super("rule = sbp, spiking-mlp.exact-every = 3, network.hidden = [7, 5]");
    }
  }

  @Nested
  class WithSelfBackpropagationsExactStepsOnly extends Contract {
    WithSelfBackpropagationsExactStepsOnly() {
      super("rule = sbp-steps-only, spiking-mlp.exact-every = 3");
    }
  }

  @Nested
  class WithSelfBackpropagationsLocalTermsOnly extends Contract {
    WithSelfBackpropagationsLocalTermsOnly() {
      super("rule = sbp-local-only, network.hidden = [7, 5]");
    }
  }

  @Nested
  class WithLocalTermsOfOneSize extends Contract {
    WithLocalTermsOfOneSize() {
      super("rule = flat, spiking-mlp.exact-every = 3, network.hidden = [7, 5]");
    }
  }

  @Nested
  class WithBackpropagationWithoutBiases extends Contract {
    WithBackpropagationWithoutBiases() {
      super("rule = bp-without-biases, network.hidden = [7, 5]");
    }
  }

  @Nested
  class WithFrozenHiddenLayers extends Contract {
    WithFrozenHiddenLayers() {
      super("rule = frozen-hidden, network.hidden = [7, 5]");
    }
  }

  @Nested
  class WithSelfBackpropagationByUpdates extends Contract {
    WithSelfBackpropagationByUpdates() {
      super("rule = sbp-updates, network.hidden = [7, 5]");
    }
  }

  @Nested
  class WithBackpropagationSkipped extends Contract {
    WithBackpropagationSkipped() {
      super("rule = bp-skipped, spiking-mlp.bp-every = 3");
    }
  }

  @Nested
  class WithRewardPropagation extends Contract {
    WithRewardPropagation() {
      super("rule = brp", 5);
    }
  }

  @Nested
  class WithEligibilityPropagationWithoutRecurrence extends Contract {
    WithEligibilityPropagationWithoutRecurrence() {
      super("rule = e-prop, spiking-mlp.e-prop.recurrent = off");
    }
  }

  @Nested
  class WithDrawnInputSpikes extends Contract {
    WithDrawnInputSpikes() {
      super("rule = bp, spiking-mlp.input = bernoulli", 5);
    }
  }

  @Nested
  class WithARepeatedVectorAsInput extends Contract {
    WithARepeatedVectorAsInput() {
      super("rule = sbp, spiking-mlp.exact-every = 3", 1);
    }
  }
}
