package org.sparksbp.device;

/** There is no device to compute on; the message says what was looked for and what is missing. */
public final class NoDeviceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NoDeviceException(String message) {
    super(message);
  }

  NoDeviceException(String message, Throwable cause) {
    super(message, cause);
  }
}
