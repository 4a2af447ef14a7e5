package org.sparksbp.snn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.ConfigFactory;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.Inference;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.LearnerContract;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.pack.LearnerPack;
import org.sparksbp.pack.TestDevice;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;

/** Every rule and control on a device, run through the tests that all learners share. */
class PlasticityPackContractTest {

  abstract static class Contract implements LearnerContract {
    private final String settings;

    Contract(String settings) {
      this.settings = settings;
    }

    @Override
    public Learner newLearner() {
      return LearnerPack.of(
              new PlasticityModelType(),
              TestDevice.open(),
              List.of(
                  ConfigFactory.parseString("network.hidden = [20, 9], " + settings)
                      .withFallback(ConfigFactory.load())),
              new NetworkShape(12, 3, 4))
          .member(0);
    }

    @Override
    public List<Sample> samples() {
      return TestSamples.random(1, 6, 12, 3, 4).samples();
    }

    /** A trace is computed on the processor and so differs by rounding. */
    @Test
    @Override
    public void tracingGivesTheAnswersOfInferenceAndChangesNothing() {
      try (Learner learner = newLearner()) {
        learner.learn(new SpikeBatch(samples()), new BatchPosition(1, 1, 0, 0));
        float[] before = learner.parameters();
        SpikeBatch batch = new SpikeBatch(samples());
        Inference inferred = learner.infer(batch);
        learner
            .trace(batch)
            .ifPresent(
                trace -> {
                  Inference traced = trace.inference();
                  assertThat(traced.work()).isEqualTo(inferred.work());
                  assertThat(traced.outputs()).containsExactly(inferred.outputs(), within(1e-5f));
                });
        assertThat(learner.parameters()).isEqualTo(before);
      }
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
