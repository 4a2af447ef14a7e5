package org.sparksbp.training;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.sparksbp.averaging.ParameterSum;
import org.sparksbp.bpann.BpAnnLearner;
import org.sparksbp.evaluation.MeasureSource;
import org.sparksbp.learner.Inference;
import org.sparksbp.learner.Work;
import org.sparksbp.measure.Measure;
import org.sparksbp.spike.SpikeBatch;
import org.sparksbp.worker.LearnerSource;
import org.sparksbp.worker.SampleBlock;

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
final class Deeplearning4jRounds implements AutoCloseable {

  private final JavaSparkContext spark;
  private final BpAnnLearner learner;
  private final SparkDl4jMultiLayer network;
  private final LearnerSource learners;
  private final MeasureSource measures;

  Deeplearning4jRounds(
      JavaSparkContext spark,
      TrainingSettings settings,
      LearnerSource learners,
      MeasureSource measures) {
    this.spark = spark;
    this.learners = learners;
    this.measures = measures;
    int batch = settings.batch();
    this.learner = (BpAnnLearner) learners.create();
    ParameterAveragingTrainingMaster master =
        new ParameterAveragingTrainingMaster.Builder(settings.workers(), batch)
            .batchSizePerWorker(batch)
            // A round is one call, so the master must not divide it further.
            .averagingFrequency(Integer.MAX_VALUE / (settings.workers() * batch))
            .saveUpdater(true)
            .workerPrefetchNumBatches(0)
            .repartionData(Repartition.Never)
            .rddTrainingApproach(RDDTrainingApproach.Direct)
            .storageLevel(null)
            .collectTrainingStats(false)
            .build();
    this.network = new SparkDl4jMultiLayer(spark, learner.network(), master);
  }

  /** Runs a round from these parameters; they are not changed. */
  RoundSum run(JavaRDD<SampleBlock> blocks, WorkerRound work, float[] parameters) {
    Broadcast<float[]> shared = spark.broadcast(parameters);
    Answering answering = new Answering(learners, measures, work);
    List<Answers> answers = blocks.map(block -> answering.to(block, shared.value())).collect();
    shared.destroy();
    learner.setParameters(parameters);
    int inputs = learner.inputs();
    network.fit(
        blocks.flatMap(
            block ->
                work.batches(block).stream()
                    .map(batch -> BpAnnLearner.dataSet(batch, inputs))
                    .iterator()));
    int updates = answers.stream().mapToInt(Answers::batches).max().orElse(0);
    long samples = answers.stream().mapToLong(Answers::samples).sum();
    return RoundSum.ofAveraged(
        ParameterSum.of(learner.parametersAfter(parameters, updates), samples),
        answers.stream().map(Answers::report).toList());
  }

  /** Says what the round's start answers to a worker's batches; nothing is learned. */
  private record Answering(LearnerSource learners, MeasureSource measures, WorkerRound work)
      implements Serializable {

    Answers to(SampleBlock block, float[] parameters) {
      List<SpikeBatch> batches = work.batches(block);
      int samples = batches.stream().mapToInt(SpikeBatch::size).sum();
      Measure measure = measures.newMeasure();
      return learners.with(
          borrowed -> {
            borrowed.setParameters(parameters);
            String divergence = null;
            for (SpikeBatch batch : batches) {
              Inference inference = borrowed.infer(batch);
              WorkerRound.addTo(measure, batch, inference);
              if (!Finite.all(inference.outputs())) {
                divergence = "outputs of worker " + block.worker();
              }
            }
            Work learning = ((BpAnnLearner) borrowed).learningWork(samples);
            WorkerReport report =
                new WorkerReport(block.worker(), measure, learning, divergence, false);
            return new Answers(report, batches.size(), samples);
          });
    }
  }

  /** A worker's answers: how good they were, and how much there was to answer. */
  static final class Answers implements Serializable {
    private static final long serialVersionUID = 1L;

    private final WorkerReport report;
    private final int batches;
    private final long samples;

    Answers(WorkerReport report, int batches, long samples) {
      this.report = report;
      this.batches = batches;
      this.samples = samples;
    }

    WorkerReport report() {
      return report;
    }

    int batches() {
      return batches;
    }

    long samples() {
      return samples;
    }
  }

  @Override
  public void close() {
    learner.close();
  }
}
