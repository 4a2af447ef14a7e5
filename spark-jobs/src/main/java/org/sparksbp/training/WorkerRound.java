package org.sparksbp.training;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.sparksbp.averaging.ParameterSum;
import org.sparksbp.evaluation.MeasureSource;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.Inference;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.Work;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.measure.Measure;
import org.sparksbp.spike.SpikeBatch;
import org.sparksbp.worker.LearnerSource;
import org.sparksbp.worker.SampleBlock;

/**
 * What a worker does in one averaging round: a pure function of its samples, the round's parameters
 * and its memory.
 */
final class WorkerRound implements Serializable {
  private static final long serialVersionUID = 1L;

  private final LearnerSource learners;
  private final MeasureSource measures;
  private final long seed;
  private final TrainingSettings.SampleOrder sampleOrder;
  private final int batchSize;
  private final int epoch;
  private final int firstBatch;
  private final int batches;

  /**
   * A round.
   *
   * @param epoch from 1
   * @param firstBatch number of the round's first batch in the epoch, from 0
   * @param batches most batches that a worker learns in the round
   */
  WorkerRound(
      LearnerSource learners,
      MeasureSource measures,
      TrainingSettings settings,
      int epoch,
      int firstBatch,
      int batches) {
    this.learners = learners;
    this.measures = measures;
    this.seed = settings.seed();
    this.sampleOrder = settings.sampleOrder();
    this.batchSize = settings.batch();
    this.epoch = epoch;
    this.firstBatch = firstBatch;
    this.batches = batches;
  }

  private WorkerRound(WorkerRound other, int firstBatch) {
    this.learners = other.learners;
    this.measures = other.measures;
    this.seed = other.seed;
    this.sampleOrder = other.sampleOrder;
    this.batchSize = other.batchSize;
    this.epoch = other.epoch;
    this.firstBatch = firstBatch;
    this.batches = other.batches;
  }

  /**
   * What a worker has learned in a round.
   *
   * @param parameters the flat vector, or null if it had no batch
   * @param samples learned
   * @param memory what it remembers
   */
  record Learned(float[] parameters, long samples, WorkerReport report, WorkerMemory memory) {}

  /** The round of the same epoch after this one. */
  WorkerRound next() {
    return new WorkerRound(this, firstBatch + batches);
  }

  LearnerSource learners() {
    return learners;
  }

  /** Learns the worker's batches of the round. */
  WorkerResult run(SampleBlock block, float[] parameters, WorkerMemory memory) {
    Learned learned =
        end(block) <= firstBatch
            ? nothing(block, memory)
            : learners.with(learner -> run(learner, block, parameters, memory));
    ParameterSum sum =
        learned.parameters() == null
            ? ParameterSum.NOTHING
            : ParameterSum.of(learned.parameters(), learned.samples());
    return new WorkerResult(RoundSum.of(sum, learned.report()), learned.memory());
  }

  /** Learns the worker's batches of the round with a given learner. */
  Learned run(Learner learner, SampleBlock block, float[] parameters, WorkerMemory memory) {
    int end = end(block);
    if (end <= firstBatch) {
      return nothing(block, memory);
    }
    learner.setParameters(parameters);
    learner.setMemory(memory);
    return learn(learner, block, end);
  }

  private int end(SampleBlock block) {
    return (int) Math.min(block.batches(batchSize), (long) firstBatch + batches);
  }

  private Learned nothing(SampleBlock block, WorkerMemory memory) {
    WorkerReport idle =
        new WorkerReport(block.worker(), measures.newMeasure(), Work.NONE, null, !memory.isEmpty());
    return new Learned(null, 0, idle, memory);
  }

  /** The worker's batches of the round, in the order in which they are learned. */
  List<SpikeBatch> batches(SampleBlock block) {
    int[] order = order(block);
    return IntStream.range(firstBatch, end(block))
        .mapToObj(number -> block.batch(order, number, batchSize))
        .toList();
  }

  private int[] order(SampleBlock block) {
    return sampleOrder == TrainingSettings.SampleOrder.SHUFFLED
        ? block.shuffledOrder(seed, epoch)
        : null;
  }

  static void addTo(Measure measure, SpikeBatch batch, Inference inference) {
    for (int row = 0; row < batch.size(); row++) {
      measure.add(batch.samples().get(row), inference.outputs(), row * batch.outputs());
    }
  }

  private Learned learn(Learner learner, SampleBlock block, int end) {
    int[] order = order(block);
    Measure measure = measures.newMeasure();
    Work work = Work.NONE;
    long samples = 0;
    String divergence = null;
    for (int number = firstBatch; number < end && divergence == null; number++) {
      SpikeBatch batch = block.batch(order, number, batchSize);
      Inference inference =
          learner.learn(batch, new BatchPosition(seed, epoch, block.worker(), number));
      addTo(measure, batch, inference);
      work = work.plus(inference.work());
      samples += batch.size();
      if (!Finite.all(inference.outputs())) {
        divergence = "outputs of batch " + number + " of worker " + block.worker();
      }
    }
    WorkerMemory memory = learner.memory();
    WorkerReport report =
        new WorkerReport(block.worker(), measure, work, divergence, !memory.isEmpty());
    return new Learned(learner.parameters(), samples, report, memory);
  }
}
