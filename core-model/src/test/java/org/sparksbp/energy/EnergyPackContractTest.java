package org.sparksbp.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.Inference;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.LearnerContract;
import org.sparksbp.pack.TestDevice;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;

/**
 * Every rule and both kinds of input on a device, run through the tests that all learners share.
 */
class EnergyPackContractTest {

  abstract static class Contract implements LearnerContract {
    private final String settings;

    Contract(String settings) {
      this.settings = settings;
    }

    @Override
    public Learner newLearner() {
      return TestPacks.of(TestDevice.open(), settings).member(0);
    }

    @Override
    public List<Sample> samples() {
      return EnergyLearnerTest.samples(6, 1);
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
        Inference traced = learner.trace(batch).orElseThrow().inference();
        assertThat(traced.work()).isEqualTo(inferred.work());
        assertThat(traced.outputs()).containsExactly(inferred.outputs(), within(1e-5f));
        assertThat(learner.parameters()).isEqualTo(before);
      }
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
