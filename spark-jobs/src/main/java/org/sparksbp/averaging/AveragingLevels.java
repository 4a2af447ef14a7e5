package org.sparksbp.averaging;

/**
 * In how many steps workers in different executors average directly; every way gives the same bits.
 */
public enum AveragingLevels {
  /** {@link #TWO} where there are many executors, else {@link #ONE}. */
  AUTO("auto"),

  /** Every executor exchanges with all others. */
  ONE("1"),

  /** Every executor exchanges with those of its group, and with one of each other group. */
  TWO("2");

  /** Executors up to which each has a connection to all others. */
  private static final int FEW = 64;

  private final String key;

  AveragingLevels(String key) {
    this.key = key;
  }

  /** The value of the configuration key {@code averaging.levels}. */
  public String key() {
    return key;
  }

  /** Groups that executors are divided into: about as many as one of them has executors. */
  public int groups(int executors) {
    boolean one = this == ONE || (this == AUTO && executors <= FEW);
    return one ? 1 : (int) Math.ceil(Math.sqrt(executors));
  }
}
