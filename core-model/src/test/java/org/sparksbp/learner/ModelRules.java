package org.sparksbp.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.sparksbp.spike.Sample;

/**
 * Rules of a model, each run through the tests that all learners share: on processors and, by
 * another subclass, on devices.
 */
public abstract class ModelRules {

  /** A learner of the model with these settings. */
  protected abstract Learner learner(String settings);

  protected abstract List<Sample> samples();

  /** Whether traces are computed on the processor and so differ from the device by rounding. */
  protected boolean tracesElsewhere() {
    return false;
  }

  /** A rule. */
  protected abstract class Contract implements LearnerContract {
    private final String settings;

    protected Contract(String settings) {
      this.settings = settings;
    }

    @Override
    public Learner newLearner() {
      return learner(settings);
    }

    @Override
    public List<Sample> samples() {
      return ModelRules.this.samples();
    }

    @Override
    public void assertTraced(float[] traced, float[] inferred) {
      if (tracesElsewhere()) {
        assertThat(traced).containsExactly(inferred, within(1e-5f));
      } else {
        LearnerContract.super.assertTraced(traced, inferred);
      }
    }
  }
}
