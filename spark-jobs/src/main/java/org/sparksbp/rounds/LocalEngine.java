package org.sparksbp.rounds;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.worker.SampleBlock;

/**
 * Runs rounds of one worker in the calling thread. Averaging leaves the parameters of a single
 * worker as they are, so from round to round they stay where the learner has them: they are copied
 * when a second is over or an epoch ends. A learner that computes elsewhere gets the batches of
 * some rounds at once, and says after the last of them whether its parameters are finite.
 */
public final class LocalEngine implements RoundEngine {

  /** After which the caller is told, who may want to stop. */
  private static final double SECONDS = 1;

  private final RoundTask task;
  private final SampleBlock block;
  private WorkerMemory memory;

  /**
   * An engine.
   *
   * @param block all samples
   * @param memory to go on with
   */
  public LocalEngine(RoundTask task, SampleBlock block, WorkerMemory memory) {
    this.task = task;
    this.block = block;
    this.memory = memory;
  }

  @Override
  public RoundBatch run(RoundSpan rounds, float[] parameters) {
    return task.learners().with(learner -> run(learner, rounds, parameters));
  }

  private RoundBatch run(Learner learner, RoundSpan rounds, float[] parameters) {
    learner.setParameters(parameters);
    learner.setMemory(memory);
    List<RoundBatch.Round> ended = new ArrayList<>();
    Divergence divergence = null;
    double all = 0;
    while (ended.size() < rounds.count() && divergence == null && all < SECONDS) {
      long began = System.nanoTime();
      RoundSpan next =
          new RoundSpan(
              rounds.epoch(),
              rounds.first() + ended.size(),
              Math.min(rounds.count() - ended.size(), atOnce(learner, rounds.first())));
      List<RoundTask.Learned> learned = task.learn(learner, next, block);
      divergence = learned.get(learned.size() - 1).divergence();
      if (divergence == null && !learner.hasFiniteParameters()) {
        divergence = new Divergence.Parameters();
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      for (RoundTask.Learned one : learned) {
        ended.add(new RoundBatch.Round(List.of(one.tally()), seconds / learned.size()));
      }
      all += seconds;
    }
    memory = learner.memory();
    return new RoundBatch(ended, learner.parameters(), Optional.ofNullable(divergence));
  }

  /** Rounds whose batches a learner that computes elsewhere is best given together. */
  private int atOnce(Learner learner, int round) {
    int ofRound = Math.max(1, task.batchCount(round, block));
    return Math.max(1, learner.batchesAtOnce(task.settings().batch()) / ofRound);
  }

  /** What the worker remembers after the last round. */
  public WorkerMemory memory() {
    return memory;
  }
}
