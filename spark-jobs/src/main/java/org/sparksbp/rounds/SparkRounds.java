package org.sparksbp.rounds;

import com.typesafe.config.Config;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.averaging.AveragingEngine;
import org.sparksbp.averaging.AveragingRule;
import org.sparksbp.averaging.AveragingTransport;
import org.sparksbp.worker.BlockPlacement;
import org.sparksbp.worker.SampleBlocks;

/** What the rounds of a run on Spark need: the workers' samples and memories, and an engine. */
public final class SparkRounds implements AutoCloseable {

  private final SampleBlocks blocks;
  private final BlockPlacement placement;
  private final WorkerMemories memories;
  private final RoundEngine engine;

  /**
   * Prepares rounds; the engine is chosen here and nowhere else.
   *
   * @param configuration that the task's settings come from
   * @param task what a worker does in a round
   * @param rule how the workers' parameters become one
   * @param blocks the workers' samples, one block a worker, given up when the rounds are closed
   * @throws com.typesafe.config.ConfigException if {@code averaging.transport} demands what the
   *     averaging engine does not have
   */
  public SparkRounds(
      JavaSparkContext spark,
      Config configuration,
      RoundTask task,
      AveragingRule rule,
      SampleBlocks blocks) {
    this.blocks = blocks;
    this.placement = blocks.placement();
    this.memories = new WorkerMemories(spark, task.settings().workers());
    RoundSettings settings = task.settings();
    AllReducePolicy policy = new AllReducePolicy(spark.sc(), configuration, settings);
    if (settings.engine() == AveragingEngine.DEEPLEARNING4J) {
      policy.exclude("averaging.engine is " + settings.engine().key());
      this.engine = new Deeplearning4jEngine(spark, task, blocks.rdd());
      return;
    }
    SparkJobEngine jobs = new SparkJobEngine(spark, task, rule, blocks.rdd(), memories);
    this.engine =
        settings.transport() == AveragingTransport.SPARK_JOBS
            ? jobs
            : new FallbackEngine(
                new AllReduceEngine(spark, task, rule, blocks.rdd(), memories),
                jobs,
                memories,
                policy);
  }

  /** Runs rounds on the executors that there are when they begin. */
  public RoundEngine engine() {
    return (rounds, parameters) -> {
      long began = System.nanoTime();
      blocks.load();
      double loading = (System.nanoTime() - began) / 1e9;
      spreadIfUneven();
      return engine.run(rounds, parameters).after(loading);
    };
  }

  /** Memories would draw their workers back, unless they come from files. */
  private void spreadIfUneven() {
    if (placement.isUneven()) {
      if (memories.holdExecutors()) {
        memories.wantFiles();
      } else {
        placement.spreadAnew();
      }
    }
  }

  public WorkerMemories memories() {
    return memories;
  }

  @Override
  public void close() {
    engine.close();
    memories.close();
    blocks.close();
  }
}
