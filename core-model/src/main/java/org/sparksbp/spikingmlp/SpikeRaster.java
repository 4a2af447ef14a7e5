package org.sparksbp.spikingmlp;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import org.sparksbp.kernel.Kernels;
import org.sparksbp.kernel.SparseMatrix;
import org.sparksbp.spike.SpikeTrain;

/**
 * The input spikes of a sample by step and channel, held so that products with them touch active
 * channels only: those with a spike at all. Where the active channels spike often, as the pixels of
 * a digit do, products take a dense matrix of these channels, {@code [active channels, steps]}. A
 * train of one step is held once, though it is presented in every step.
 */
final class SpikeRaster {

  /** Share of spikes in the matrix of the active channels from which on it is worth being dense. */
  private static final float DENSE = 0.25f;

  private final int channels;
  private final SparseMatrix spikes; // [steps held, channels]
  private final int[] rows; // of the dense matrix, by channel
  private final int[] possible; // channels that may spike
  private boolean dense;
  private float[] matrix = new float[0];
  private float[] chosenMatrix = new float[0];
  private float[] summed = new float[0];
  private final float[] rates;

  SpikeRaster(int channels) {
    this.channels = channels;
    this.spikes = new SparseMatrix(channels);
    this.rows = new int[channels];
    this.possible = new int[channels];
    this.rates = new float[channels];
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
    spikes.finish(train.steps() / stride);
    chooseForm();
  }

  /** Draws spikes, each channel's with its rate in the train as the probability in each step. */
  void draw(SpikeTrain train, int drawnSteps, RandomGenerator random) {
    spikes.clear();
    train.rates(rates, 0);
    int count = 0;
    for (int channel = 0; channel < channels; channel++) {
      if (rates[channel] > 0f) {
        possible[count] = channel;
        rates[count++] = rates[channel];
      }
    }
    for (int step = 0; step < drawnSteps; step++) {
      for (int i = 0; i < count; i++) {
        // Without a branch, which spikes would mislead half of the time.
        spikes.appendIf(random.nextFloat() < rates[i] ? 1 : 0, step, possible[i], 1f);
      }
    }
    spikes.finish(drawnSteps);
    chooseForm();
  }

  private void chooseForm() {
    int active = activeCount();
    int held = trainSteps();
    dense = held > 1 && spikes.count() >= DENSE * active * held;
    int[] channelOf = active();
    for (int row = 0; row < active; row++) {
      rows[channelOf[row]] = row;
    }
    if (dense) {
      fillMatrix();
    }
  }

  private void fillMatrix() {
    int held = trainSteps();
    int length = activeCount() * held;
    if (matrix.length < length) {
      matrix = new float[length];
    }
    Arrays.fill(matrix, 0, length, 0f);
    int[] channelOf = spikes.columnsByRow();
    for (int step = 0; step < held; step++) {
      for (int i = spikes.rowStart(step); i < spikes.rowStart(step + 1); i++) {
        matrix[rows[channelOf[i]] * held + step] = 1f;
      }
    }
  }

  /** Steps held: as many as are presented, or 1 for a train that is repeated in every step. */
  int trainSteps() {
    return spikes.rows();
  }

  /** Number of events held. */
  int count() {
    return spikes.count();
  }

  /** Number of events in a step held. */
  int count(int step) {
    return spikes.rowStart(step + 1) - spikes.rowStart(step);
  }

  /** Number of channels with an event. */
  int activeCount() {
    return spikes.activeCount();
  }

  /** The channels with an event, ascending, the first {@link #activeCount}. */
  int[] active() {
    return spikes.activeColumns();
  }

  /** Spikes per step held of an active channel. */
  float rate(int row) {
    return (float) spikes.columnCount(active()[row]) / trainSteps();
  }

  /**
   * Writes the spikes of every step, those of a train of one step in all of them.
   *
   * @param into receives {@code [presentedSteps, channels]} from {@code offset} on; must be 0 there
   */
  void write(int presentedSteps, float[] into, int offset) {
    int[] channelOf = spikes.columnsByRow();
    for (int step = 0; step < presentedSteps; step++) {
      int held = trainSteps() == 1 ? 0 : step;
      for (int i = spikes.rowStart(held); i < spikes.rowStart(held + 1); i++) {
        into[offset + step * channels + channelOf[i]] = 1f;
      }
    }
  }

  /** {@code y += x W}: x the spikes, W {@code [channels, n]}, y {@code [steps held, n]}. */
  void multiplyAdd(Kernels kernels, int n, float[] weights, float[] y) {
    if (dense) {
      kernels.multiplyChosenRowsAdd(activeCount(), trainSteps(), n, matrix, active(), weights, y);
    } else {
      spikes.multiplyAdd(kernels, n, weights, y);
    }
  }

  /** {@code W += x^T y}: x the spikes, W {@code [channels, n]}, y {@code [steps held, n]}. */
  void transposedMultiplyAdd(Kernels kernels, int n, float[] y, float[] weights) {
    if (dense) {
      kernels.multiplyAddToChosenRows(activeCount(), trainSteps(), n, matrix, active(), y, weights);
    } else {
      spikes.transposedMultiplyAdd(kernels, 1f, n, y, weights);
    }
  }

  /**
   * Copies some steps of the active channels' spikes.
   *
   * @param chosen steps, which may repeat
   * @param into receives {@code [active channels, chosen.length]}
   */
  void copySteps(int[] chosen, float[] into) {
    Arrays.fill(into, 0, activeCount() * chosen.length, 0f);
    int[] channelOf = spikes.columnsByRow();
    for (int at = 0; at < chosen.length; at++) {
      for (int i = spikes.rowStart(chosen[at]); i < spikes.rowStart(chosen[at] + 1); i++) {
        into[rows[channelOf[i]] * chosen.length + at] = 1f;
      }
    }
  }

  /** The channels with a spike in a step that is presented. */
  void forEachChannelOfStep(int presentedStep, IntConsumer channels) {
    int held = trainSteps() == 1 ? 0 : presentedStep;
    int[] channelOf = spikes.columnsByRow();
    for (int i = spikes.rowStart(held); i < spikes.rowStart(held + 1); i++) {
      channels.accept(channelOf[i]);
    }
  }

  /**
   * {@code W += x^T y} of some steps, W {@code [channels, n]}.
   *
   * @param chosen steps presented
   * @param y {@code [chosen.length, n]}
   */
  void transposedMultiplyAdd(Kernels kernels, int[] chosen, int n, float[] y, float[] weights) {
    if (trainSteps() == 1) {
      sumRows(kernels, chosen.length, n, y);
      transposedMultiplyAdd(kernels, n, summed, weights);
    } else if (dense) {
      int length = activeCount() * chosen.length;
      chosenMatrix = chosenMatrix.length < length ? new float[length] : chosenMatrix;
      copySteps(chosen, chosenMatrix);
      kernels.multiplyAddToChosenRows(
          activeCount(), chosen.length, n, chosenMatrix, active(), y, weights);
    } else {
      for (int row = 0; row < chosen.length; row++) {
        int from = row * n;
        forEachChannelOfStep(
            chosen[row], channel -> kernels.scaledAdd(n, 1f, y, from, weights, channel * n));
      }
    }
  }

  private void sumRows(Kernels kernels, int count, int n, float[] y) {
    summed = summed.length < n ? new float[n] : summed;
    Arrays.fill(summed, 0f);
    for (int row = 0; row < count; row++) {
      kernels.scaledAdd(n, 1f, y, row * n, summed, 0);
    }
  }
}
