package org.sparksbp.snapshot;

/**
 * How values are distributed.
 *
 * @param of what has these values: a block of parameters or a layer
 * @param low left edge of the first bin
 * @param high right edge of the last bin; all bins are equally wide
 * @param counts values by bin; an inner edge belongs to the bin on its right
 * @param mean of the values
 * @param deviation their standard deviation, by their number
 */
public record Histogram(
    String of, double low, double high, long[] counts, double mean, double deviation) {

  /** Bins of every histogram. */
  public static final int BINS = 40;

  /**
   * Sorts values into {@link #BINS} bins between the lowest and the highest.
   *
   * @param values in an array, from {@code offset} on; values that are not finite are left out
   */
  public static Histogram of(String of, float[] values, int offset, int length) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double sum = 0;
    double squares = 0;
    long finite = 0;
    for (int i = offset; i < offset + length; i++) {
      if (Float.isFinite(values[i])) {
        low = Math.min(low, values[i]);
        high = Math.max(high, values[i]);
        sum += values[i];
        squares += (double) values[i] * values[i];
        finite++;
      }
    }
    if (finite == 0) {
      return new Histogram(of, 0, 1, new long[BINS], 0, 0);
    }
    if (low == high) {
      // One value alone: bins around it, wide enough to be told apart.
      double margin = Math.max(Math.abs(low) * 0.01, 1e-6);
      low -= margin;
      high += margin;
    }
    double mean = sum / finite;
    double deviation = Math.sqrt(Math.max(0, squares / finite - mean * mean));
    return new Histogram(of, low, high, counts(values, offset, length, low, high), mean, deviation);
  }

  private static long[] counts(float[] values, int offset, int length, double low, double high) {
    long[] counts = new long[BINS];
    for (int i = offset; i < offset + length; i++) {
      if (Float.isFinite(values[i])) {
        int bin = (int) ((values[i] - low) / (high - low) * BINS);
        counts[Math.min(bin, BINS - 1)]++;
      }
    }
    return counts;
  }

  /** Left edge of a bin; of the bin behind the last, the right edge of that. */
  public double edge(int bin) {
    return low + (high - low) * bin / counts.length;
  }

  /** Number of values. */
  public long total() {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    return total;
  }
}
