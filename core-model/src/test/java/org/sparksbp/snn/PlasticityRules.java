package org.sparksbp.snn;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.LearnerContract;
import org.sparksbp.spike.Sample;

/** Every rule and control, run through the tests that all learners share. */
abstract class PlasticityRules {

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
      return TestSamples.random(1, 6, 12, 3, 4).samples();
    }

    @Override
    public float traceTolerance() {
      return PlasticityRules.this.traceTolerance();
    }
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
