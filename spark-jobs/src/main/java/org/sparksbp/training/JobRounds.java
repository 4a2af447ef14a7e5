package org.sparksbp.training;

import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.sparksbp.averaging.AveragingRule;
import org.sparksbp.averaging.OrderedReduction;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.worker.SampleBlock;
import scala.Tuple2;

/**
 * Runs a round as a Spark job: parameters go out by broadcast and come back as the job's result.
 */
final class JobRounds implements AutoCloseable {

  private final JavaSparkContext spark;
  private final String model;
  private final AveragingRule rule;
  private final JavaRDD<SampleBlock> blocks;
  private final MemoryChain chain;
  private Remembering remembering;

  private enum Remembering {
    /** Known after the first round. */
    UNKNOWN,
    YES,
    NO
  }

  /**
   * Prepares rounds.
   *
   * @param memoryFiles folder of the memories to go on with, or null to begin with empty ones
   */
  JobRounds(
      JavaSparkContext spark,
      String model,
      AveragingRule rule,
      JavaRDD<SampleBlock> blocks,
      Path memoryFiles) {
    this.spark = spark;
    this.model = model;
    this.rule = rule;
    this.blocks = blocks;
    this.chain = new MemoryChain(spark, blocks.getNumPartitions());
    this.remembering = Remembering.UNKNOWN;
    if (memoryFiles != null) {
      chain.readFrom(memoryFiles);
      remembering = Remembering.YES;
    }
  }

  /**
   * Runs a round.
   *
   * @param parameters that every worker starts from; not changed
   * @return the workers' parameters, added up, and their reports
   */
  RoundSum run(WorkerRound work, float[] parameters) {
    Broadcast<float[]> shared = spark.broadcast(parameters);
    return remembering == Remembering.NO ? forgetful(work, shared) : remembering(work, shared);
  }

  /** Whether workers have memories that a checkpoint must hold. */
  boolean remembers() {
    return remembering == Remembering.YES;
  }

  /** The workers' memories; empty ones if they do not remember. */
  MemoryChain chain() {
    return chain;
  }

  @Override
  public void close() {
    chain.close();
  }

  private RoundSum forgetful(WorkerRound work, Broadcast<float[]> shared) {
    RoundSum sum =
        reduce(blocks.map(block -> work.run(block, shared.value(), WorkerMemory.EMPTY).sum()));
    shared.destroy();
    if (anyRemembers(sum)) {
      throw new IllegalStateException(
          "Cannot train model "
              + model
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
