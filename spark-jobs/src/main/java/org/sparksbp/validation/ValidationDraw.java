package org.sparksbp.validation;

import com.typesafe.config.Config;
import java.io.Serializable;
import org.sparksbp.learner.CheckedSettings;
import org.sparksbp.random.RandomStream;

/**
 * Which groups of training samples validate: every group has a number that seed and name decide,
 * and those with the lowest numbers validate, as many as come closest to a share of the samples. At
 * least one group does, unless there is one alone.
 *
 * @param fraction share of the training samples, from 0 to below 1; 0 for none
 * @param seed decides the numbers; it has nothing to do with the run's seed, so that all arms and
 *     seeds of a comparison validate on the same samples
 */
public record ValidationDraw(double fraction, long seed) implements Serializable {

  /** A group's number is read as so many digits, each of so many bits. */
  private static final int DIGITS = 3;

  private static final int DIGIT_BITS = 10;
  private static final int DIGIT_VALUES = 1 << DIGIT_BITS;

  /** The samples' numbers, wherever they are. */
  @FunctionalInterface
  interface Numbers {

    /**
     * Counts samples by a digit of their numbers.
     *
     * @param digit 0 for the most significant one
     * @param before the digits before it that a sample must have, as one number
     * @return as many counts as a digit has values
     */
    long[] count(int digit, int before);
  }

  /**
   * Reads the group {@code data}.
   *
   * @throws com.typesafe.config.ConfigException naming the key that makes no sense
   */
  public static ValidationDraw of(Config configuration) {
    CheckedSettings data = new CheckedSettings(configuration, "data");
    return new ValidationDraw(
        data.belowOne("validation"), configuration.getLong("data.validation-seed"));
  }

  public boolean isNone() {
    return fraction == 0;
  }

  /** The number of a group, 30 bits; two groups that have the same one go the same way. */
  int number(String group) {
    long drawn = RandomStream.of(seed, "validation " + group).nextLong();
    return (int) (drawn >>> (Long.SIZE - DIGITS * DIGIT_BITS));
  }

  /**
   * Counts samples that are here, as {@link Numbers#count} asks.
   *
   * @param numbers of each sample's group
   */
  static long[] counts(int[] numbers, int digit, int before) {
    int below = (DIGITS - 1 - digit) * DIGIT_BITS;
    long[] counts = new long[DIGIT_VALUES];
    for (int number : numbers) {
      if (number >>> below >>> DIGIT_BITS == before) {
        counts[(number >>> below) & (DIGIT_VALUES - 1)]++;
      }
    }
    return counts;
  }

  /**
   * The lowest number that does not validate, digit by digit, so that nobody has all numbers in one
   * place.
   *
   * @param samples how many there are
   */
  int bound(Numbers numbers, long samples) {
    if (isNone() || samples == 0) {
      return 0;
    }
    long wanted = Math.max(1, Math.round(fraction * samples));
    long below = 0;
    long within = 0;
    int found = 0;
    for (int digit = 0; digit < DIGITS; digit++) {
      long[] counts = numbers.count(digit, found);
      int value = 0;
      while (below + counts[value] < wanted) {
        below += counts[value++];
      }
      within = counts[value];
      found = found << DIGIT_BITS | value;
    }
    boolean closerWithout = below > 0 && wanted - below < below + within - wanted;
    return closerWithout || below + within == samples ? found : found + 1;
  }
}
