package org.sparksbp.task;

import java.util.Locale;

/** What a sample is for. */
public enum Split {
  TRAIN,
  TEST;

  /** {@code train} or {@code test}, as ids, file names and shards have it. */
  public String lowerCaseName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
