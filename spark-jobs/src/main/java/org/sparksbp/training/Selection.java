package org.sparksbp.training;

import org.sparksbp.learner.CheckedSettings;

/**
 * Whose error decides all that is chosen: when training stops, which epoch and which trial is best,
 * what goes on from a rung.
 */
public enum Selection {
  /** The training samples', each inferred before it was learned; where there are no others. */
  TRAIN,
  /** That of the training samples that are not learned but validate. */
  VALIDATION,
  /** The test samples', which then tell nothing of samples that were never looked at. */
  TEST;

  /** Its name in files. */
  public String key() {
    return CheckedSettings.nameOf(this);
  }

  /**
   * The selection of a name in files.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  static Selection ofKey(String key) {
    for (Selection selection : values()) {
      if (selection.key().equals(key)) {
        return selection;
      }
    }
    throw new IllegalArgumentException("Invalid selection: " + key);
  }
}
