package org.sparksbp.training;

import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.sparksbp.averaging.AveragingEngine;
import org.sparksbp.averaging.AveragingRule;
import org.sparksbp.averaging.OrderedReduction;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.worker.LearnerSource;
import org.sparksbp.worker.SampleBlock;
import org.sparksbp.worker.SampleBlocks;
import scala.Tuple2;

/** Runs averaging rounds on Spark. */
final class AveragingRounds implements Rounds, AutoCloseable {

  private final JavaSparkContext spark;
  private final TrainingSettings settings;
  private final TrainingData data;
  private final LearnerSource learners;
  private final AveragingRule rule;
  private final JavaRDD<SampleBlock> blocks;
  private final RoundLength length;
  private final Deeplearning4jRounds deeplearning4j;
  private Remembering remembering;
  private MemoryChain chain;

  private enum Remembering {
    /** Known after the first round. */
    UNKNOWN,
    YES,
    NO
  }

  /**
   * Prepares rounds.
   *
   * @param settings with the number of workers decided
   * @param memoryFiles folder of the memories to go on with, or null to begin with empty ones
   */
  AveragingRounds(
      JavaSparkContext spark,
      TrainingSettings settings,
      TrainingData data,
      LearnerSource learners,
      ParameterLayout layout,
      Path memoryFiles) {
    this.spark = spark;
    this.settings = settings;
    this.data = data;
    this.learners = learners;
    this.rule = AveragingRule.of(settings.averagingMode(), layout);
    long samples = settings.trainSamples(data.train().count());
    this.blocks = SampleBlocks.dealt(data.train().samples(), samples, settings.workers());
    this.length = RoundLength.of(settings, samples);
    this.deeplearning4j =
        settings.averagingEngine() == AveragingEngine.DEEPLEARNING4J
            ? new Deeplearning4jRounds(spark, settings, learners, data.measures())
            : null;
    this.chain = new MemoryChain(spark, settings.workers());
    this.remembering = Remembering.UNKNOWN;
    if (memoryFiles != null) {
      chain.readFrom(memoryFiles);
      remembering = Remembering.YES;
    }
  }

  @Override
  public int perEpoch() {
    return length.roundsPerEpoch();
  }

  @Override
  public RoundSum run(int epoch, int round, float[] parameters) {
    WorkerRound work =
        new WorkerRound(
            learners,
            data.measures(),
            settings,
            epoch,
            round * length.batchesPerRound(),
            length.batchesPerRound());
    if (deeplearning4j != null) {
      return deeplearning4j.run(blocks, work, parameters);
    }
    Broadcast<float[]> shared = spark.broadcast(parameters);
    return remembering == Remembering.NO ? forgetful(work, shared) : remembering(work, shared);
  }

  @Override
  public float[] average(RoundSum sum, float[] start) {
    return sum.parameters().result(start, rule);
  }

  /** Whether workers have memories that a checkpoint must hold. */
  boolean remembers() {
    return remembering == Remembering.YES;
  }

  /** Whether memories should be written to files before the next round. */
  boolean memoriesAreDue() {
    return remembers() && chain.isLong();
  }

  /** Writes the memories to files in a folder. */
  void writeMemories(Path folder) {
    chain.write(folder);
  }

  /** Goes on from the memories in a folder, which must stay until the next call. */
  void continueFromMemories(Path folder) {
    chain.readFrom(folder);
  }

  @Override
  public void close() {
    chain.close();
    if (deeplearning4j != null) {
      deeplearning4j.close();
    }
    blocks.unpersist(false);
  }

  private RoundSum forgetful(WorkerRound work, Broadcast<float[]> shared) {
    RoundSum sum =
        reduce(blocks.map(block -> work.run(block, shared.value(), WorkerMemory.EMPTY).sum()));
    shared.destroy();
    if (anyRemembers(sum)) {
      throw new IllegalStateException(
          "Cannot train model "
              + settings.model()
              + ": it keeps a worker memory, but kept none in the first round");
    }
    return sum;
  }

  private RoundSum remembering(WorkerRound work, Broadcast<float[]> shared) {
    JavaRDD<WorkerResult> results =
        blocks
            .zip(chain.memories())
            .map(
                (Tuple2<SampleBlock, WorkerMemory> both) ->
                    work.run(both._1(), shared.value(), both._2()))
            .persist(MemoryChain.storageLevel());
    RoundSum sum = reduce(results.map(WorkerResult::sum));
    chain.advance(results, shared);
    if (remembering == Remembering.UNKNOWN) {
      remembering = anyRemembers(sum) ? Remembering.YES : Remembering.NO;
      if (remembering == Remembering.NO) {
        chain.close();
      }
    }
    return sum;
  }

  private RoundSum reduce(JavaRDD<RoundSum> parts) {
    AveragingRule merged = rule;
    return OrderedReduction.reduce(parts, sums -> RoundSum.merge(sums, merged));
  }

  private static boolean anyRemembers(RoundSum sum) {
    return sum.reports().stream().anyMatch(WorkerReport::remembers);
  }
}
