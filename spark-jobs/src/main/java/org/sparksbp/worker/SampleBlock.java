package org.sparksbp.worker;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.sparksbp.random.RandomStream;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;

/** The samples that one worker holds, sparse, in the order of their positions. */
public final class SampleBlock implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int worker;
  private final Sample[] samples;
  private transient volatile EpochOrder latestOrder;

  /** An order and what it was drawn for; immutable, so that two tasks may race for the field. */
  private record EpochOrder(long seed, int epoch, int[] order) {}

  SampleBlock(int worker, Sample[] samples) {
    this.worker = worker;
    this.samples = samples;
  }

  /** Number of the worker, from 0. */
  public int worker() {
    return worker;
  }

  public int size() {
    return samples.length;
  }

  /** The samples in the order of their positions; a view. */
  public List<Sample> samples() {
    return Collections.unmodifiableList(Arrays.asList(samples));
  }

  /** The order, drawn for this worker and epoch, in which samples are learned. */
  public int[] shuffledOrder(long seed, int epoch) {
    EpochOrder latest = latestOrder;
    if (latest == null || latest.seed() != seed || latest.epoch() != epoch) {
      int[] order =
          RandomStream.of(seed, "sample-order", epoch, worker).permutation(samples.length);
      latest = new EpochOrder(seed, epoch, order);
      latestOrder = latest;
    }
    return latest.order();
  }

  /**
   * A batch of neighbours in an order.
   *
   * @param order from {@link #shuffledOrder}, or null for the order of positions
   * @param number of the batch, from 0
   * @param batchSize samples of a batch; the last one may have fewer
   */
  public SpikeBatch batch(int[] order, int number, int batchSize) {
    int from = number * batchSize;
    int to = Math.min(samples.length, from + batchSize);
    Sample[] batch = new Sample[to - from];
    for (int i = from; i < to; i++) {
      batch[i - from] = samples[order == null ? i : order[i]];
    }
    return new SpikeBatch(Arrays.asList(batch));
  }

  /** Batches of that size in the block. */
  public int batches(int batchSize) {
    return (int) (((long) samples.length + batchSize - 1) / batchSize);
  }
}
