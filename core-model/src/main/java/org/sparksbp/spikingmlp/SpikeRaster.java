package org.sparksbp.spikingmlp;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.sparksbp.kernel.Kernels;
import org.sparksbp.kernel.SparseMatrix;
import org.sparksbp.random.RandomStream;
import org.sparksbp.spike.SpikeTrain;

/**
 * The input spikes of a sample by step and channel, held so that products with them touch active
 * channels only: those with a spike at all. Where the active channels spike often, as the pixels of
 * a digit do, products take each channel's steps as a pattern of bits, if there are no more than
 * 64. A train of one step is held once, though it is presented in every step.
 */
final class SpikeRaster {

  /** Share of spikes in the active channels' steps from which on patterns are worth it. */
  private static final float DENSE = 0.25f;

  private static final int MOST_STEPS = 64;
  private static final int FRACTION_BITS = 24; // of a float drawn from 0 to 1

  private final int channels;
  private final SparseMatrix spikes; // [steps held, channels], not filled where drawn as patterns
  private final float[] rates;
  private final int[] active; // channels with a spike, ascending
  private final int[] counts; // of each active channel
  private final long[] patterns; // of each active channel
  private final long[] chosenPatterns;
  private final int[] chosenChannels;
  private final long[] thresholds; // of each channel that may spike
  private float[] summed = new float[0];
  private int held;
  private int activeCount;
  private int count;
  private boolean patterned;
  private boolean listed;

  SpikeRaster(int channels) {
    this.channels = channels;
    this.spikes = new SparseMatrix(channels);
    this.rates = new float[channels];
    this.active = new int[channels];
    this.counts = new int[channels];
    this.patterns = new long[channels];
    this.chosenPatterns = new long[channels];
    this.chosenChannels = new int[channels];
    this.thresholds = new long[channels];
  }

  /**
   * Takes some steps of a train as they are.
   *
   * @param stride the first step and each so many after it; divides the train's steps
   */
  void take(SpikeTrain train, int stride) {
    spikes.clear();
    train.forEach(
        (step, channel) -> {
          if (step % stride == 0) {
            spikes.append(step / stride, channel, 1f);
          }
        });
    finishList(train.steps() / stride);
    patterned = held > 1 && held <= MOST_STEPS && isDense();
    if (patterned) {
      fillPatterns();
    }
  }

  /** Draws spikes, each channel's with its rate in the train as the probability in each step. */
  void draw(SpikeTrain train, int drawnSteps, RandomStream random) {
    train.rates(rates, 0);
    int possible = 0;
    for (int channel = 0; channel < channels; channel++) {
      if (rates[channel] > 0f) {
        active[possible] = channel;
        patterns[possible] = 0;
        thresholds[possible++] = leastWithoutSpike(rates[channel]);
      }
    }
    if (drawnSteps == 1 || drawnSteps > MOST_STEPS) {
      drawList(possible, drawnSteps, random);
      return;
    }
    for (int step = 0; step < drawnSteps; step++) {
      for (int i = 0; i < possible; i++) {
        // Without a branch, which spikes would mislead half of the time.
        patterns[i] |= isDrawn(random, i) << step;
      }
    }
    held = drawnSteps;
    keepActive(possible);
    listed = false;
    patterned = isDense();
    if (!patterned) {
      fillList();
    }
  }

  /** The least number of so many random bits that is no spike of a channel with this rate. */
  static long leastWithoutSpike(float rate) {
    return (long) Math.ceil((double) rate * (1 << FRACTION_BITS));
  }

  /** 1 for a spike, else 0, by the bits that a float from 0 to 1 is made of. */
  private long isDrawn(RandomStream random, int possible) {
    return (random.nextLong() >>> 64 - FRACTION_BITS) - thresholds[possible] >>> 63;
  }

  private void drawList(int possible, int drawnSteps, RandomStream random) {
    spikes.clear();
    for (int step = 0; step < drawnSteps; step++) {
      for (int i = 0; i < possible; i++) {
        spikes.appendIf((int) isDrawn(random, i), step, active[i], 1f);
      }
    }
    finishList(drawnSteps);
    patterned = false;
  }

  private void keepActive(int possible) {
    activeCount = 0;
    count = 0;
    for (int i = 0; i < possible; i++) {
      int spikesOfChannel = Long.bitCount(patterns[i]);
      active[activeCount] = active[i];
      patterns[activeCount] = patterns[i];
      counts[activeCount] = spikesOfChannel;
      count += spikesOfChannel;
      activeCount += spikesOfChannel > 0 ? 1 : 0;
    }
  }

  private boolean isDense() {
    return count >= DENSE * activeCount * held;
  }

  private void fillList() {
    spikes.clear();
    for (int step = 0; step < held; step++) {
      for (int i = 0; i < activeCount; i++) {
        spikes.appendIf((int) (patterns[i] >>> step & 1), step, active[i], 1f);
      }
    }
    spikes.finish(held);
    listed = true;
  }

  private void finishList(int steps) {
    spikes.finish(steps);
    listed = true;
    held = steps;
    count = spikes.count();
    activeCount = spikes.activeCount();
    System.arraycopy(spikes.activeColumns(), 0, active, 0, activeCount);
    for (int row = 0; row < activeCount; row++) {
      counts[row] = spikes.columnCount(active[row]);
    }
  }

