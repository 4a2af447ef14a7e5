package org.sparksbp.spikingmlp;

import org.junit.jupiter.api.Nested;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.NetworkShape;

/** The rules and settings that no device has are here alone. */
class SpikingMlpContractTest extends SpikingMlpRules {

  @Override
  Learner learner(String settings, int trainSteps) {
    return ModelType.named("spiking-mlp")
        .create(
            TestNetworks.configuration(settings),
            new NetworkShape(TestNetworks.CHANNELS, TestNetworks.OUTPUTS, trainSteps));
  }

  @Nested
  class WithEligibilityPropagation extends Contract {
    WithEligibilityPropagation() {
      super("rule = e-prop, network.hidden = [7, 5]");
    }
  }

  @Nested
  class WithTargetsInPlaceOfErrorsAndASigmoidReadout extends Contract {
    WithTargetsInPlaceOfErrorsAndASigmoidReadout() {
      super("rule = nrr, network.hidden = [7, 5]");
    }
  }

  @Nested
  class WithTheCoincidenceEnergy extends Contract {
    WithTheCoincidenceEnergy() {
      super("rule = bp, spiking-mlp.energy-term = 0.1");
    }
  }

  @Nested
  class WithALearnableLeak extends Contract {
    WithALearnableLeak() {
      super("rule = bp, spiking-mlp.learnable-leak = on, network.hidden = [7, 5]");
    }
  }

  @Nested
  class WithAMembraneReadoutAndCrossEntropy extends Contract {
    WithAMembraneReadoutAndCrossEntropy() {
      super("rule = bp, spiking-mlp.readout = mean-membrane, spiking-mlp.loss = cross-entropy");
    }
  }

  @Nested
  class WithEverySecondStepOfLongerTrains extends Contract {
    WithEverySecondStepOfLongerTrains() {
      super("rule = sbp, spiking-mlp.frame-stride = 0", 2 * TestNetworks.STEPS);
    }
  }
}
