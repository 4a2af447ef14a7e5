package org.sparksbp.inspect;

import java.util.Iterator;
import java.util.List;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeTrain;

/** Sums over samples, held in a {@code long[]} because that is cheap to send. */
final class EventSums {

  static final int SAMPLES = 0;
  static final int EVENTS = 1;
  static final int FEWEST = 2;
  static final int MOST = 3;
  static final int SILENT = 4;

  private EventSums() {}

  static Iterator<long[]> ofPartition(Iterator<Sample> samples) {
    long[] sums = {0, 0, Long.MAX_VALUE, 0, 0};
    while (samples.hasNext()) {
      add(sums, samples.next().spikes());
    }
    return List.of(sums).iterator();
  }

  static long[] merge(long[] left, long[] right) {
    return new long[] {
      left[SAMPLES] + right[SAMPLES],
      left[EVENTS] + right[EVENTS],
      Math.min(left[FEWEST], right[FEWEST]),
      Math.max(left[MOST], right[MOST]),
      left[SILENT] + right[SILENT]
    };
  }

  private static void add(long[] sums, SpikeTrain train) {
    boolean[] spiked = new boolean[train.channels()];
    long[] count = new long[2];
    train.forEach(
        (step, channel) -> {
          count[0]++;
          if (!spiked[channel]) {
            spiked[channel] = true;
            count[1]++;
          }
        });
    sums[SAMPLES]++;
    sums[EVENTS] += count[0];
    sums[FEWEST] = Math.min(sums[FEWEST], count[0]);
    sums[MOST] = Math.max(sums[MOST], count[0]);
    sums[SILENT] += train.channels() - count[1];
  }
}
