package org.sparksbp.cluster;

/** The cluster has not granted what a job needs. */
public final class NoExecutorsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoExecutorsException(String message) {
    super(message);
  }
}
