package org.sparksbp.benchmark;

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