  private void fillPatterns() {
    int[] rowOf = new int[channels];
    for (int row = 0; row < activeCount; row++) {
      rowOf[active[row]] = row;
      patterns[row] = 0;
    }
    int[] channelOf = spikes.columnsByRow();
    for (int step = 0; step < held; step++) {
      for (int i = spikes.rowStart(step); i < spikes.rowStart(step + 1); i++) {
        patterns[rowOf[channelOf[i]]] |= 1L << step;
      }
    }
  }

  /** The spikes step by step. */
  private SparseMatrix list() {
    if (!listed) {
      fillList();
    }
    return spikes;
  }

  /** Steps held: as many as are presented, or 1 for a train that is repeated in every step. */
  int trainSteps() {
    return held;
  }

  /** Number of events held. */
  int count() {
    return count;
  }

  /** Number of channels with an event. */
  int activeCount() {
    return activeCount;
  }

  /** The channels with an event, ascending, the first {@link #activeCount}. */
  int[] active() {
    return active;
  }

  /** Spikes per step held of an active channel. */
  float rate(int row) {
    return (float) counts[row] / held;
  }

  /**
   * Writes the spikes of every step, those of a train of one step in all of them.
   *
   * @param into receives {@code [presentedSteps, channels]} from {@code offset} on; must be 0 there
   */
  void write(int presentedSteps, float[] into, int offset) {
    for (int step = 0; step < presentedSteps; step++) {
      int at = offset + step * channels;
      forEachChannelOfStep(step, channel -> into[at + channel] = 1f);
    }
  }

  /** {@code y += x W}: x the spikes, W {@code [channels, n]}, y {@code [steps held, n]}. */
  void multiplyAdd(Kernels kernels, int n, float[] weights, float[] y) {
    if (patterned) {
      kernels.multiplyBinaryAdd(activeCount, held, n, patterns, active, weights, y);
    } else {
      list().multiplyAdd(kernels, n, weights, y);
    }
  }

  /** {@code W += x^T y}: x the spikes, W {@code [channels, n]}, y {@code [steps held, n]}. */
  void transposedMultiplyAdd(Kernels kernels, int n, float[] y, float[] weights) {
    if (patterned) {
      kernels.multiplyBinaryAddToChosenRows(activeCount, held, n, patterns, y, active, weights);
    } else {
      list().transposedMultiplyAdd(kernels, 1f, n, y, weights);
    }
  }

  /**
   * Copies some steps of the active channels' spikes.
   *
   * @param chosen steps, which may repeat
   * @param into receives {@code [active channels, chosen.length]}
   */
  void copySteps(int[] chosen, float[] into) {
    Arrays.fill(into, 0, activeCount * chosen.length, 0f);
    int[] rowOf = new int[channels];
    for (int row = 0; row < activeCount; row++) {
      rowOf[active[row]] = row;
    }
    for (int at = 0; at < chosen.length; at++) {
      int column = at;
      forEachChannelOfStep(
          chosen[at], channel -> into[rowOf[channel] * chosen.length + column] = 1f);
    }
  }

  /** The channels with a spike in a step that is presented. */
  void forEachChannelOfStep(int presentedStep, IntConsumer consumer) {
    int step = held == 1 ? 0 : presentedStep;
    if (patterned) {
      for (int row = 0; row < activeCount; row++) {
        if ((patterns[row] >>> step & 1) != 0) {
          consumer.accept(active[row]);
        }
      }
      return;
    }
    int[] channelOf = list().columnsByRow();
    for (int i = spikes.rowStart(step); i < spikes.rowStart(step + 1); i++) {
      consumer.accept(channelOf[i]);
    }
  }

  /**
   * {@code W += x^T y} of some steps, W {@code [channels, n]}.
   *
   * @param chosen steps presented
   * @param y {@code [chosen.length, n]}
   */
  void transposedMultiplyAdd(Kernels kernels, int[] chosen, int n, float[] y, float[] weights) {
    if (held == 1) {
      sumRows(kernels, chosen.length, n, y);
      transposedMultiplyAdd(kernels, n, summed, weights);
    } else if (patterned) {
      int rows = choose(chosen);
      kernels.multiplyBinaryAddToChosenRows(
          rows, chosen.length, n, chosenPatterns, y, chosenChannels, weights);
    } else {
      for (int row = 0; row < chosen.length; row++) {
        int from = row * n;
        forEachChannelOfStep(
            chosen[row], channel -> kernels.scaledAdd(n, 1f, y, from, weights, channel * n));
      }
    }
  }

  /** The patterns of some steps, of the channels that spike in them. */
  private int choose(int[] chosen) {
    int rows = 0;
    for (int row = 0; row < activeCount; row++) {
      long pattern = 0;
      for (int at = 0; at < chosen.length; at++) {
        pattern |= (patterns[row] >>> chosen[at] & 1) << at;
      }
      chosenPatterns[rows] = pattern;
      chosenChannels[rows] = active[row];
      rows += pattern != 0 ? 1 : 0;
    }
    return rows;
  }

  private void sumRows(Kernels kernels, int rows, int n, float[] y) {
    summed = summed.length < n ? new float[n] : summed;
    Arrays.fill(summed, 0f);
    for (int row = 0; row < rows; row++) {
      kernels.scaledAdd(n, 1f, y, row * n, summed, 0);
    }
  }
}
