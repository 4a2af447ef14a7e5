package org.sparksbp.mlflow;

import org.sparksbp.http.RequestFailedException;

/** What a user is told of a server that is not told. */
final class TrackingTexts {

  private static final int MOST = 200;

  private TrackingTexts() {}

  /** The server is not there, or not well. */
  static String away(TrackingServer server, RequestFailedException e) {
    return "Cannot tell MLflow at "
        + server
        + " now ("
        + e.getMessage()
        + "): training goes on, and it is tried again";
  }

  /** The server will not have it. */
  static String refused(TrackingServer server, RequestFailedException e) {
    return "Cannot tell MLflow at " + server + ", it refuses: " + said(e);
  }

  /** Status and the beginning of what the server says. */
  static String said(RequestFailedException e) {
    String body = e.body().strip().replaceAll("\\s+", " ");
    String start = body.length() > MOST ? body.substring(0, MOST) + "..." : body;
    return e.getMessage() + (start.isEmpty() ? "" : ", " + start);
  }
}
