package org.sparksbp.rounds;

import java.io.Serializable;

/**
 * Consecutive rounds of an epoch.
 *
 * @param epoch from 1
 * @param first the first one, in the epoch, from 0
 * @param count how many there are, at least 1
 */
public record RoundSpan(int epoch, int first, int count) implements Serializable {

  /** As people count them. */
  @Override
  public String toString() {
    String last = count == 1 ? "" : " to " + (first + count);
    return "epoch " + epoch + ", round" + (count == 1 ? " " : "s ") + (first + 1) + last;
  }

  /** The first of these rounds. */
  RoundSpan limitedTo(int most) {
    return new RoundSpan(epoch, first, Math.min(most, count));
  }
}
