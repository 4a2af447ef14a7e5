package org.sparksbp.task;

import java.util.Locale;

/** What the records of a raw file are, in which is counted what was read and what is lost. */
public enum RecordUnit {
  /** Images with their labels. */
  IMAGES,
  /** Lines of a dictionary or a label table. */
  LINES,
  /** Events of a camera. */
  EVENTS,
  /** Clips that a label table or a folder has. */
  CLIPS;

  /** {@code images}, as manifests and messages have it. */
  public String lowerCaseName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
