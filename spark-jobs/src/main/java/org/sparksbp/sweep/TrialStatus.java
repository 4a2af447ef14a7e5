package org.sparksbp.sweep;

import java.util.Locale;

/** How far a trial is. */
public enum TrialStatus {
  /** All epochs are trained. */
  DONE,
  /** It cannot be trained; its reason says why. */
  FAILED,
  /** It has ended before its last epoch, as its configuration or the sweep's rungs say. */
  STOPPED,
  /** It waits at a rung. */
  PAUSED;

  /** The name in files. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  static TrialStatus of(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT));
  }
}
