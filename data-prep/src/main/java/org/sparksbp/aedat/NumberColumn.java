package org.sparksbp.aedat;

import java.io.IOException;
import java.util.List;

/** One of the columns of a clip that has its numbers in an array each. */
interface NumberColumn {

  /** Names that libraries give the columns x, y, polarity and time, in this order. */
  List<List<String>> NAMES =
      List.of(
          List.of("x", "xs"),
          List.of("y", "ys"),
          List.of("p", "ps", "pol", "polarity", "polarities"),
          List.of("t", "ts", "time", "times", "timestamp", "timestamps"));

  /** What such files must have, for messages. */
  String WANTED = "arrays x, y, p and t (or xs, ys, ps, ts; polarity; time, timestamp)";

  /** How many numbers it says to have. */
  long length();

  /**
   * Reads on.
   *
   * @return how many numbers were read, fewer than {@code count} where the column ends early
   */
  int read(double[] numbers, int count) throws IOException;

  /** Checks what can be told of the column only at its end. */
  void finish() throws IOException;
}
