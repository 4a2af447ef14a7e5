package org.sparksbp.storage;

import java.io.IOException;

/**
 * Raw or prepared data that cannot be used; the message says what, where and what to do. Exit code
 * 3.
 */
public final class InvalidInputException extends IOException {
  private static final long serialVersionUID = 1L;

  public InvalidInputException(String message) {
    super(message);
  }

  public InvalidInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
