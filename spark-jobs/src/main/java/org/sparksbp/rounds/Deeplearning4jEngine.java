package org.sparksbp.rounds;

import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.sparksbp.bpann.BpAnnLearner;
import org.sparksbp.jobname.NamedJobs;
import org.sparksbp.learner.FiniteNumbers;
import org.sparksbp.learner.Inference;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.measure.Measure;
import org.sparksbp.spike.SpikeBatch;
import org.sparksbp.worker.SampleBlock;
import org.sparksbp.worker.Tally;

/**
 * Averaging rounds by Deeplearning4j: its {@code ParameterAveragingTrainingMaster} trains on
 * exactly the batches that this software's own rounds would, so that a comparison is fair.
 *
 * <p>One call of {@code fit} is one round. The batches come as they are (no repartitioning) and
 * directly from the workers' memory (no export to files), which leaves two Spark jobs a round. The
 * master averages workers alike, not by their samples: results differ from the own rounds' only
 * where a last round is uneven. The training measures are those of the round's start, from one more
 * forward pass, because the master does not hand outputs over.
 */
final class Deeplearning4jEngine implements RoundEngine {

  private final JavaSparkContext spark;
  private final RoundTask task;
  private final JavaRDD<SampleBlock> blocks;
  private final BpAnnLearner learner;
  private final SparkDl4jMultiLayer network;

  Deeplearning4jEngine(JavaSparkContext spark, RoundTask task, JavaRDD<SampleBlock> blocks) {
    this.spark = spark;
    this.task = task;
    this.blocks = blocks;
    this.learner = (BpAnnLearner) task.learners().create();
    int batch = task.settings().batch();
    int workers = task.settings().workers();
    ParameterAveragingTrainingMaster master =
        new ParameterAveragingTrainingMaster.Builder(workers, batch)
            .batchSizePerWorker(batch)
            // A round is one call, so the master must not divide it further.
            .averagingFrequency((int) Math.max(1, Integer.MAX_VALUE / ((long) workers * batch)))
            .saveUpdater(true)
            .workerPrefetchNumBatches(0)
            .repartionData(Repartition.Never)
            .rddTrainingApproach(RDDTrainingApproach.Direct)
            .storageLevel(null)
            .collectTrainingStats(false)
            .build();
    this.network = new SparkDl4jMultiLayer(spark, learner.network(), master);
  }

  @Override
  public RoundBatch run(RoundSpan rounds, float[] parameters) {
    try (NamedJobs ignored = NamedJobs.of(spark, rounds.limitedTo(1).toString())) {
      return runFirst(rounds, parameters);
    }
  }

  private RoundBatch runFirst(RoundSpan rounds, float[] parameters) {
    long began = System.nanoTime();
    int epoch = rounds.epoch();
    int round = rounds.first();
    RoundTask work = task;
    Broadcast<float[]> start = spark.broadcast(parameters);
    List<WorkerResult> answers =
        blocks.map(block -> answer(work, epoch, round, block, start.value())).collect();
    start.destroy();
    learner.setParameters(parameters);
    int inputs = learner.inputs();
    network.fit(
        blocks.flatMap(
            block ->
                work.batches(epoch, round, block).stream()
                    .map(batch -> BpAnnLearner.dataSet(batch, inputs))
                    .iterator()));
    int updates = task.schedule().batches(round, task.schedule().batchesPerEpoch());
    return RoundBatch.ofOne(
        answers.stream().map(WorkerResult::tally).toList(),
        answers.stream()
            .map(WorkerResult::divergence)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null),
        learner.parametersAfter(parameters, updates),
        (System.nanoTime() - began) / 1e9);
  }

  /** What the round's start answers to a worker's batches; nothing is learned. */
  private static WorkerResult answer(
      RoundTask task, int epoch, int round, SampleBlock block, float[] parameters) {
    List<SpikeBatch> batches = task.batches(epoch, round, block);
    return task.learners()
        .with(
            borrowed -> {
              borrowed.setParameters(parameters);
              return answer(task, (BpAnnLearner) borrowed, batches, round, block.worker());
            });
  }

  private static WorkerResult answer(
      RoundTask task, BpAnnLearner borrowed, List<SpikeBatch> batches, int round, int worker) {
    Measure measure = task.measures().newMeasure();
    Divergence divergence = null;
    int samples = 0;
    int number = task.schedule().firstBatch(round);
    for (SpikeBatch batch : batches) {
      Inference inference = borrowed.infer(batch);
      RoundTask.addTo(measure, batch, inference);
      samples += batch.size();
      if (divergence == null && !FiniteNumbers.areAll(inference.outputs())) {
        divergence = new Divergence.Outputs(worker, number);
      }
      number++;
    }
    Tally tally = Tally.of(measure, borrowed.learningWork(samples));
    return WorkerResult.answered(tally, divergence, WorkerMemory.EMPTY);
  }

  @Override
  public void close() {
    learner.close();
  }
}
