package org.sparksbp.averaging;

import java.io.Serializable;
import java.util.List;

/**
 * The sum of some workers' parameters, in double precision, with the weights of an {@link
 * AveragingRule}. Sums are merged in the workers' order, so their rounding is always the same.
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

  /** The sum of sums, taken in the order of the list. */
  public static ParameterSum merge(List<ParameterSum> parts, AveragingRule rule) {
    List<ParameterSum> contributions = parts.stream().filter(part -> part.workers > 0).toList();
    if (contributions.isEmpty()) {
      return NOTHING;
    }
    if (contributions.size() == 1) {
      return contributions.get(0);
    }
    double[] total = new double[rule.size()];
    int workers = 0;
    long samples = 0;
    for (ParameterSum part : contributions) {
      if (part.only != null) {
        rule.addInPlace(total, part.only, part.samples);
      } else {
        for (int i = 0; i < total.length; i++) {
          total[i] += part.sum[i];
        }
      }
      workers += part.workers;
      samples += part.samples;
    }
    return new ParameterSum(null, total, workers, samples);
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
