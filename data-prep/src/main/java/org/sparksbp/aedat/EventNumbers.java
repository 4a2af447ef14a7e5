package org.sparksbp.aedat;

import java.io.IOException;
import java.util.Locale;
import org.sparksbp.aedat.NpyLayout.TimeUnit;
import org.sparksbp.storage.InvalidInputException;

/**
 * Makes events of numbers that may be of any type, and checks that they can be what they are taken
 * for: polarities, pixels, and times in a unit in which a clip lasts as long as one does.
 */
final class EventNumbers {

  /** Gestures last some seconds. What lasts longer is not counted in the unit that was taken. */
  private static final long LONGEST = 120_000_000;

  /** Of that many events, none that is shorter is in the unit that was taken: a camera's limit. */
  private static final long SHORTEST = 20_000;

  private static final long EVENTS_OF_A_CLIP = 100;

  private final String what;
  private final TimeUnit unit;
  private final String place;
  private final String otherColumn;
  private final ClipChecks checks;

  /**
   * Takes the numbers of a file of the DVS128 camera.
   *
   * @param what kind of file it is and its path, for messages
   * @param place what events are numbered by: {@code byte} or {@code event}
   * @param otherColumn what a column that holds no polarities says of the file
   */
  EventNumbers(
      String what,
      TimeUnit unit,
      String place,
      String otherColumn,
      EventVisitor events,
      FaultVisitor faults) {
    this.what = what;
    this.unit = unit;
    this.place = place;
    this.otherColumn = otherColumn;
    this.checks = new ClipChecks(EventFormat.SENSOR_SIDE, place, events, faults);
  }

  /**
   * Takes an event.
   *
   * @param at its byte or its number in the file
   * @throws InvalidInputException if its polarity is none
   */
  void event(long at, double x, double y, double polarity, double time)
      throws InvalidInputException {
    double microseconds = time * unit.microseconds();
    // Not finite, or beyond what a long counts, or between two pixels.
    if (!Double.isFinite(polarity)
        || !(Math.abs(microseconds) < Long.MAX_VALUE)
        || !isWhole(x)
        || !isWhole(y)) {
      checks.unusable(
          at, "x = " + x + ", y = " + y + ", polarity = " + polarity + ", us = " + microseconds);
      return;
    }
    // Whatever is not one of two values is another column.
    if (polarity != 0 && polarity != 1 && polarity != -1) {
      throw invalid(
          "polarity "
              + polarity
              + " at "
              + place
              + " "
              + at
              + " is neither 0, 1 nor -1: "
              + otherColumn);
    }
    checks.event(at, Math.round(microseconds), (int) x, (int) y, polarity > 0 ? 1 : 0);
  }

  private static boolean isWhole(double pixel) {
    return Double.isFinite(pixel) && pixel == Math.rint(pixel);
  }

  /**
   * Tells the faults.
   *
   * @param events how many were there
   * @throws InvalidInputException if the clip is too long or too short for its unit of time
   */
  void finish(long events) throws IOException {
    checkLength(events);
    checks.finish();
  }

  /** A unit that was taken wrongly stretches or squeezes the clip a thousand times. */
  private void checkLength(long events) throws InvalidInputException {
    if (!checks.passedAny()) {
      return;
    }
    long length = checks.length();
    if (length < 0 || length > LONGEST || (events >= EVENTS_OF_A_CLIP && length < SHORTEST)) {
      throw invalid(
          String.format(
              Locale.ROOT,
              "its %d events span %.3f s with times in %s, which no gesture does; say what they"
                  + " are in by --npy-time us, ms or s",
              events,
              length / 1e6,
              unit.name().toLowerCase(Locale.ROOT)));
    }
  }

  private InvalidInputException invalid(String reason) {
    return new InvalidInputException("Invalid " + what + ": " + reason);
  }
}
