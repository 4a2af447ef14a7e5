package org.sparksbp.mnist;

import java.util.Arrays;
import java.util.List;
import org.sparksbp.random.RandomStream;

/** Draws images of strokes with random shift, rotation, slant, size, width and noise. */
final class StrokeDrawing {

  private static final int SIDE = IdxHeader.SIDE;

  private StrokeDrawing() {}

  /** One image, {@code [28 * 28]}, 0 background, 255 ink. */
  static byte[] draw(List<double[]> strokes, RandomStream random) {
    double[] transform = transform(random);
    double halfWidth = 1.0 + 0.8 * random.nextDouble();
    float[] ink = new float[SIDE * SIDE];
    for (double[] stroke : strokes) {
      double[] points = apply(transform, stroke);
      for (int i = 0; i + 3 < points.length; i += 2) {
        drawLine(ink, Arrays.copyOfRange(points, i, i + 4), halfWidth);
      }
    }
    byte[] pixels = new byte[ink.length];
    for (int i = 0; i < pixels.length; i++) {
      double noisy = ink[i] * (0.9 + 0.1 * random.nextDouble());
      if (random.nextInt(200) == 0) {
        noisy = Math.max(noisy, 0.4 * random.nextDouble());
      }
      pixels[i] = (byte) Math.round(255 * noisy);
    }
    return pixels;
  }

  /** Rotation, slant, size and shift as {@code x' = a x + b y + c, y' = d x + e y + f}. */
  private static double[] transform(RandomStream random) {
    double angle = StrictMath.toRadians(between(random, -12, 12));
    double slant = between(random, -0.25, 0.15);
    double sizeX = 20 * between(random, 0.85, 1.15);
    double sizeY = 20 * between(random, 0.9, 1.1);
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    double[] t = {
      cos * sizeX, (cos * slant - sin) * sizeY, 0, sin * sizeX, (sin * slant + cos) * sizeY, 0
    };
    // The middle of the unit square goes to the middle of the image, shifted.
    t[2] = SIDE / 2.0 + between(random, -1.5, 1.5) - 0.5 * (t[0] + t[1]);
    t[5] = SIDE / 2.0 + between(random, -1.5, 1.5) - 0.5 * (t[3] + t[4]);
    return t;
  }

  private static double between(RandomStream random, double from, double to) {
    return from + (to - from) * random.nextDouble();
  }

  private static double[] apply(double[] t, double[] stroke) {
    double[] points = new double[stroke.length];
    for (int i = 0; i < stroke.length; i += 2) {
      points[i] = t[0] * stroke[i] + t[1] * stroke[i + 1] + t[2];
      points[i + 1] = t[3] * stroke[i] + t[4] * stroke[i + 1] + t[5];
    }
    return points;
  }

  /** Inks the pixels by their distance to the line, with an edge one pixel soft. */
  private static void drawLine(float[] ink, double[] line, double halfWidth) {
    int reach = (int) Math.ceil(halfWidth + 1);
    int top = Math.max(0, (int) Math.min(line[1], line[3]) - reach);
    int bottom = Math.min(SIDE - 1, (int) Math.max(line[1], line[3]) + reach);
    int left = Math.max(0, (int) Math.min(line[0], line[2]) - reach);
    int right = Math.min(SIDE - 1, (int) Math.max(line[0], line[2]) + reach);
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        double distance = distance(line, x + 0.5, y + 0.5);
        float value = (float) Math.max(0, Math.min(1, halfWidth + 0.5 - distance));
        ink[y * SIDE + x] = Math.max(ink[y * SIDE + x], value);
      }
    }
  }

  private static double distance(double[] line, double x, double y) {
    double dx = line[2] - line[0];
    double dy = line[3] - line[1];
    double squared = dx * dx + dy * dy;
    double along = squared == 0 ? 0 : ((x - line[0]) * dx + (y - line[1]) * dy) / squared;
    double inside = Math.max(0, Math.min(1, along));
    double offX = x - line[0] - inside * dx;
    double offY = y - line[1] - inside * dy;
    return Math.sqrt(offX * offX + offY * offY);
  }
}
