package org.sparksbp.cost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How many epochs two or more methods need to reach error levels that all of them pass (Zhang et
 * al., Science Advances 7(43), eabh0146, 2021).
 *
 * <p>With e_i(t) method i's test error after epoch t, lo = max_i min_t e_i(t) and hi = min_i max_t
 * e_i(t). Five levels lie evenly from lo to hi, both included. A method's mean epochs is the mean
 * over the levels of the first epoch, from 1, at which its error is at or below the level.
 */
public final class MeanEpochs {

  /** Number of error levels. */
  public static final int LEVELS = 5;

  private MeanEpochs() {}

  /** What a comparison of curves comes to. */
  public sealed interface Outcome {}

  /**
   * Every method reaches every level.
   *
   * @param levels the five error levels, ascending
   * @param meanEpochs by method, in the order of the curves
   */
  public record Compared(List<Double> levels, List<Double> meanEpochs) implements Outcome {
    public Compared {
      levels = List.copyOf(levels);
      meanEpochs = List.copyOf(meanEpochs);
    }
  }

  /**
   * The curves do not support a number.
   *
   * @param reason what kind of obstacle
   * @param message the obstacle in words, with its numbers
   */
  public record NotComparable(Reason reason, String message) implements Outcome {}

  /** Why curves cannot be compared. */
  public enum Reason {
    /** A curve has no or one epoch only. */
    SINGLE_EPOCH,
    /** The best error of one method is above the worst error of another. */
    NO_COMMON_LEVELS,
    /** A method does not reach every level; only a cap below lo brings this about. */
    LEVELS_NOT_REACHED,
    /** A curve holds an error that is not a finite number. */
    NOT_A_NUMBER
  }

  /**
   * Compares without a cap.
   *
   * @param curves by method, the test error after each epoch
   * @throws IllegalArgumentException if there are fewer than two curves
   */
  public static Outcome compare(List<double[]> curves) {
    return compare(curves, OptionalDouble.empty());
  }

  /**
   * Compares with an upper bound of the levels, for methods that start from very high errors.
   *
   * @param curves by method, the test error after each epoch
   * @param cap hi is at most this, in the unit of the curves
   * @throws IllegalArgumentException if there are fewer than two curves
   */
  public static Outcome compare(List<double[]> curves, OptionalDouble cap) {
    if (curves.size() < 2) {
      throw new IllegalArgumentException(
          "Cannot compare mean epochs: " + curves.size() + " curves, at least two are needed");
    }
    for (int method = 0; method < curves.size(); method++) {
      double[] curve = curves.get(method);
      if (curve.length < 2) {
        return new NotComparable(
            Reason.SINGLE_EPOCH,
            "method " + method + " has " + curve.length + " epochs, at least two are needed");
      }
      if (Arrays.stream(curve).anyMatch(error -> !Double.isFinite(error))) {
        return new NotComparable(
            Reason.NOT_A_NUMBER, "method " + method + " has an error that is not a finite number");
      }
    }
    double lo = curves.stream().mapToDouble(MeanEpochs::smallest).max().orElseThrow();
    double hi = curves.stream().mapToDouble(MeanEpochs::largest).min().orElseThrow();
    if (lo > hi) {
      return new NotComparable(
          Reason.NO_COMMON_LEVELS,
          "lowest common error " + lo + " is above the highest common error " + hi);
    }
    return overLevels(curves, levels(lo, Math.min(hi, cap.orElse(hi))), lo);
  }

  private static Outcome overLevels(List<double[]> curves, double[] levels, double lo) {
    int reached = (int) Arrays.stream(levels).filter(level -> level >= lo).count();
    if (reached < LEVELS) {
      return new NotComparable(
          Reason.LEVELS_NOT_REACHED,
          "all methods reach "
              + reached
              + " of "
              + LEVELS
              + " levels: the upper level is capped at "
              + levels[LEVELS - 1]
              + ", the lowest common error is "
              + lo);
    }
    List<Double> means = new ArrayList<>();
    for (double[] curve : curves) {
      means.add(Arrays.stream(levels).map(level -> firstEpoch(curve, level)).sum() / LEVELS);
    }
    return new Compared(Arrays.stream(levels).boxed().toList(), means);
  }

  private static double[] levels(double lo, double hi) {
    double[] levels = new double[LEVELS];
    for (int i = 0; i < LEVELS; i++) {
      levels[i] = lo + (hi - lo) * i / (LEVELS - 1);
    }
    // Rounding must not lift the ends over errors that they were taken from.
    levels[LEVELS - 1] = hi;
    return levels;
  }

  private static int firstEpoch(double[] curve, double level) {
    for (int epoch = 1; epoch <= curve.length; epoch++) {
      if (curve[epoch - 1] <= level) {
        return epoch;
      }
    }
    throw new IllegalStateException("Cannot find an epoch with an error at or below " + level);
  }

  private static double smallest(double[] curve) {
    return Arrays.stream(curve).min().orElseThrow();
  }

  private static double largest(double[] curve) {
    return Arrays.stream(curve).max().orElseThrow();
  }
}
