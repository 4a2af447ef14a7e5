package org.sparksbp.nmnist;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.aedat.EventFormat;
import org.sparksbp.random.RandomStream;
import org.sparksbp.storage.AtomicFile;

/** Clips of digits of seven bars, filmed by a camera that moves along the sides of a triangle. */
final class SyntheticSaccades {

  private static final int SIDE = EventFormat.NMNIST_SIDE;
  private static final int SACCADES = 3;
  private static final int SACCADE_MICROSECONDS = 100_000;
  private static final int EVENTS_A_SACCADE = 400;

  /** One in so many events is noise. */
  private static final int NOISE = 12;

  private static final double HALF_WIDTH = 1.2;
  private static final double REACH = 3;

  /** Where the seven bars of a digit begin and end, in halves of its height. */
  private static final double[][] BARS = {
    {-0.6, -1, 0.6, -1},
    {0.6, -1, 0.6, 0},
    {0.6, 0, 0.6, 1},
    {-0.6, 1, 0.6, 1},
    {-0.6, 0, -0.6, 1},
    {-0.6, -1, -0.6, 0},
    {-0.6, 0, 0.6, 0},
  };

  /** The bars of each digit, the lowest bit for the first of them. */
  private static final int[] DIGITS = {
    0b0111111, 0b0000110, 0b1011011, 0b1001111, 0b1100110,
    0b1101101, 0b1111101, 0b0000111, 0b1111111, 0b1101111,
  };

  private SyntheticSaccades() {}

  static void write(Configuration hadoop, Path directory, int samples, long seed)
      throws IOException {
    int test = Math.max(1, samples / 7);
    writeSplit(hadoop, new Path(directory, "Train"), samples - test, seed);
    writeSplit(hadoop, new Path(directory, "Test"), test, seed);
  }

  private static void writeSplit(Configuration hadoop, Path folder, int clips, long seed)
      throws IOException {
    for (int number = 0; number < clips; number++) {
      RandomStream random = RandomStream.of(seed, "synthetic-saccades-" + folder.getName(), number);
      int digit = random.nextInt(DIGITS.length);
      String name = String.format(Locale.ROOT, "%d/%05d.bin", digit, number + 1);
      AtomicFile.write(hadoop, new Path(folder, name), clip(digit, random));
    }
  }

  private static byte[] clip(int digit, RandomStream random) {
    double size = 8 + 2 * random.nextDouble();
    double slant = 0.5 * random.nextDouble() - 0.25;
    double left = SIDE / 2.0 + 4 * random.nextDouble() - 2;
    double top = SIDE / 2.0 + 4 * random.nextDouble() - 2;
    ByteArrayOutputStream events = new ByteArrayOutputStream();
    for (int saccade = 0; saccade < SACCADES; saccade++) {
      double[] from = corner(saccade);
      double[] to = corner(saccade + 1);
      int[] times = new int[EVENTS_A_SACCADE];
      Arrays.setAll(times, i -> random.nextInt(SACCADE_MICROSECONDS));
      Arrays.sort(times);
      for (int time : times) {
        double part = time / (double) SACCADE_MICROSECONDS;
        double[] bar = bar(digit, random);
        double along = random.nextDouble();
        double y = bar[1] + along * (bar[3] - bar[1]);
        double x = bar[0] + along * (bar[2] - bar[0]) - slant * y;
        // The digit goes against the camera; its front is brighter, its back darker.
        double dx = from[0] - to[0];
        double dy = from[1] - to[1];
        double length = Math.sqrt(dx * dx + dy * dy);
        int polarity = random.nextInt(2);
        double off = (polarity == 1 ? HALF_WIDTH : -HALF_WIDTH) / length;
        put(
            events,
            saccade * SACCADE_MICROSECONDS + time,
            left + size * x + (1 - part) * from[0] + part * to[0] + off * dx,
            top + size * y + (1 - part) * from[1] + part * to[1] + off * dy,
            polarity,
            random);
      }
    }
    return events.toByteArray();
  }

  private static double[] bar(int digit, RandomStream random) {
    int bar = random.nextInt(BARS.length);
    while ((DIGITS[digit] >> bar & 1) == 0) {
      bar = random.nextInt(BARS.length);
    }
    return BARS[bar];
  }

  /** Where the digit is at the corners of the camera's way. */
  private static double[] corner(int number) {
    double angle = 2 * Math.PI * number / SACCADES;
    return new double[] {REACH * StrictMath.cos(angle), REACH * StrictMath.sin(angle)};
  }

  private static void put(
      ByteArrayOutputStream events,
      int time,
      double x,
      double y,
      int polarity,
      RandomStream random) {
    boolean isNoise = random.nextInt(NOISE) == 0;
    int column = isNoise ? random.nextInt(SIDE) : (int) Math.round(x);
    int row = isNoise ? random.nextInt(SIDE) : (int) Math.round(y);
    if (column >= 0 && row >= 0 && column < SIDE && row < SIDE) {
      events.write(column);
      events.write(row);
      events.write(polarity << 7 | time >>> 16);
      events.write(time >>> 8);
      events.write(time);
    }
  }
}
