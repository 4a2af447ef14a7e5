package org.sparksbp.allreduce;

/** Another worker of the same job has ended or cannot be reached. */
public final class PeerLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PeerLostException(String message) {
    super(message);
  }

  PeerLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
