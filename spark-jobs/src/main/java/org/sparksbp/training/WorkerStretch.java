package org.sparksbp.training;

import java.io.Serializable;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.sparksbp.averaging.AveragingRule;
import org.sparksbp.exchange.DirectAverage;
import org.sparksbp.exchange.Meeting;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.worker.SampleBlock;

/** What a worker does in a stretch of rounds: learns, averages with the others, goes on. */
final class WorkerStretch implements Serializable {
  private static final long serialVersionUID = 1L;

  private final WorkerRound first;
  private final int rounds;
  private final AveragingRule rule;
  private final Meeting meeting;
  private final Broadcast<float[]> start;
  private final boolean remembers;

  /**
   * A stretch.
   *
   * @param first its first round
   * @param rounds how many there are
   * @param start parameters that all workers start from
   * @param remembers whether workers have memories, to be held in this process
   */
  WorkerStretch(
      WorkerRound first,
      int rounds,
      AveragingRule rule,
      Meeting meeting,
      Broadcast<float[]> start,
      boolean remembers) {
    this.first = first;
    this.rounds = rounds;
    this.rule = rule;
    this.meeting = meeting;
    this.start = start;
    this.remembers = remembers;
  }

  /** Runs in a task of a barrier stage. */
  StretchPart run(SampleBlock block, WorkerMemory memory) {
    try (DirectAverage average =
        DirectAverage.meet(meeting, BarrierTaskContext.get(), rule, start.value().length)) {
      StretchPart part = first.learners().with(learner -> learn(learner, block, memory, average));
      average.finish();
      return part;
    }
  }

  private StretchPart learn(
      Learner learner, SampleBlock block, WorkerMemory given, DirectAverage average) {
    BarrierTaskContext task = BarrierTaskContext.get();
    StretchPart part =
        new StretchPart(task.getTaskInfos()[task.partitionId()].address(), average.doorway());
    WorkerRound round = first;
    float[] parameters = start.value();
    WorkerMemory memory = given;
    boolean sound = true;
    for (int number = 0; number < rounds && sound; number++) {
      long began = System.nanoTime();
      WorkerRound.Learned learned = round.run(learner, block, parameters, memory);
      DirectAverage.Result result =
          average.average(
              parameters,
              learned.parameters(),
              learned.samples(),
              learned.report().divergence() == null);
      memory = learned.memory();
      parameters = result.parameters();
      sound = result.sound() && result.finite();
      part.add(learned.report(), result.finite(), System.nanoTime() - began);
      round = round.next();
    }
    if (!remembers && !memory.isEmpty()) {
      throw new IllegalStateException(
          "Cannot average directly: the model keeps a worker memory, but kept none in the first"
              + " round");
    }
    if (remembers) {
      HeldMemories.hold(meeting.secret(), block.worker(), memory);
    }
    if (block.worker() == 0) {
      part.setParameters(parameters);
    }
    return part;
  }
}
