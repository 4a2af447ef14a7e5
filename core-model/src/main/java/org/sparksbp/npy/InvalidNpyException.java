package org.sparksbp.npy;

import java.io.IOException;

/** An array that cannot be used; the message is the reason and leaves the file to the caller. */
public final class InvalidNpyException extends IOException {
  private static final long serialVersionUID = 1L;

  public InvalidNpyException(String reason) {
    super(reason);
  }

  InvalidNpyException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
