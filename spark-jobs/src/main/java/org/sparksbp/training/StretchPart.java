package org.sparksbp.training;

import java.io.Serializable;
import java.util.ArrayList;

/** What one worker brings back from a stretch of rounds. */
final class StretchPart implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<WorkerReport> reports = new ArrayList<>();
  private final ArrayList<Long> nanoseconds = new ArrayList<>();
  private boolean finite = true;
  private float[] parameters;
  private final String executor;
  private final String doorway;

  /**
   * A part without rounds yet.
   *
   * @param executor address of the worker's executor
   * @param doorway where it lets workers of other executors in, empty if there are none
   */
  StretchPart(String executor, String doorway) {
    this.executor = executor;
    this.doorway = doorway;
  }

  /**
   * Adds a round.
   *
   * @param finiteParameters whether the averaged parameters are finite; if not it is the last round
   */
  void add(WorkerReport report, boolean finiteParameters, long nanosecondsTaken) {
    reports.add(report);
    nanoseconds.add(nanosecondsTaken);
    finite = finiteParameters;
  }

  void setParameters(float[] averaged) {
    parameters = averaged;
  }

  String executor() {
    return executor;
  }

  String doorway() {
    return doorway;
  }

  int rounds() {
    return reports.size();
  }

  WorkerReport report(int round) {
    return reports.get(round);
  }

  long nanoseconds(int round) {
    return nanoseconds.get(round);
  }

  /** Whether the averaged parameters of a round are finite. */
  boolean finite(int round) {
    return finite || round < reports.size() - 1;
  }

  /** The averaged parameters after the last round; null from all workers but the first. */
  float[] parameters() {
    return parameters;
  }
}
