package org.sparksbp.figure;

import java.awt.Color;
import java.util.List;
import org.jfree.chart.renderer.PaintScale;

/**
 * Colours of numbers from a lowest to a highest one, evenly spaced by the numbers or by their
 * logarithms.
 */
public final class ColourScale implements PaintScale {

  /** From there on, of the highest to the lowest number, equal steps hide all but the extremes. */
  private static final double WIDE = 10;

  private static final int SHADES = 64;

  private final List<Color> steps;
  private final double low;
  private final double high;
  private final boolean isLogarithmic;

  private ColourScale(List<Color> steps, double low, double high, boolean isLogarithmic) {
    this.steps = List.copyOf(steps);
    this.low = low;
    this.high = high;
    this.isLogarithmic = isLogarithmic;
  }

  /** Of numbers in equal steps. */
  static ColourScale linear(List<Color> steps, double low, double high) {
    return new ColourScale(steps, low, high, false);
  }

  /**
   * Of numbers in equal steps, or in equal ratios where the highest is many times the lowest: one
   * network that learned nothing would make all others alike.
   */
  static ColourScale fitting(List<Color> steps, double low, double high) {
    return new ColourScale(steps, low, high, low > 0 && high > WIDE * low);
  }

  /** Whether equal ratios, and not equal differences, have equal distances. */
  boolean isLogarithmic() {
    return isLogarithmic;
  }

  /** The number whose colour stands at that share, from 0 to 1, of all colours. */
  double at(double share) {
    return isLogarithmic ? low * Math.pow(high / low, share) : low + share * (high - low);
  }

  private double share(double value) {
    if (high <= low) {
      return 0.5;
    }
    double share =
        isLogarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    return Math.min(1, Math.max(0, share));
  }

  @Override
  public double getLowerBound() {
    return low;
  }

  @Override
  public double getUpperBound() {
    return high;
  }

  @Override
  public Color getPaint(double value) {
    // Few shades compress well and are more than an eye tells apart.
    double at = Math.round(share(value) * SHADES) / (double) SHADES * (steps.size() - 1);
    int below = (int) Math.min(at, steps.size() - 2);
    double rest = at - below;
    Color from = steps.get(below);
    Color to = steps.get(below + 1);
    return new Color(
        between(from.getRed(), to.getRed(), rest),
        between(from.getGreen(), to.getGreen(), rest),
        between(from.getBlue(), to.getBlue(), rest));
  }

  private static int between(int from, int to, double share) {
    return (int) Math.round(from + share * (to - from));
  }
}
