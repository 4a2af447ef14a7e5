package org.sparksbp.evaluation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.sparksbp.learner.Inference;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.Work;
import org.sparksbp.measure.Measure;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;
import org.sparksbp.table.CsvLines;
import org.sparksbp.worker.BlockPlacement;
import org.sparksbp.worker.LearnerSource;
import org.sparksbp.worker.MeasureSource;
import org.sparksbp.worker.SampleBlock;
import org.sparksbp.worker.SampleBlocks;
import org.sparksbp.worker.Tally;

/** Infers samples on all workers, which hold them from one evaluation to the next. */
public final class Evaluator implements AutoCloseable {

  /** Samples inferred together; answers do not depend on it. */
  private static final int BATCH = 128;

  private final JavaSparkContext spark;
  private final LearnerSource learners;
  private final MeasureSource measures;
  private final SampleBlocks blocks;
  private final BlockPlacement placement;

  /** Receives each sample with its answer. */
  @FunctionalInterface
  interface AnswerVisitor {
    void answer(Sample sample, float[] outputs, int offset);
  }

  public Evaluator(
      JavaSparkContext spark, LearnerSource learners, SampleSet samples, MeasureSource measures) {
    this.spark = spark;
    this.learners = learners;
    this.measures = measures;
    this.blocks = SampleBlocks.cut(samples.samples(), samples.count());
    this.placement = blocks.placement();
  }

  /** Measures a model with these parameters. */
  public EvaluationResult evaluate(float[] parameters) {
    long start = System.nanoTime();
    blocks.load();
    placement.spreadIfUneven();
    Broadcast<float[]> shared = spark.broadcast(parameters);
    List<Tally> tallies = measured(shared).collect();
    shared.destroy();
    return total(tallies, measures, start);
  }

  /** Adds up the blocks' tallies in their order. */
  static EvaluationResult total(List<Tally> tallies, MeasureSource measures, long start) {
    Measure total = measures.newMeasure();
    Work work = Work.NONE;
    for (Tally tally : tallies) {
      tally.addTo(total);
      work = work.plus(tally.work());
    }
    return new EvaluationResult(total, work, (System.nanoTime() - start) / 1e9);
  }

  /** The answer to every sample as a line of comma-separated values, in the order of positions. */
  JavaRDD<String> answers(Broadcast<float[]> parameters) {
    LearnerSource source = learners;
    blocks.load();
    return blocks
        .rdd()
        .flatMap(
            block -> {
              List<String> lines = new ArrayList<>(block.size());
              infer(
                  source,
                  block,
                  parameters.value(),
                  (sample, outputs, offset) -> lines.add(AnswerLine.of(sample, outputs, offset)));
              return lines.iterator();
            });
  }

  @Override
  public void close() {
    blocks.close();
  }

  private JavaRDD<Tally> measured(Broadcast<float[]> parameters) {
    LearnerSource source = learners;
    MeasureSource empty = measures;
    return blocks.rdd().map(block -> tally(source, empty, block, parameters.value()));
  }

  /** Measures one block. */
  static Tally tally(
      LearnerSource learners, MeasureSource empty, SampleBlock block, float[] parameters) {
    Measure measure = empty.newMeasure();
    Work work = infer(learners, block, parameters, measure::add);
    return Tally.of(measure, work);
  }

  private static Work infer(
      LearnerSource learners, SampleBlock block, float[] parameters, AnswerVisitor visitor) {
    if (block.size() == 0) {
      return Work.NONE;
    }
    return learners.with(
        learner -> {
          learner.setParameters(parameters);
          return infer(learner, block, visitor);
        });
  }

  private static Work infer(Learner learner, SampleBlock block, AnswerVisitor visitor) {
    Work work = Work.NONE;
    for (int number = 0; number < block.batches(BATCH); number++) {
      SpikeBatch batch = block.batch(null, number, BATCH);
      Inference inference = learner.infer(batch);
      for (int row = 0; row < batch.size(); row++) {
        visitor.answer(batch.samples().get(row), inference.outputs(), row * batch.outputs());
      }
      work = work.plus(inference.work());
    }
    return work;
  }

  /** One line of a predictions file. */
  private static final class AnswerLine implements Serializable {
    private static final long serialVersionUID = 1L;

    private AnswerLine() {}

    static String of(Sample sample, float[] outputs, int offset) {
      int best = 0;
      List<Object> cells = new ArrayList<>();
      cells.add(sample.id());
      cells.add(sample.group());
      cells.add(sample.label());
      for (int k = 0; k < sample.target().length; k++) {
        cells.add(outputs[offset + k]);
        if (outputs[offset + k] > outputs[offset + best]) {
          best = k;
        }
      }
      cells.add(3, sample.label() < 0 ? -1 : best);
      return CsvLines.cells(cells);
    }
  }
}
