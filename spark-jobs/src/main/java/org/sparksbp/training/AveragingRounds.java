package org.sparksbp.training;

import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.averaging.AveragingEngine;
import org.sparksbp.averaging.AveragingRule;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.worker.LearnerSource;
import org.sparksbp.worker.SampleBlock;
import org.sparksbp.worker.SampleBlocks;

/**
 * Runs averaging rounds on Spark. The first one is a job of its own: it brings the samples to the
 * workers and shows whether they remember. Later ones are run in stretches where they can be.
 */
final class AveragingRounds implements Rounds, AutoCloseable {

  private final TrainingSettings settings;
  private final TrainingData data;
  private final LearnerSource learners;
  private final AveragingRule rule;
  private final JavaRDD<SampleBlock> blocks;
  private final RoundLength length;
  private final Deeplearning4jRounds deeplearning4j;
  private final JobRounds jobs;
  private final DirectRounds direct;
  private final Transport transport;
  private final StretchLength stretchLength = new StretchLength();
  private boolean begun;

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
    this.jobs = new JobRounds(spark, settings.model(), rule, blocks, memoryFiles);
    this.direct = new DirectRounds(spark, blocks, rule);
    this.transport = new Transport(spark.sc(), settings);
  }

  @Override
  public int perEpoch() {
    return length.roundsPerEpoch();
  }

  @Override
  public Stretch run(int epoch, int round, float[] parameters) {
    long start = System.nanoTime();
    WorkerRound work =
        new WorkerRound(
            learners,
            data.measures(),
            settings,
            epoch,
            round * length.batchesPerRound(),
            length.batchesPerRound());
    Stretch stretch =
        directly(work, perEpoch() - round, parameters)
            .orElseGet(() -> asOneJob(work, parameters, start));
    begun = true;
    stretchLength.took(stretch.rounds().size(), (System.nanoTime() - start) / 1e9);
    return stretch;
  }

  private Optional<Stretch> directly(WorkerRound work, int left, float[] parameters) {
    if (!transport.isDirect(remembers()) || !begun) {
      return Optional.empty();
    }
    Optional<Stretch> stretch =
        direct.run(work, stretchLength.next(left), parameters, remembers() ? jobs.chain() : null);
    transport.tried(stretch.isPresent());
    return stretch;
  }

  private Stretch asOneJob(WorkerRound work, float[] parameters, long start) {
    RoundSum sum =
        deeplearning4j == null
            ? jobs.run(work, parameters)
            : deeplearning4j.run(blocks, work, parameters);
    float[] averaged = sum.parameters().result(parameters, rule);
    return Stretch.of(sum.reports(), averaged, (System.nanoTime() - start) / 1e9);
  }

  /** Whether workers have memories that a checkpoint must hold. */
  boolean remembers() {
    return jobs.remembers();
  }

  /** Whether memories should be written to files before the next round. */
  boolean memoriesAreDue() {
    return remembers() && jobs.chain().isLong();
  }

  /** Writes the memories to files in a folder. */
  void writeMemories(Path folder) {
    jobs.chain().write(folder);
  }

  /** Goes on from the memories in a folder, which must stay until the next call. */
  void continueFromMemories(Path folder) {
    jobs.chain().readFrom(folder);
  }

  @Override
  public void close() {
    jobs.close();
    if (deeplearning4j != null) {
      deeplearning4j.close();
    }
    blocks.unpersist(false);
  }
}
