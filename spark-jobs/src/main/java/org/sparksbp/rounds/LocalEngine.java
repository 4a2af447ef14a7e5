package org.sparksbp.rounds;

import java.util.List;
import org.sparksbp.averaging.AveragingRule;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.worker.SampleBlock;

/** Runs the rounds of a single worker in the calling thread. */
public final class LocalEngine implements RoundEngine {

  private final RoundTask task;
  private final AveragingRule rule;
  private final SampleBlock block;
  private WorkerMemory memory;

  /**
   * Prepares rounds.
   *
   * @param block all samples of an epoch
   * @param memory to go on with
   */
  public LocalEngine(RoundTask task, AveragingRule rule, SampleBlock block, WorkerMemory memory) {
    this.task = task;
    this.rule = rule;
    this.block = block;
    this.memory = memory;
  }

  @Override
  public RoundBatch run(RoundSpan rounds, float[] parameters) {
    long began = System.nanoTime();
    WorkerResult result = task.run(rounds.epoch(), rounds.first(), block, parameters, memory);
    memory = result.memory();
    return RoundSum.merge(List.of(result.sum()), rule)
        .average(parameters, rule, (System.nanoTime() - began) / 1e9);
  }

  /** What the worker remembers after the last round. */
  public WorkerMemory memory() {
    return memory;
  }
}
