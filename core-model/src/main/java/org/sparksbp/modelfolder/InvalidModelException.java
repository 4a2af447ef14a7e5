package org.sparksbp.modelfolder;

import java.io.IOException;

/** A model folder that cannot be used; the message names the file. */
public final class InvalidModelException extends IOException {
  private static final long serialVersionUID = 1L;

  public InvalidModelException(String message) {
    super(message);
  }

  public InvalidModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
