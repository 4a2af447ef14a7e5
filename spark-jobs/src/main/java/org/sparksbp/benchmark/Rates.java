package org.sparksbp.benchmark;

import java.util.List;

/**
 * What came of the repetitions of a measurement.
 *
 * @param values one of each repetition, in their order
 * @param clockShare median share of the clock's time that the thread had the processor; 1 where the
 *     clock itself was read
 */
record Rates(List<Double> values, double clockShare) {

  /**
   * One repetition of a measurement.
   *
   * @param units of work done
   * @param seconds that count: processor seconds of the thread where one core is measured, else
   *     seconds of the clock
   * @param clockSeconds seconds of the clock
   */
  record Repetition(double units, double seconds, double clockSeconds) {

    /** Units of work a second. */
    double rate() {
      return units / Math.max(seconds, 1e-9);
    }
  }

  Rates {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("Invalid measurement: no repetition");
    }
    values = List.copyOf(values);
  }

  /** Rates of repetitions. */
  static Rates of(List<Repetition> repetitions) {
    return new Rates(
        repetitions.stream().map(Repetition::rate).toList(),
        middle(
            repetitions.stream()
                .map(one -> one.seconds() / Math.max(one.clockSeconds(), 1e-9))
                .toList()));
  }

  /** Values that were read off the clock, or off no clock at all. */
  static Rates ofClock(List<Double> values) {
    return new Rates(values, 1);
  }

  double median() {
    return middle(values);
  }

  private static double middle(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
