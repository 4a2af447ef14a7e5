package org.sparksbp.rounds;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.FiniteNumbers;
import org.sparksbp.learner.Inference;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.Work;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.measure.Measure;
import org.sparksbp.rounds.RoundSettings.SampleOrder;
import org.sparksbp.spike.SpikeBatch;
import org.sparksbp.worker.EpochOrder;
import org.sparksbp.worker.LearnerSource;
import org.sparksbp.worker.MeasureSource;
import org.sparksbp.worker.SampleBlock;
import org.sparksbp.worker.Tally;

/**
 * What a worker does in any round of a run: a pure function of its samples, the round's parameters
 * and its memory.
 *
 * @param learners of the run's model
 * @param measures of the run's task
 * @param settings with the number of workers decided
 * @param schedule which batches a round has
 */
public record RoundTask(
    LearnerSource learners, MeasureSource measures, RoundSettings settings, EpochSchedule schedule)
    implements Serializable {

  /**
   * Learns the worker's batches of a round with a learner of this process.
   *
   * @param epoch from 1
   * @param round in the epoch, from 0
   * @param parameters that the round starts from; not changed
   */
  WorkerResult run(
      int epoch, int round, SampleBlock block, float[] parameters, WorkerMemory memory) {
    return batchCount(round, block) == 0
        ? WorkerResult.idle(measures.newMeasure(), memory)
        : learners.with(
            learner ->
                run(
                    learner,
                    epoch,
                    round,
                    block,
                    parameters,
                    memory,
                    new float[parameters.length]));
  }

  /**
   * Learns the worker's batches of a round with a given learner.
   *
   * @param into becomes the result's parameters
   */
  WorkerResult run(
      Learner learner,
      int epoch,
      int round,
      SampleBlock block,
      float[] parameters,
      WorkerMemory memory,
      float[] into) {
    if (batchCount(round, block) == 0) {
      return WorkerResult.idle(measures.newMeasure(), memory);
    }
    learner.setParameters(parameters);
    learner.setMemory(memory);
    Learned learned = learn(learner, epoch, round, block);
    learner.copyParametersTo(into);
    return new WorkerResult(
        into, learned.samples(), learned.tally(), learned.divergence(), learner.memory());
  }

  /**
   * What a learner has learned of a round, which it keeps to itself.
   *
   * @param samples that went into its parameters
   * @param tally how its samples were answered, each before it was learned
   * @param divergence what is no longer finite of its outputs, or null
   */
  record Learned(long samples, Tally tally, Divergence divergence) {}

  /** The worker's batches of a round, in the order in which they are learned. */
  List<SpikeBatch> batches(int epoch, int round, SampleBlock block) {
    int first = schedule.firstBatch(round);
    EpochOrder order = order(epoch, block);
    return IntStream.range(first, first + batchCount(round, block))
        .mapToObj(number -> block.batch(order, number, settings.batch()))
        .toList();
  }

  /** Adds the answers to a batch to a measure. */
  static void addTo(Measure measure, SpikeBatch batch, Inference inference) {
    for (int row = 0; row < batch.size(); row++) {
      measure.add(batch.samples().get(row), inference.outputs(), row * batch.outputs());
    }
  }

  /** Learns the worker's batches of a round, going on from what the learner has. */
  private Learned learn(Learner learner, int epoch, int round, SampleBlock block) {
    return learn(learner, new RoundSpan(epoch, round, 1), block).get(0);
  }

  /**
   * Learns the worker's batches of rounds between which nothing happens to the parameters, going on
   * from what the learner has.
   *
   * @return of each round; the last one is the first whose outputs are not finite
   */
  List<Learned> learn(Learner learner, RoundSpan rounds, SampleBlock block) {
    EpochOrder order = order(rounds.epoch(), block);
    int round = rounds.first();
    int last = round + rounds.count() - 1;
    int end = schedule.firstBatch(last) + batchCount(last, block);
    int atOnce = learner.batchesAtOnce(settings.batch());
    List<Learned> ended = new ArrayList<>();
    LearnedSums sums = new LearnedSums(measures.newMeasure());
    for (int start = schedule.firstBatch(round); start < end && sums.areFinite(); start += atOnce) {
      List<SpikeBatch> batches = new ArrayList<>();
      List<BatchPosition> positions = new ArrayList<>();
      for (int number = start; number < Math.min(end, start + atOnce); number++) {
        batches.add(block.batch(order, number, settings.batch()));
        positions.add(new BatchPosition(settings.seed(), rounds.epoch(), block.worker(), number));
      }
      List<Inference> inferences = learner.learn(batches, positions);
      for (int i = 0; i < inferences.size() && sums.areFinite(); i++) {
        if (round < last && start + i == schedule.firstBatch(round + 1)) {
          ended.add(sums.learned());
          sums = new LearnedSums(measures.newMeasure());
          round++;
        }
        sums.add(batches.get(i), inferences.get(i), block.worker(), start + i);
      }
    }
    ended.add(sums.learned());
    return ended;
  }

  /** What adds up in a round. */
  private static final class LearnedSums {
    private final Measure measure;
    private Work work = Work.NONE;
    private long samples;
    private Divergence divergence;

    LearnedSums(Measure measure) {
      this.measure = measure;
    }

    void add(SpikeBatch batch, Inference inference, int worker, int number) {
      addTo(measure, batch, inference);
      work = work.plus(inference.work());
      samples += batch.size();
      if (!FiniteNumbers.areAll(inference.outputs())) {
        divergence = new Divergence.Outputs(worker, number);
      }
    }

    boolean areFinite() {
      return divergence == null;
    }

    Learned learned() {
      return new Learned(samples, Tally.of(measure, work), divergence);
    }
  }

  /** Batches that the worker learns in a round. */
  int batchCount(int round, SampleBlock block) {
    return schedule.batches(round, block.batches(settings.batch()));
  }

  private EpochOrder order(int epoch, SampleBlock block) {
    return settings.sampleOrder() == SampleOrder.SHUFFLED
        ? block.shuffledOrder(settings.seed(), epoch, settings.shuffleWindow())
        : null;
  }
}
