package org.sparksbp.mnist;

import java.util.ArrayList;
import java.util.List;

/**
 * The ten digits as polylines in a square of side 1, x to the right, y down: points of a line one
 * after the other, {@code {x0, y0, x1, y1, ...}}.
 */
final class DigitStrokes {

  private static final int ARC_POINTS = 14;

  private DigitStrokes() {}

  static List<double[]> of(int digit) {
    List<double[]> strokes = new ArrayList<>();
    switch (digit) {
      case 0 -> strokes.add(arc(0.5, 0.5, 0.27, 0.4, 0, 360));
      case 1 -> strokes.add(new double[] {0.38, 0.25, 0.53, 0.1, 0.53, 0.9});
      case 2 ->
          strokes.add(
              join(arc(0.5, 0.32, 0.25, 0.22, 190, 400), new double[] {0.24, 0.88, 0.78, 0.88}));
      case 3 -> {
        strokes.add(arc(0.47, 0.3, 0.24, 0.2, 200, 450));
        strokes.add(arc(0.47, 0.69, 0.28, 0.21, 270, 520));
      }
      case 4 -> {
        strokes.add(new double[] {0.6, 0.1, 0.22, 0.62, 0.8, 0.62});
        strokes.add(new double[] {0.62, 0.4, 0.62, 0.92});
      }
      case 5 ->
          strokes.add(
              join(
                  new double[] {0.74, 0.1, 0.32, 0.1, 0.28, 0.45},
                  arc(0.46, 0.65, 0.28, 0.24, 235, 500)));
      case 6 -> {
        strokes.add(new double[] {0.64, 0.08, 0.42, 0.28, 0.28, 0.55, 0.26, 0.68});
        strokes.add(arc(0.48, 0.69, 0.22, 0.21, 0, 360));
      }
      case 7 -> strokes.add(new double[] {0.24, 0.12, 0.76, 0.12, 0.42, 0.92});
      case 8 -> {
        strokes.add(arc(0.5, 0.3, 0.19, 0.19, 0, 360));
        strokes.add(arc(0.5, 0.69, 0.24, 0.21, 0, 360));
      }
      case 9 -> {
        strokes.add(arc(0.5, 0.32, 0.23, 0.21, 0, 360));
        strokes.add(new double[] {0.73, 0.32, 0.7, 0.6, 0.6, 0.92});
      }
      default -> throw new IllegalArgumentException("Invalid digit: " + digit);
    }
    return strokes;
  }

  /** Part of an ellipse; degrees from the right, clockwise on the screen. */
  private static double[] arc(
      double x, double y, double radiusX, double radiusY, double from, double to) {
    double[] points = new double[2 * (ARC_POINTS + 1)];
    for (int i = 0; i <= ARC_POINTS; i++) {
      double angle = StrictMath.toRadians(from + (to - from) * i / ARC_POINTS);
      points[2 * i] = x + radiusX * StrictMath.cos(angle);
      points[2 * i + 1] = y + radiusY * StrictMath.sin(angle);
    }
    return points;
  }

  private static double[] join(double[] first, double[] second) {
    double[] joined = java.util.Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}
