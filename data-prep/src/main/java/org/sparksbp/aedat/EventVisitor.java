package org.sparksbp.aedat;

/** Receives the events of a camera. */
@FunctionalInterface
public interface EventVisitor {

  /**
   * Takes the next event.
   *
   * @param time in us
   * @param x column, 0 is left, below 128
   * @param y row, 0 is top, below 128
   * @param polarity 1 for brighter, 0 for darker
   */
  void event(long time, int x, int y, int polarity);
}
