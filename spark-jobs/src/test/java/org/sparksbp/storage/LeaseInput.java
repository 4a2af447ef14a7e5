package org.sparksbp.storage;

/** Reads leases for tests of other packages. */
public final class LeaseInput {

  private LeaseInput() {}

  /** Reads the text of a lease's file. */
  public static void read(String text) {
    LeaseHolder.of(text).ifPresent(LeaseHolder::toString);
  }

  /** The text of a lease's file. */
  public static String text() {
    return LeaseHolder.here("sbp train").text();
  }
}
