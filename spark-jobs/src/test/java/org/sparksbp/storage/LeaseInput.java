package org.sparksbp.storage;

/** Reads leases for tests of other packages. */
public final class LeaseInput {

  private LeaseInput() {}

  /** Reads the text of a lease's file. */
  public static Object read(String text) {
    return LeaseHolder.of(text).map(LeaseHolder::toString);
  }

  /** The text of a lease's file. */
  public static String text() {
    return LeaseHolder.here("sbp train").text();
  }
}
