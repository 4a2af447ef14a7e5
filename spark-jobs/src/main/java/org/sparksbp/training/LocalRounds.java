package org.sparksbp.training;

import java.util.List;
import org.sparksbp.averaging.AveragingRule;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.spike.Sample;
import org.sparksbp.worker.LearnerSource;
import org.sparksbp.worker.SampleBlock;
import org.sparksbp.worker.SampleBlocks;

/** Runs the rounds of a single worker in the calling thread. */
final class LocalRounds implements Rounds {

  private final TrainingSettings settings;
  private final LocalData data;
  private final LearnerSource learners;
  private final AveragingRule rule;
  private final SampleBlock block;
  private final RoundLength length;
  private WorkerMemory memory;

  /**
   * Prepares rounds.
   *
   * @param memory to go on with
   */
  LocalRounds(
      TrainingSettings settings,
      LocalData data,
      LearnerSource learners,
      ParameterLayout layout,
      WorkerMemory memory) {
    this.settings = settings;
    this.data = data;
    this.learners = learners;
    this.rule = AveragingRule.of(settings.averagingMode(), layout);
    int samples = Math.toIntExact(settings.trainSamples(data.train().size()));
    List<Sample> used = data.train().subList(0, samples);
    this.block = SampleBlocks.local(used);
    this.length = RoundLength.of(settings, samples);
    this.memory = memory;
  }

  @Override
  public int perEpoch() {
    return length.roundsPerEpoch();
  }

  @Override
  public Stretch run(int epoch, int round, float[] parameters) {
    long start = System.nanoTime();
    WorkerRound work =
        new WorkerRound(
            learners,
            data.measures(),
            settings,
            epoch,
            round * length.batchesPerRound(),
            length.batchesPerRound());
    WorkerResult result = work.run(block, parameters, memory);
    memory = result.memory();
    RoundSum sum = RoundSum.merge(List.of(result.sum()), rule);
    float[] averaged = sum.parameters().result(parameters, rule);
    return Stretch.of(sum.reports(), averaged, (System.nanoTime() - start) / 1e9);
  }

  /** What the worker remembers after the last round. */
  WorkerMemory memory() {
    return memory;
  }
}
