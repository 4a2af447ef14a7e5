package org.sparksbp.snn;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.sparksbp.learner.ModelRules;
import org.sparksbp.spike.Sample;

/** Every rule and control, run through the tests that all learners share. */
abstract class PlasticityRules extends ModelRules {

  @Override
  protected List<Sample> samples() {
    return TestSamples.random(1, 6, 12, 3, 4).samples();
  }

  @Nested
  class WithSelfBackpropagation extends Contract {
    WithSelfBackpropagation() {
      super("rule = sbp");
    }
  }

  @Nested
  class WithSelfBackpropagationMatchedToItsAblation extends Contract {
    WithSelfBackpropagationMatchedToItsAblation() {
      super("rule = sbp, snn.sbp.match-norm = on");
    }
  }

  @Nested
  class WithInverseSelfBackpropagation extends Contract {
    WithInverseSelfBackpropagation() {
      super("rule = sbp, snn.sbp.direction = inverse");
    }
  }

  @Nested
  class WithPostsynapticStdp extends Contract {
    WithPostsynapticStdp() {
      super("rule = postsynaptic-stdp");
    }
  }

  @Nested
  class WithSymmetricStdp extends Contract {
    WithSymmetricStdp() {
      super("rule = symmetric-stdp");
    }
  }

  @Nested
  class WithDifferentialStdp extends Contract {
    WithDifferentialStdp() {
      super("rule = differential-stdp");
    }
  }

  @Nested
  class WithFrozenHiddenLayers extends Contract {
    WithFrozenHiddenLayers() {
      super("rule = frozen-hidden");
    }
  }

  @Nested
  class WithCarriedState extends Contract {
    WithCarriedState() {
      super("rule = sbp, snn.state = carried");
    }
  }

  @Nested
  class WithoutASpikingPhase extends Contract {
    WithoutASpikingPhase() {
      super("rule = sbp, snn.spiking-phase = off");
    }
  }
}
