package org.sparksbp.kernel;

/** A process was started in a way that lacks the kernels it is to compute with. */
public final class MissingKernelsException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  MissingKernelsException(String message) {
    super(message);
  }
}
