package org.sparksbp.cost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How many epochs two or more methods need to reach error levels that all of them pass (Zhang et
 * al., Science Advances 7(43), eabh0146, 2021).
 *
 * <p>With e_i(t) method i's test error after epoch t, lo = max_i min_t e_i(t) and hi = min_i max_t
 * e_i(t). Five levels lie evenly from lo to hi, both included. A method's mean epochs is the mean
 * over the levels of the first epoch, from 1, at which its error is at or below the level. Where a
 * method never moves or the band from lo to hi is too narrow there is no number: its levels would
 * tell noise apart.
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
   * @param levels the five error levels, ascending, from lo to hi
   * @param meanEpochs by method, in the order of the curves
   * @param shareInBand by method, epochs whose error is from lo to hi, as a share of all
   */
  public record Compared(List<Double> levels, List<Double> meanEpochs, List<Double> shareInBand)
      implements Outcome {
    public Compared {
      levels = List.copyOf(levels);
      meanEpochs = List.copyOf(meanEpochs);
      shareInBand = List.copyOf(shareInBand);
    }

    /** The lowest level, lo. */
    public double low() {
      return levels.get(0);
    }

    /** The highest level, hi or the cap. */
    public double high() {
      return levels.get(LEVELS - 1);
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
    /** A curve holds an error that is not a finite number. */
    NOT_A_NUMBER,
    /** A method has the same error after every epoch. */
    NEVER_MOVES,
    /** The best error of one method is not below the worst error of another. */
    NO_COMMON_LEVELS,
    /** A method does not reach every level; only a cap below lo brings this about. */
    LEVELS_NOT_REACHED,
    /** The levels are closer to each other than the rule allows. */
    NARROW_BAND
  }

  /**
   * A method's learning curve.
   *
   * @param method its name, for messages
   * @param errors after each epoch, fractions of 1
   * @param standardErrors of these; NaN where unknown
   */
  public record Curve(String method, double[] errors, double[] standardErrors) {

    /** The standard error of the lowest error. */
    private double standardErrorOfSmallest() {
      int best = 0;
      for (int epoch = 1; epoch < errors.length; epoch++) {
        best = errors[epoch] < errors[best] ? epoch : best;
      }
      return standardErrors[best];
    }

    private double smallest() {
      return Arrays.stream(errors).min().orElseThrow();
    }

    private double largest() {
      return Arrays.stream(errors).max().orElseThrow();
    }

    private int firstEpoch(double level) {
      for (int epoch = 1; epoch <= errors.length; epoch++) {
        if (ErrorLevels.isReached(errors[epoch - 1], level)) {
          return epoch;
        }
      }
      throw new IllegalStateException("Cannot find an epoch with an error at or below " + level);
    }

    private double shareWithin(double lo, double hi) {
      long within =
          Arrays.stream(errors)
              .filter(error -> ErrorLevels.isReached(lo, error))
              .filter(error -> ErrorLevels.isReached(error, hi))
              .count();
      return (double) within / errors.length;
    }
  }

  /**
   * Compares methods.
   *
   * @param curves by method
   * @param rule what the band of levels must be
   * @throws IllegalArgumentException if there are fewer than two curves
   */
  public static Outcome compare(List<Curve> curves, BandRule rule) {
    if (curves.size() < 2) {
      throw new IllegalArgumentException(
          "Cannot compare mean epochs: " + curves.size() + " curves, at least two are needed");
    }
    Optional<NotComparable> obstacle =
        curves.stream().map(MeanEpochs::obstacle).flatMap(Optional::stream).findFirst();
    if (obstacle.isPresent()) {
      return obstacle.get();
    }
    double lo = curves.stream().mapToDouble(Curve::smallest).max().orElseThrow();
    double hi = curves.stream().mapToDouble(Curve::largest).min().orElseThrow();
    if (ErrorLevels.isReached(hi, lo)) {
      return new NotComparable(
          Reason.NO_COMMON_LEVELS,
          "no levels that all pass: the best error of one, "
              + percent(lo)
              + ", is not below the worst of another, "
              + percent(hi));
    }
    return inBand(curves, lo, Math.min(hi, rule.cap().orElse(hi)), rule);
  }

  private static Optional<NotComparable> obstacle(Curve curve) {
    double[] errors = curve.errors();
    if (errors.length < 2) {
      return Optional.of(
          new NotComparable(
              Reason.SINGLE_EPOCH,
              curve.method() + " has " + errors.length + " epochs, at least two are needed"));
    }
    if (Arrays.stream(errors).anyMatch(error -> !Double.isFinite(error))) {
      return Optional.of(
          new NotComparable(
              Reason.NOT_A_NUMBER, curve.method() + " has an error that is not a finite number"));
    }
    if (ErrorLevels.isReached(curve.largest(), curve.smallest())) {
      return Optional.of(
          new NotComparable(
              Reason.NEVER_MOVES,
              curve.method()
                  + " never moves: its error is "
                  + percent(errors[0])
                  + " after every epoch, so it never reaches what others do"));
    }
    return Optional.empty();
  }

  private static Outcome inBand(List<Curve> curves, double lo, double hi, BandRule rule) {
    double[] levels = levels(lo, hi);
    long reached = Arrays.stream(levels).filter(level -> ErrorLevels.isReached(lo, level)).count();
    if (reached < LEVELS) {
      return new NotComparable(
          Reason.LEVELS_NOT_REACHED,
          String.format(
              Locale.ROOT,
              "all reach %d of %d levels: the upper level is capped at %s, the lowest common error"
                  + " is %s",
              reached,
              LEVELS,
              percent(hi),
              percent(lo)));
    }
    double least =
        curves.stream()
            .mapToDouble(curve -> rule.least(curve.standardErrorOfSmallest()))
            .max()
            .orElseThrow();
    if (!ErrorLevels.isReached(least, hi - lo)) {
      return new NotComparable(
          Reason.NARROW_BAND,
          String.format(
              Locale.ROOT,
              "the common levels, %s to %s, are a band of %.2f points, at least %.2f are needed",
              percent(lo),
              percent(hi),
              100 * (hi - lo),
              100 * least));
    }
    List<Double> means = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    for (Curve curve : curves) {
      means.add((double) Arrays.stream(levels).mapToInt(curve::firstEpoch).sum() / LEVELS);
      shares.add(curve.shareWithin(lo, hi));
    }
    return new Compared(Arrays.stream(levels).boxed().toList(), means, shares);
  }

  private static double[] levels(double lo, double hi) {
    double[] levels = new double[LEVELS];
    for (int i = 0; i < LEVELS; i++) {
      levels[i] = lo + (hi - lo) * i / (LEVELS - 1);
    }
    return levels;
  }

  private static String percent(double error) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * error);
  }
}
