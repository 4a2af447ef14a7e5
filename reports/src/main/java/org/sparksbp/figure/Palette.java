package org.sparksbp.figure;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;

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
  public static ColourScale values(double low, double high) {
    return ColourScale.linear(VIRIDIS, low, high);
  }

  /**
   * Of values from the lowest to the highest that is a number, of several rows; by their logarithms
   * where they are far apart.
   */
  public static ColourScale of(List<double[]> rows) {
    double[] known =
        rows.stream()
            .flatMapToDouble(Arrays::stream)
            .filter(value -> !Double.isNaN(value))
            .toArray();
    double low = Arrays.stream(known).min().orElse(0);
    return ColourScale.fitting(VIRIDIS, low, Arrays.stream(known).max().orElse(1));
  }

  /** Of shares from 0, white, to 1. */
  public static ColourScale shares() {
    return ColourScale.linear(SHARES, 0, 1);
  }

  /** Black or white, whichever is read better on a colour. */
  static Color readable(Color ground) {
    double light = 0.299 * ground.getRed() + 0.587 * ground.getGreen() + 0.114 * ground.getBlue();
    return light > 140 ? Color.BLACK : Color.WHITE;
  }
}
