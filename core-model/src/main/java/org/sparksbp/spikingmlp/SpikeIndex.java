package org.sparksbp.spikingmlp;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.sparksbp.kernel.Kernels;
import org.sparksbp.spike.SpikeTrain;

/**
 * The input spikes of a sample, held so that products with them touch active channels only: those
 * with a spike at all. Where the active channels spike often, as the pixels of a digit do, their
 * spikes lie in a dense matrix of their own, {@code [active channels, steps]}; else in lists of
 * events. A train of one step is held once, though it is presented in every step.
 */
final class SpikeIndex {

  /** Share of spikes in the matrix of the active channels from which on it is worth being dense. */
  private static final float DENSE = 0.25f;

  private final int channels;
  private int trainSteps;
  private int count;
  private int[] steps = new int[256];
  private int[] channelsByStep = new int[256];
  private int[] stepStarts = new int[1];
  private final int[] counts;
  private final int[] rows;
  private final int[] active;
  private int activeCount;
  private boolean dense;
  private float[] matrix = new float[0];
  private int[] stepsByRow = new int[0];
  private final int[] rowStarts;
  private final float[] rates;

  SpikeIndex(int channels) {
    this.channels = channels;
    this.counts = new int[channels];
    this.rows = new int[channels];
    this.active = new int[channels];
    this.rowStarts = new int[channels + 1];
    this.rates = new float[channels];
  }

  /** Takes a train as it is. */
  void take(SpikeTrain train) {
    start(train.steps());
    train.forEach(this::add);
    index();
  }

  /** Draws spikes, each channel's with its rate in the train as the probability in each step. */
  void draw(SpikeTrain train, int drawnSteps, RandomGenerator random) {
    start(drawnSteps);
    train.rates(rates, 0);
    int possible = 0;
    for (int channel = 0; channel < channels; channel++) {
      if (rates[channel] > 0f) {
        active[possible] = channel;
        rates[possible++] = rates[channel];
      }
    }
    for (int step = 0; step < drawnSteps; step++) {
      makeRoom(possible);
      for (int i = 0; i < possible; i++) {
        // Without a branch, which spikes would mislead half of the time.
        steps[count] = step;
        channelsByStep[count] = active[i];
        count += random.nextFloat() < rates[i] ? 1 : 0;
      }
    }
    index();
  }

  private void start(int newSteps) {
    trainSteps = newSteps;
    count = 0;
    if (stepStarts.length < newSteps + 1) {
      stepStarts = new int[newSteps + 1];
    }
  }

  private void add(int step, int channel) {
    makeRoom(1);
    steps[count] = step;
    channelsByStep[count++] = channel;
  }

  private void makeRoom(int more) {
    if (count + more > steps.length) {
      int length = 2 * (count + more);
      steps = Arrays.copyOf(steps, length);
      channelsByStep = Arrays.copyOf(channelsByStep, length);
    }
  }

  /** The events come by step, then channel. */
  private void index() {
    Arrays.fill(stepStarts, 0, trainSteps + 1, 0);
    Arrays.fill(counts, 0);
    for (int i = 0; i < count; i++) {
      stepStarts[steps[i] + 1] = i + 1;
      counts[channelsByStep[i]]++;
    }
    for (int step = 0; step < trainSteps; step++) {
      stepStarts[step + 1] = Math.max(stepStarts[step], stepStarts[step + 1]);
    }
    activeCount = 0;
    for (int channel = 0; channel < channels; channel++) {
      if (counts[channel] > 0) {
        rows[channel] = activeCount;
        active[activeCount++] = channel;
      }
    }
    dense = trainSteps > 1 && count >= DENSE * activeCount * trainSteps;
    if (dense) {
      fillMatrix();
    } else {
      sortByRow();
    }
  }

  private void fillMatrix() {
    int length = activeCount * trainSteps;
    if (matrix.length < length) {
      matrix = new float[length];
    }
    Arrays.fill(matrix, 0, length, 0f);
    for (int i = 0; i < count; i++) {
      matrix[rows[channelsByStep[i]] * trainSteps + steps[i]] = 1f;
    }
  }

  /** Sorts by counting. */
  private void sortByRow() {
    if (stepsByRow.length < count) {
      stepsByRow = new int[2 * count];
    }
    rowStarts[0] = 0;
    for (int row = 0; row < activeCount; row++) {
      rowStarts[row + 1] = rowStarts[row] + counts[active[row]];
    }
    for (int i = 0; i < count; i++) {
      stepsByRow[rowStarts[rows[channelsByStep[i]]]++] = steps[i];
    }
    // Each start has moved to its end, the next one's start.
    System.arraycopy(rowStarts, 0, rowStarts, 1, activeCount);
    rowStarts[0] = 0;
  }

  /** Steps held: as many as are presented, or 1 for a train that is repeated in every step. */
  int trainSteps() {
    return trainSteps;
  }

  /** Number of events held. */
  int count() {
    return count;
  }

  /** Number of events in a step held. */
  int count(int step) {
    return stepStarts[step + 1] - stepStarts[step];
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
    return (float) counts[active[row]] / trainSteps;
  }

  /**
   * Writes the spikes of every step, those of a train of one step in all of them.
   *
   * @param into receives {@code [presentedSteps, channels]} from {@code offset} on; must be 0 there
   */
  void write(int presentedSteps, float[] into, int offset) {
    for (int step = 0; step < presentedSteps; step++) {
      int held = trainSteps == 1 ? 0 : step;
      for (int i = stepStarts[held]; i < stepStarts[held + 1]; i++) {
        into[offset + step * channels + channelsByStep[i]] = 1f;
      }
    }
  }

  /** {@code y += x W}: x the spikes, W {@code [channels, n]}, y {@code [steps held, n]}. */
  void multiplyAdd(Kernels kernels, int n, float[] weights, float[] y) {
    if (dense) {
      kernels.multiplyChosenRowsAdd(activeCount, trainSteps, n, matrix, active, weights, y);
      return;
    }
    for (int step = 0; step < trainSteps; step++) {
      kernels.addRows(
          n, weights, channelsByStep, stepStarts[step], stepStarts[step + 1], y, step * n);
    }
  }

  /** {@code W += x^T y}: x the spikes, W {@code [channels, n]}, y {@code [steps held, n]}. */
  void transposedMultiplyAdd(Kernels kernels, int n, float[] y, float[] weights) {
    if (dense) {
      kernels.multiplyAddToChosenRows(activeCount, trainSteps, n, matrix, active, y, weights);
      return;
    }
    for (int row = 0; row < activeCount; row++) {
      int to = active[row] * n;
      kernels.addRows(n, y, stepsByRow, rowStarts[row], rowStarts[row + 1], weights, to);
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
    for (int at = 0; at < chosen.length; at++) {
      for (int i = stepStarts[chosen[at]]; i < stepStarts[chosen[at] + 1]; i++) {
        into[rows[channelsByStep[i]] * chosen.length + at] = 1f;
      }
    }
  }
}
