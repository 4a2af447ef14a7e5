package org.sparksbp.export;

/** A model that a format cannot express; the message says what of it, and the way out. */
public final class UnfitModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnfitModelException(String message) {
    super(message);
  }
}
