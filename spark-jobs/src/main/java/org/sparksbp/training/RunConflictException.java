package org.sparksbp.training;

/** The output folder holds something that this run must not write over. Exit code 2. */
public final class RunConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RunConflictException(String message) {
    super(message);
  }
}
