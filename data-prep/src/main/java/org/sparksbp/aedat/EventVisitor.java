package org.sparksbp.aedat;

/** Receives the events of a camera. */
@FunctionalInterface
public interface EventVisitor {

  /**
   * Takes the next event.
   *
   * @param time in us
   * @param x column, 0 is left, below the sensor's side
   * @param y row, 0 is top, below it, too
   * @param polarity 1 for brighter, 0 for darker
   */
  void event(long time, int x, int y, int polarity);
}
