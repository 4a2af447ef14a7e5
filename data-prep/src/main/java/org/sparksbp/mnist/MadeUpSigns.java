package org.sparksbp.mnist;

import java.util.ArrayList;
import java.util.List;
import org.sparksbp.random.RandomStream;

/**
 * Signs that stand for the classes of made-up images where there is no drawing of the real ones:
 * three bent lines each, always the same ones for a set and a class.
 */
final class MadeUpSigns {

  private static final int LINES = 3;
  private static final int POINTS = 3;

  private MadeUpSigns() {}

  /** As {@link DigitStrokes} has them. */
  static List<double[]> of(String set, int index) {
    RandomStream random = RandomStream.of(0, "made-up-sign-" + set, index);
    List<double[]> strokes = new ArrayList<>();
    for (int line = 0; line < LINES; line++) {
      double[] points = new double[2 * POINTS];
      for (int i = 0; i < points.length; i++) {
        points[i] = 0.1 + 0.8 * random.nextDouble();
      }
      strokes.add(points);
    }
    return strokes;
  }
}
