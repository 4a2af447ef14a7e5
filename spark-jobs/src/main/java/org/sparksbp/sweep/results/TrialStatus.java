package org.sparksbp.sweep.results;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
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
  @JsonValue
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  static TrialStatus of(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT));
  }
}
