package org.sparksbp.benchmark;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One number with its spread.
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
 * @param target what the median should be
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
    Optional<Target> target,
    Optional<Place> place) {

  /**
   * Where in a series of sizes a number stands.
   *
   * @param series what grows: {@code hidden}, {@code batch}, {@code layers} or {@code workers}
   * @param size how far
   */
  public record Place(String series, int size) {}

  /**
   * What a number should be.
   *
   * @param value the bound, in the unit of the number
   * @param sense which side of it is good
   */
  public record Target(double value, Sense sense) {

    /** Which side of a bound is good. */
    public enum Sense {
      AT_LEAST,
      AT_MOST
    }

    static Target atLeast(double value) {
      return new Target(value, Sense.AT_LEAST);
    }

    static Target atMost(double value) {
      return new Target(value, Sense.AT_MOST);
    }

    /** Whether a number is good enough. */
    public boolean reachedBy(double number) {
      return sense == Sense.AT_LEAST ? number >= value : number <= value;
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
        target,
        place);
  }

  Result withTarget(Target bound) {
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
        Optional.of(bound),
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
        target,
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
    return target.map(bound -> bound.reachedBy(median));
  }
}
