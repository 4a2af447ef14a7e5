package org.sparksbp.spikingmlp;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.LearnerContract;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.pack.LearnerPack;
import org.sparksbp.pack.TestDevice;
import org.sparksbp.spike.Sample;

/**
 * Every rule and both kinds of input on a device, run through the tests that all learners share.
 */
class SpikingMlpPackContractTest {

  abstract static class Contract implements LearnerContract {
    private final String changes;
    private final int trainSteps;

    Contract(String changes, int trainSteps) {
      this.changes = changes;
      this.trainSteps = trainSteps;
    }

    @Override
    public Learner newLearner() {
      return LearnerPack.of(
              new SpikingMlpModelType(),
              TestDevice.open(),
              List.of(TestNetworks.configuration(changes)),
              new NetworkShape(TestNetworks.CHANNELS, TestNetworks.OUTPUTS, trainSteps))
          .member(0);
    }

    @Override
    public List<Sample> samples() {
      return TestNetworks.samples(6, trainSteps);
    }
  }

  @Nested
  class WithBackpropagation extends Contract {
    WithBackpropagation() {
      super("rule = bp, network.hidden = [7, 5]", TestNetworks.STEPS);
    }
  }

  @Nested
  class WithBackpropagationWithoutBiases extends Contract {
    WithBackpropagationWithoutBiases() {
      super("rule = bp-without-biases, network.hidden = [7, 5]", TestNetworks.STEPS);
    }
  }

  @Nested
  class WithSelfBackpropagation extends Contract {
    WithSelfBackpropagation() {
      super("rule = sbp, spiking-mlp.exact-every = 3, network.hidden = [7, 5]", TestNetworks.STEPS);
    }
  }

  @Nested
  class WithSelfBackpropagationsExactStepsOnly extends Contract {
    WithSelfBackpropagationsExactStepsOnly() {
      super("rule = sbp-steps-only, spiking-mlp.exact-every = 3", TestNetworks.STEPS);
    }
  }

  @Nested
  class WithSelfBackpropagationsLocalTermsOnly extends Contract {
    WithSelfBackpropagationsLocalTermsOnly() {
      super("rule = sbp-local-only, network.hidden = [7, 5]", TestNetworks.STEPS);
    }
  }

  @Nested
  class WithLocalTermsOfOneSize extends Contract {
    WithLocalTermsOfOneSize() {
      super(
          "rule = flat, spiking-mlp.exact-every = 3, network.hidden = [7, 5]", TestNetworks.STEPS);
    }
  }

  @Nested
  class WithFrozenHiddenLayers extends Contract {
    WithFrozenHiddenLayers() {
      super("rule = frozen-hidden, network.hidden = [7, 5]", TestNetworks.STEPS);
    }
  }

  @Nested
  class WithSelfBackpropagationByUpdates extends Contract {
    WithSelfBackpropagationByUpdates() {
      super("rule = sbp-updates, network.hidden = [7, 5]", TestNetworks.STEPS);
    }
  }

  @Nested
  class WithBackpropagationSkipped extends Contract {
    WithBackpropagationSkipped() {
      super("rule = bp-skipped, spiking-mlp.bp-every = 3", TestNetworks.STEPS);
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
      super("rule = e-prop, spiking-mlp.e-prop.recurrent = off", TestNetworks.STEPS);
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
