package org.sparksbp.averaging;

import java.io.Serializable;
import java.util.List;

/**
 * The sum of some workers' parameters, in double precision, with the weights of an {@link
 * AveragingRule}. Sums are merged by the {@link ReductionTree}, so their rounding is always the
 * same.
 */
public final class ParameterSum implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Of a worker that learned nothing in the round. */
  public static final ParameterSum NOTHING = new ParameterSum(null, null, 0, 0);

  private final float[] only;
  private final double[] sum;
  private final int workers;
  private final long samples;

  private ParameterSum(float[] only, double[] sum, int workers, long samples) {
    this.only = only;
    this.sum = sum;
    this.workers = workers;
    this.samples = samples;
  }

  /**
   * One worker's contribution.
   *
   * @param parameters kept, not copied
   * @param samples that the worker has learned in the round, at least 1
   */
  public static ParameterSum of(float[] parameters, long samples) {
    return new ParameterSum(parameters, null, 1, samples);
  }

  /**
   * The sum of sums, as the {@link ReductionTree} over the list has it.
   *
   * @param parts of as many neighbours each, a power of two; the last may have fewer
   */
  public static ParameterSum merge(List<ParameterSum> parts, AveragingRule rule) {
    return ReductionTree.reduce(parts, (left, right) -> left.plus(right, rule));
  }

  /** The sum of a left and a right subtree; where one has learned nothing it is the other. */
  ParameterSum plus(ParameterSum right, AveragingRule rule) {
    if (workers == 0) {
      return right;
    }
    if (right.workers == 0) {
      return this;
    }
    double[] total = new double[rule.size()];
    addTo(total, rule);
    right.addTo(total, rule);
    return new ParameterSum(null, total, workers + right.workers, samples + right.samples);
  }

  private void addTo(double[] total, AveragingRule rule) {
    if (only != null) {
      rule.addInPlace(total, only, samples);
    } else {
      for (int i = 0; i < total.length; i++) {
        total[i] += sum[i];
      }
    }
  }

  /**
   * The parameters that the next round starts from. Those of a single worker come out unchanged, to
   * the bit.
   *
   * @param start the parameters that this round started from
   */
  public float[] result(float[] start, AveragingRule rule) {
    if (workers == 0) {
      return start;
    }
    return only != null ? only : rule.result(start, sum, workers, samples);
  }

  /** Samples learned by the workers in the sum. */
  public long samples() {
    return samples;
  }
}
