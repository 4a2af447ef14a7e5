package org.sparksbp.averaging;

import java.io.Serializable;
import java.util.List;
import org.sparksbp.learner.ParameterLayout;

/**
 * Which elements of the flat vector are averaged by samples, and of which the changes are summed.
 */
public final class AveragingRule implements Serializable {
  private static final long serialVersionUID = 1L;

  /** First elements and ends of the blocks, and whether a block's changes are summed. */
  private final int[] from;

  private final int[] to;
  private final boolean[] summed;

  private AveragingRule(int blocks) {
    this.from = new int[blocks];
    this.to = new int[blocks];
    this.summed = new boolean[blocks];
  }

  /** The rule of a mode for a model's vector. */
  public static AveragingRule of(AveragingMode mode, ParameterLayout layout) {
    List<ParameterLayout.Block> blocks = layout.blocks();
    AveragingRule rule = new AveragingRule(blocks.size());
    for (int b = 0; b < blocks.size(); b++) {
      ParameterLayout.Block block = blocks.get(b);
      rule.from[b] = block.offset();
      rule.to[b] = block.offset() + block.size();
      rule.summed[b] =
          mode == AveragingMode.UPDATES && block.role() != ParameterLayout.Role.OPTIMISER;
    }
    return rule;
  }

  /**
   * The same rule for a piece of the vector.
   *
   * @param first element of the piece, inclusive
   * @param end of the piece, exclusive
   */
  AveragingRule range(int first, int end) {
    AveragingRule piece = new AveragingRule(from.length);
    for (int b = 0; b < from.length; b++) {
      piece.from[b] = Math.min(Math.max(from[b], first), end) - first;
      piece.to[b] = Math.min(Math.max(to[b], first), end) - first;
      piece.summed[b] = summed[b];
    }
    return piece;
  }

  /** Length of the flat vector. */
  int size() {
    return to.length == 0 ? 0 : to[to.length - 1];
  }

  /** Adds one worker's parameters to a sum, each element with its weight. */
  void addInPlace(double[] sum, float[] parameters, long samples) {
    addInPlace(sum, parameters, 0, samples);
  }

  /** The same with parameters that begin at an offset. */
  void addInPlace(double[] sum, float[] parameters, int offset, long samples) {
    for (int b = 0; b < from.length; b++) {
      double weight = summed[b] ? 1 : samples;
      for (int i = from[b]; i < to[b]; i++) {
        sum[i] += weight * parameters[offset + i];
      }
    }
  }

  /** The round's result from the sum over {@code workers} workers with {@code samples} samples. */
  float[] result(float[] start, double[] sum, int workers, long samples) {
    float[] result = new float[sum.length];
    writeResult(start, 0, sum.clone(), workers, samples, result, 0);
    return result;
  }

  /**
   * Writes the round's result.
   *
   * @param start the parameters that the round started from, from {@code first} on
   * @param sum over {@code workers} workers with {@code samples} samples; holds anything afterwards
   * @param into receives the result from {@code offset} on
   */
  void writeResult(
      float[] start, int first, double[] sum, int workers, long samples, float[] into, int offset) {
    for (int b = 0; b < from.length; b++) {
      if (summed[b]) {
        for (int i = from[b]; i < to[b]; i++) {
          float began = start[first + i];
          into[offset + i] = (float) (began + (sum[i] - (double) workers * began));
        }
      } else {
        divideInPlace(sum, from[b], to[b], samples);
        for (int i = from[b]; i < to[b]; i++) {
          into[offset + i] = (float) sum[i];
        }
      }
    }
  }

  /** A loop of divisions alone, which the compiler turns into divisions of whole vectors. */
  private static void divideInPlace(double[] sum, int from, int to, double samples) {
    for (int i = from; i < to; i++) {
      sum[i] /= samples;
    }
  }
}
