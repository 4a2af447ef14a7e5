package org.sparksbp.http;

import java.io.IOException;

/** A request that has not come to a good end. Its message has nothing of the address. */
public final class RequestFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String body;

  RequestFailedException(int status, String body) {
    super("status " + status);
    this.status = status;
    this.body = body;
  }

  /** A request without a usable answer. */
  public RequestFailedException(String message, Throwable cause) {
    super(message, cause);
    this.status = 0;
    this.body = "";
  }

  /** The server's answer; 0 if there was none. */
  public int status() {
    return status;
  }

  /** What the server says to it. */
  public String body() {
    return body;
  }

  /** Whether the same request may come to a better end later. */
  public boolean mayPass() {
    return status == 0 || status == 408 || status == 429 || status >= 500;
  }
}
