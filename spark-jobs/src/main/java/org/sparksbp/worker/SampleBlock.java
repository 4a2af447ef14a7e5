package org.sparksbp.worker;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import org.apache.spark.util.KnownSizeEstimation;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;

/**
 * The samples that one worker holds, sparse, in the order of their positions. To another process
 * goes its number alone.
 */
public final class SampleBlock implements Serializable, KnownSizeEstimation {
  private static final long serialVersionUID = 1L;

  private static final long BYTES_ON_HEAP = 1024;

  private final int worker;
  private final transient List<Sample> samples;
  private transient volatile EpochOrder latestOrder;

  /**
   * A block.
   *
   * @param samples by position; each is asked for when a batch needs it
   */
  SampleBlock(int worker, List<Sample> samples) {
    this.worker = worker;
    this.samples = samples;
  }

  /** Number of the worker, from 0. */
  public int worker() {
    return worker;
  }

  public int size() {
    return samples.size();
  }

  /** The samples in the order of their positions; a view. */
  public List<Sample> samples() {
    return Collections.unmodifiableList(samples);
  }

  /**
   * The order, drawn for this worker and epoch, in which samples are learned.
   *
   * @param window samples that are mixed among each other; 0 for all
   */
  public EpochOrder shuffledOrder(long seed, int epoch, int window) {
    EpochOrder latest = latestOrder;
    if (latest == null || !latest.isOf(seed, epoch, window)) {
      latest = EpochOrder.of(seed, epoch, worker, samples.size(), window);
      latestOrder = latest;
    }
    return latest;
  }

  /**
   * A batch of neighbours in an order.
   *
   * @param order from {@link #shuffledOrder}, or null for the order of positions
   * @param number of the batch, from 0
   * @param batchSize samples of a batch; the last one may have fewer
   */
  public SpikeBatch batch(EpochOrder order, int number, int batchSize) {
    int from = number * batchSize;
    int to = Math.min(samples.size(), from + batchSize);
    Sample[] batch = new Sample[to - from];
    for (int i = from; i < to; i++) {
      batch[i - from] = samples.get(order == null ? i : order.at(i));
    }
    return new SpikeBatch(List.of(batch));
  }

  /** Batches of that size in the block. */
  public int batches(int batchSize) {
    return (int) (((long) samples.size() + batchSize - 1) / batchSize);
  }

  /** What Spark's storage takes it for, without a walk over all that it refers to. */
  @Override
  public long estimatedSize() {
    return BYTES_ON_HEAP;
  }
}
