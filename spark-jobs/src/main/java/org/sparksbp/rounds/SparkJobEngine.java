package org.sparksbp.rounds;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.sparksbp.averaging.AveragingRule;
import org.sparksbp.averaging.OrderedReduction;
import org.sparksbp.jobname.NamedJobs;
import org.sparksbp.worker.SampleBlock;

/**
 * Runs a round as a Spark job: parameters go out by broadcast and come back as the job's result.
 */
final class SparkJobEngine implements RoundEngine {

  private final JavaSparkContext spark;
  private final RoundTask task;
  private final AveragingRule rule;
  private final JavaRDD<SampleBlock> blocks;
  private final WorkerMemories memories;

  SparkJobEngine(
      JavaSparkContext spark,
      RoundTask task,
      AveragingRule rule,
      JavaRDD<SampleBlock> blocks,
      WorkerMemories memories) {
    this.spark = spark;
    this.task = task;
    this.rule = rule;
    this.blocks = blocks;
    this.memories = memories;
  }

  @Override
  public RoundBatch run(RoundSpan rounds, float[] parameters) {
    try (NamedJobs ignored = NamedJobs.of(spark, rounds.limitedTo(1).toString())) {
      return runFirst(rounds, parameters);
    }
  }

  private RoundBatch runFirst(RoundSpan rounds, float[] parameters) {
    long began = System.nanoTime();
    RoundTask work = task;
    AveragingRule averaging = rule;
    Broadcast<float[]> start = spark.broadcast(parameters);
    JavaRDD<WorkerResult> results =
        memories.keep(
            memories
                .besides(blocks)
                .map(
                    both ->
                        work.run(
                            rounds.epoch(), rounds.first(), both._1(), start.value(), both._2())));
    RoundSum sum;
    float[] averaged;
    if (RangeReduction.isDue(spark.sc().conf(), parameters.length, blocks.getNumPartitions())) {
      RangeReduction.Outcome outcome =
          RangeReduction.of(rule, blocks.getNumPartitions()).reduce(results, start);
      sum = outcome.rest();
      averaged = outcome.parameters();
    } else {
      sum =
          OrderedReduction.reduce(
              results.map(WorkerResult::sum), sums -> RoundSum.merge(sums, averaging));
      averaged = sum.parameters().result(parameters, rule);
    }
    if (sum.remembers() && memories.areNone()) {
      throw new IllegalStateException(
          "Cannot train model "
              + task.learners().model()
              + ": it keeps a worker memory, but kept none in the first round");
    }
    memories.advance(results, start, sum.remembers());
    return sum.round(averaged, (System.nanoTime() - began) / 1e9);
  }
}
