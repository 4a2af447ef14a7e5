package org.sparksbp.figure;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import org.jfree.chart.renderer.PaintScale;

/** Colours that colour-blind readers can tell apart. */
public final class Palette {

  /** After Okabe and Ito, 2008, but for the grey and the brown. */
  private static final List<Color> ARMS =
      List.of(
          new Color(0x55, 0x55, 0x55),
          new Color(0x00, 0x72, 0xb2),
          new Color(0xd5, 0x5e, 0x00),
          new Color(0x00, 0x9e, 0x73),
          new Color(0xcc, 0x79, 0xa7),
          new Color(0xe6, 0x9f, 0x00),
          new Color(0x56, 0xb4, 0xe9),
          new Color(0x8c, 0x51, 0x0a));

  /** Steps of the map viridis (van der Walt and Smith, 2015), from low to high. */
  private static final List<Color> VIRIDIS =
      List.of(
          new Color(0x44, 0x01, 0x54),
          new Color(0x47, 0x2d, 0x7b),
          new Color(0x3b, 0x52, 0x8b),
          new Color(0x2c, 0x72, 0x8e),
          new Color(0x21, 0x91, 0x8c),
          new Color(0x28, 0xae, 0x80),
          new Color(0x5e, 0xc9, 0x62),
          new Color(0xad, 0xdc, 0x30),
          new Color(0xfd, 0xe7, 0x25));

  private static final int SHADES = 64;

  /** Of 255. */
  private static final int SEED_ALPHA = 110;

  private static final List<Color> SHARES =
      List.of(Color.WHITE, new Color(0x56, 0xa0, 0xce), new Color(0x08, 0x30, 0x6b));

  private Palette() {}

  /** Of an arm by its number in the order of the report. */
  public static Color arm(int arm) {
    return ARMS.get(arm % ARMS.size());
  }

  /** Of an arm's single seeds, faint beside what they come to together. */
  static Color seed(int arm) {
    Color colour = arm(arm);
    return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), SEED_ALPHA);
  }

  /** Of values between two bounds. */
  public static PaintScale values(double low, double high) {
    return new Scale(VIRIDIS, low, high);
  }

  /** Of values from the lowest to the highest that is a number, of several rows. */
  public static PaintScale of(List<double[]> rows) {
    double[] known =
        rows.stream()
            .flatMapToDouble(Arrays::stream)
            .filter(value -> !Double.isNaN(value))
            .toArray();
    return values(Arrays.stream(known).min().orElse(0), Arrays.stream(known).max().orElse(1));
  }

  /** Of shares from 0, white, to 1. */
  public static PaintScale shares() {
    return new Scale(SHARES, 0, 1);
  }

  /** Black or white, whichever is read better on a colour. */
  static Color readable(Color ground) {
    double light = 0.299 * ground.getRed() + 0.587 * ground.getGreen() + 0.114 * ground.getBlue();
    return light > 140 ? Color.BLACK : Color.WHITE;
  }

  /** Colours between some, evenly spaced. */
  private record Scale(List<Color> steps, double low, double high) implements PaintScale {

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
      double share = high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0.5;
      // Few shades compress well and are more than an eye tells apart.
      double at = Math.round(share * SHADES) / (double) SHADES * (steps.size() - 1);
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
}
