package org.sparksbp.averaging;

import java.io.Serializable;
import org.sparksbp.learner.ParameterLayout;

/**
 * Which elements of the flat vector are averaged by samples, and of which the changes are summed.
 */
public final class AveragingRule implements Serializable {
  private static final long serialVersionUID = 1L;

  private final boolean[] summed;

  private AveragingRule(boolean[] summed) {
    this.summed = summed;
  }

  /** The rule of a mode for a model's vector. */
  public static AveragingRule of(AveragingMode mode, ParameterLayout layout) {
    boolean[] summed = new boolean[layout.size()];
    if (mode == AveragingMode.UPDATES) {
      for (ParameterLayout.Block block : layout.blocks()) {
        boolean changesAddUp = block.role() != ParameterLayout.Role.OPTIMISER;
        java.util.Arrays.fill(summed, block.offset(), block.offset() + block.size(), changesAddUp);
      }
    }
    return new AveragingRule(summed);
  }

  /** Length of the flat vector. */
  int size() {
    return summed.length;
  }

  /** Adds one worker's parameters to a sum, each element with its weight. */
  void addInPlace(double[] sum, float[] parameters, long samples) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += summed[i] ? parameters[i] : (double) samples * parameters[i];
    }
  }

  /** The round's result from the sum over {@code workers} workers with {@code samples} samples. */
  float[] result(float[] start, double[] sum, int workers, long samples) {
    float[] result = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      result[i] =
          (float)
              (summed[i] ? start[i] + (sum[i] - (double) workers * start[i]) : sum[i] / samples);
    }
    return result;
  }
}
