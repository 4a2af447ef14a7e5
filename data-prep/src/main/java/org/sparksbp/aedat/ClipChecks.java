package org.sparksbp.aedat;

import java.io.IOException;

/**
 * Passes on a clip's events but those outside the sensor or back in time; these become one fault of
 * each kind. Clips have no packets, so any step back in time is one.
 */
final class ClipChecks {

  private final EventVisitor events;
  private final FaultVisitor faults;
  private long last = Long.MIN_VALUE;
  private long outside;
  private long firstOutsideAt;
  private String firstOutside = "";
  private long backwards;
  private long firstBackwardsAt;

  ClipChecks(EventVisitor events, FaultVisitor faults) {
    this.events = events;
    this.faults = faults;
  }

  void event(long at, long time, int x, int y, int polarity) {
    if (x < 0 || y < 0 || x >= EventFormat.SENSOR_SIDE || y >= EventFormat.SENSOR_SIDE) {
      if (outside++ == 0) {
        firstOutsideAt = at;
        firstOutside = "x = " + x + ", y = " + y;
      }
    } else if (time < last) {
      if (backwards++ == 0) {
        firstBackwardsAt = at;
      }
    } else {
      last = time;
      events.event(time, x, y, polarity);
    }
  }

  void finish() throws IOException {
    if (outside > 0) {
      faults.fault(
          "byte " + firstOutsideAt,
          outside + " events outside 128x128 pixels, the first at " + firstOutside);
    }
    if (backwards > 0) {
      faults.fault("byte " + firstBackwardsAt, backwards + " events go back in time");
    }
  }
}
