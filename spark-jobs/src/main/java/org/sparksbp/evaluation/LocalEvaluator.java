package org.sparksbp.evaluation;

import java.util.List;
import org.sparksbp.spike.Sample;
import org.sparksbp.worker.LearnerSource;
import org.sparksbp.worker.MeasureSource;
import org.sparksbp.worker.SampleBlock;
import org.sparksbp.worker.SampleBlocks;
import org.sparksbp.worker.Tally;

/** Infers samples in the calling thread, to the bits of an {@link Evaluator}. */
public final class LocalEvaluator {

  private final LearnerSource learners;
  private final MeasureSource measures;
  private final List<SampleBlock> blocks;

  public LocalEvaluator(LearnerSource learners, List<Sample> samples, MeasureSource measures) {
    this.learners = learners;
    this.measures = measures;
    this.blocks = SampleBlocks.localCut(samples);
  }

  /** Measures a model with these parameters. */
  public EvaluationResult evaluate(float[] parameters) {
    long start = System.nanoTime();
    List<Tally> tallies =
        blocks.stream()
            .map(block -> Evaluator.tally(learners, measures, block, parameters))
            .toList();
    return Evaluator.total(tallies, measures, start);
  }
}
