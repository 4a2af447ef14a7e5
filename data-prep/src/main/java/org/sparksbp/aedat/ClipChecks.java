package org.sparksbp.aedat;

import java.io.IOException;

/**
 * Passes on a clip's events but those outside the sensor, back in time or of values that are none;
 * these become one fault of each kind. Clips have no packets, so any step back in time is one.
 */
final class ClipChecks {

  private final int side;
  private final String place;
  private final EventVisitor events;
  private final FaultVisitor faults;
  private long last = Long.MIN_VALUE;
  private long outside;
  private long firstOutsideAt;
  private String firstOutside = "";
  private long backwards;
  private long firstBackwardsAt;
  private long unusable;
  private long firstUnusableAt;
  private String firstUnusable = "";
  private long first = Long.MIN_VALUE;

  /**
   * @param side pixels on the sensor's
   * @param place what faults are told at the number of: {@code byte} or {@code event}
   */
  ClipChecks(int side, String place, EventVisitor events, FaultVisitor faults) {
    this.side = side;
    this.place = place + " ";
    this.events = events;
    this.faults = faults;
  }

  /** Takes an event whose place or time is no number, or no whole pixel. */
  void unusable(long at, String values) {
    if (unusable++ == 0) {
      firstUnusableAt = at;
      firstUnusable = values;
    }
  }

  void event(long at, long time, int x, int y, int polarity) {
    if (x < 0 || y < 0 || x >= side || y >= side) {
      if (outside++ == 0) {
        firstOutsideAt = at;
        firstOutside = "x = " + x + ", y = " + y;
      }
    } else if (time < last) {
      if (backwards++ == 0) {
        firstBackwardsAt = at;
      }
    } else {
      if (first == Long.MIN_VALUE) {
        first = time;
      }
      last = time;
      events.event(time, x, y, polarity);
    }
  }

  /** Whether any event was passed on. */
  boolean passedAny() {
    return first != Long.MIN_VALUE;
  }

  /** Time between the first and the last event that were passed on, in us. */
  long length() {
    return last - first;
  }

  void finish() throws IOException {
    if (unusable > 0) {
      faults.fault(
          unusable,
          place + firstUnusableAt,
          unusable
              + " events whose values are no whole pixels or no times, the first "
              + firstUnusable);
    }
    if (outside > 0) {
      faults.fault(
          outside,
          place + firstOutsideAt,
          outside
              + " events outside "
              + side
              + "x"
              + side
              + " pixels, the first at "
              + firstOutside);
    }
    if (backwards > 0) {
      faults.fault(backwards, place + firstBackwardsAt, backwards + " events go back in time");
    }
  }
}
