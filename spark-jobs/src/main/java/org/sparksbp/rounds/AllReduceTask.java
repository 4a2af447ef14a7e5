package org.sparksbp.rounds;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.sparksbp.allreduce.AllReduce;
import org.sparksbp.allreduce.Rendezvous;
import org.sparksbp.averaging.AveragingRule;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.worker.SampleBlock;
import org.sparksbp.worker.Tally;

/**
 * What a worker does in consecutive rounds: learns, averages with the others, goes on.
 *
 * @param work of a round
 * @param rounds which ones
 * @param rendezvous of the workers of this job and no other
 * @param start parameters that all workers start from
 * @param remembers whether workers have memories, to be kept in this process
 */
record AllReduceTask(
    RoundTask work,
    RoundSpan rounds,
    AveragingRule rule,
    Rendezvous rendezvous,
    Broadcast<float[]> start,
    boolean remembers)
    implements Serializable {

  private static final float[] NONE = new float[0];

  /**
   * What a worker brings to the driver.
   *
   * @param executor address of the worker's executor
   * @param listener where that listens for peers, empty if there are no other executors
   * @param tallies a round each
   * @param nanoseconds that each round took
   * @param divergence what is no longer finite after the last round, as far as this worker knows,
   *     or null
   * @param parameters averaged after the last round, of the first worker; else empty
   */
  record Result(
      String executor,
      String listener,
      List<Tally> tallies,
      long[] nanoseconds,
      Divergence divergence,
      float[] parameters) {}

  /** Runs in a task of a barrier stage. */
  Result run(SampleBlock block, WorkerMemory memory) {
    try (AllReduce allReduce =
        AllReduce.join(
            rendezvous,
            BarrierTaskContext.get(),
            work.settings().levels(),
            rule,
            start.value().length)) {
      return work.learners().with(learner -> learn(learner, block, memory, allReduce));
    }
  }

  private Result learn(
      Learner learner, SampleBlock block, WorkerMemory given, AllReduce allReduce) {
    ArrayList<Tally> tallies = new ArrayList<>();
    long[] nanoseconds = new long[rounds.count()];
    float[] parameters = start.value();
    // One is written while the other may still be what the round has started from.
    float[][] learnedBy = new float[2][parameters.length];
    WorkerMemory memory = given;
    Divergence divergence = null;
    boolean finite = true;
    for (int number = 0; number < rounds.count() && finite; number++) {
      long began = System.nanoTime();
      WorkerResult learned =
          work.run(
              learner,
              rounds.epoch(),
              rounds.first() + number,
              block,
              parameters,
              memory,
              learnedBy[number % 2]);
      AllReduce.Result averaged =
          allReduce.average(
              parameters, learned.parameters(), learned.samples(), learned.divergence() == null);
      memory = learned.memory();
      parameters = averaged.parameters();
      finite = averaged.outputsFinite() && averaged.parametersFinite();
      divergence = averaged.parametersFinite() ? learned.divergence() : new Divergence.Parameters();
      tallies.add(learned.tally());
      nanoseconds[number] = System.nanoTime() - began;
    }
    keep(memory, block.worker());
    BarrierTaskContext task = BarrierTaskContext.get();
    return new Result(
        task.getTaskInfos()[task.partitionId()].address(),
        allReduce.listener(),
        tallies,
        Arrays.copyOf(nanoseconds, tallies.size()),
        divergence,
        block.worker() == 0 ? parameters : NONE);
  }

  private void keep(WorkerMemory memory, int worker) {
    if (remembers) {
      InProcessMemories.keep(rendezvous.secret(), worker, memory);
    } else if (!memory.isEmpty()) {
      throw new IllegalStateException(
          "Cannot average directly: the model keeps a worker memory, but kept none in the first"
              + " round");
    }
  }
}
