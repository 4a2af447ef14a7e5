package org.sparksbp.benchmark;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One number with its spread. It is judged by its ratio to another number of the same run, so that
 * a target means the same on every machine; the number itself is there to orientate.
 *
 * @param part the group that it belongs to
 * @param name what was measured
 * @param variant which version of it: kernels, a library, a number of workers; may be empty
 * @param unit of the values
 * @param values one of each repetition
 * @param median of the values
 * @param clockShare share of the clock's time that the measured thread had the processor
 * @param multiplyAccumulates a second, of the model's equations on dense arrays
 * @param peakShare of the machine's largest measured product rate; above 1 where zeros are skipped
 * @param judgement of the median, if there is a target
 * @param place in a series of sizes
 */
public record Result(
    BenchmarkPart part,
    String name,
    String variant,
    String unit,
    List<Double> values,
    double median,
    double clockShare,
    OptionalDouble multiplyAccumulates,
    OptionalDouble peakShare,
    Optional<Judgement> judgement,
    Optional<Place> place) {

  /**
   * Where in a series of sizes a number stands.
   *
   * @param series what grows: {@code hidden}, {@code batch}, {@code layers} or {@code workers}
   * @param size how far
   */
  public record Place(String series, int size) {}

  /**
   * What a ratio within the run should be.
   *
   * @param bound of the ratio
   * @param sense which side of it is good
   * @param to what the number is held against, as shown
   */
  public record Target(double bound, Sense sense, String to) {

    /** The machine's largest measured rate of dense multiply-accumulates. */
    static final String PEAK = "the peak";

    /** Which side of a bound is good. */
    public enum Sense {
      AT_LEAST,
      AT_MOST
    }

    static Target atLeast(double bound, String to) {
      return new Target(bound, Sense.AT_LEAST, to);
    }

    static Target atMost(double bound, String to) {
      return new Target(bound, Sense.AT_MOST, to);
    }

    /** Dense multiply-accumulates a second, as a share of the machine's peak. */
    static Target ofPeak(double share) {
      return atLeast(share, PEAK);
    }

    /** Whether a ratio is good enough. */
    public boolean reachedBy(double ratio) {
      return sense == Sense.AT_LEAST ? ratio >= bound : ratio <= bound;
    }
  }

  /**
   * How a number stands to its target.
   *
   * @param ratio of the median to what the target holds it against
   */
  public record Judgement(double ratio, Target target) {

    /** Whether the target is reached. */
    public boolean reached() {
      return target.reachedBy(ratio);
    }
  }

  public Result {
    values = List.copyOf(values);
  }

  static Result of(BenchmarkPart part, String name, String variant, String unit, Rates rates) {
    return new Result(
        part,
        name,
        variant,
        unit,
        rates.values(),
        rates.median(),
        rates.clockShare(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * With what the arithmetic of it comes to.
   *
   * @param each multiply-accumulates of one unit
   * @param peak multiply-accumulates a second that the machine can do
   */
  Result withArithmetic(double each, double peak) {
    return new Result(
        part,
        name,
        variant,
        unit,
        values,
        median,
        clockShare,
        OptionalDouble.of(each * median),
        OptionalDouble.of(each * median / peak),
        judgement,
        place);
  }

  /** With a target for its share of the peak, which must be known. */
  Result withTarget(Target bound) {
    return judged(peakShare.orElseThrow(), bound);
  }

  /** With a target for its ratio to another number of the run. */
  Result judged(double ratio, Target bound) {
    return new Result(
        part,
        name,
        variant,
        unit,
        values,
        median,
        clockShare,
        multiplyAccumulates,
        peakShare,
        Optional.of(new Judgement(ratio, bound)),
        place);
  }

  Result at(String series, int size) {
    return new Result(
        part,
        name,
        variant,
        unit,
        values,
        median,
        clockShare,
        multiplyAccumulates,
        peakShare,
        judgement,
        Optional.of(new Place(series, size)));
  }

  /** The smallest value. */
  public double least() {
    return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  /** The largest value. */
  public double greatest() {
    return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /** Whether the target is reached, if there is one. */
  public Optional<Boolean> reached() {
    return judgement.map(Judgement::reached);
  }
}
