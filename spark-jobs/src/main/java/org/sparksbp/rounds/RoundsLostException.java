package org.sparksbp.rounds;

/**
 * Spark has not brought rounds to their end, a worker of them being lost. They may be run again
 * from the same parameters, to the same bits.
 */
final class RoundsLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RoundsLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
