package org.sparksbp.benchmark;

import com.typesafe.config.Config;
import java.util.List;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.Inference;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ModelType;
import org.sparksbp.spike.SpikeBatch;

/** A learner that is fed one batch after the other; its units are samples. */
final class LearnerSteps implements BenchmarkCase {

  private final Workload.Step step;
  private final List<SpikeBatch> batches;
  private final Learner learner;
  private int number;
  private double multiplyAccumulates;

  /**
   * Builds the learner.
   *
   * @param more settings that go before those of the workload
   */
  LearnerSteps(Workload workload, List<String> more) {
    Config configuration = workload.configuration(more);
    this.step = workload.step();
    this.batches = workload.samples().batches(workload.batch());
    this.learner =
        ModelType.named(configuration.getString("model"))
            .create(configuration, workload.samples().shape());
  }

  @Override
  public double work() {
    SpikeBatch batch = batches.get(number % batches.size());
    int epoch = 1 + number / batches.size();
    BatchPosition position = new BatchPosition(1, epoch, 0, number % batches.size());
    Inference inference =
        step == Workload.Step.LEARN ? learner.learn(batch, position) : learner.infer(batch);
    multiplyAccumulates = (double) inference.work().multiplyAccumulates() / batch.size();
    number++;
    return batch.size();
  }

  /** Multiply-accumulates a sample, as the last batch took them. */
  double multiplyAccumulates() {
    return multiplyAccumulates;
  }

  @Override
  public void close() {
    learner.close();
  }
}
