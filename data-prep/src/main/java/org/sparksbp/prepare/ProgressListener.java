package org.sparksbp.prepare;

/** Hears how far a preparation has come; called on the driver, a few times a second at most. */
@FunctionalInterface
public interface ProgressListener {

  /** Hears nothing. */
  ProgressListener NONE = (stage, done, total) -> {};

  /**
   * @param stage what is being done: {@code hash input} or {@code prepare}
   * @param done files or slices done
   * @param total files or slices in all
   */
  void progress(String stage, long done, long total);
}
