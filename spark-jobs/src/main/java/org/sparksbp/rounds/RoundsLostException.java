package org.sparksbp.rounds;

/**
 * Spark has not brought rounds to their end, a worker of them being lost. They may be run again
 * from the same parameters, to the same bits.
 */
final class RoundsLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Rounds that are lost.
   *
   * @param what was lost
   * @param reason in a line
   */
  RoundsLostException(String what, String reason, Throwable cause) {
    super(what + ": " + String.valueOf(reason).lines().findFirst().orElse(""), cause);
  }
}
