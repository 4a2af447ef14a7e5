package org.sparksbp.benchmark;

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
