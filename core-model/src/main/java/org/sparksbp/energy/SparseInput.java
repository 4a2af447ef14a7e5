package org.sparksbp.energy;

import java.util.Arrays;
import org.sparksbp.kernel.Kernels;
import org.sparksbp.spike.SpikeBatch;

/**
 * The inputs x of a batch without their zeros. Most pixels, letter units and event bins are 0, so
 * products with x take only the rows of W_0 that the rest selects.
 */
final class SparseInput {

  private final int[] start;
  private int[] channel = new int[1024];
  private float[] value = new float[1024];

  private SparseInput(int batch) {
    start = new int[batch + 1];
  }

  static SparseInput of(SpikeBatch batch, EnergySettings.Input input) {
    return switch (input) {
      case RATE -> ofRates(batch);
      case FLATTENED -> ofAllSteps(batch);
    };
  }

  private static SparseInput ofRates(SpikeBatch batch) {
    SparseInput input = new SparseInput(batch.size());
    float[] rates = new float[batch.channels()];
    int count = 0;
    for (int row = 0; row < batch.size(); row++) {
      batch.samples().get(row).spikes().rates(rates, 0);
      for (int i = 0; i < rates.length; i++) {
        if (rates[i] != 0f) {
          input.put(count++, i, rates[i]);
        }
      }
      input.start[row + 1] = count;
    }
    return input;
  }

  private static SparseInput ofAllSteps(SpikeBatch batch) {
    SparseInput input = new SparseInput(batch.size());
    int channels = batch.channels();
    int[] count = new int[1];
    for (int row = 0; row < batch.size(); row++) {
      batch
          .samples()
          .get(row)
          .spikes()
          .forEach((step, at) -> input.put(count[0]++, step * channels + at, 1f));
      input.start[row + 1] = count[0];
    }
    return input;
  }

  private void put(int index, int atChannel, float atValue) {
    if (index == channel.length) {
      channel = Arrays.copyOf(channel, 2 * index);
      value = Arrays.copyOf(value, 2 * index);
    }
    channel[index] = atChannel;
    value[index] = atValue;
  }

  /** {@code product += x W}: W {@code [inputs, columns]}, product {@code [batch, columns]}. */
  void multiplyAdd(Kernels kernels, float[] weights, int columns, float[] product) {
    for (int row = 0; row < start.length - 1; row++) {
      int from = start[row];
      int count = start[row + 1] - from;
      kernels.addScaledRows(count, channel, value, from, columns, weights, product, row * columns);
    }
  }

  /**
   * {@code W += scale x^T change}: change {@code [batch, columns]}, W {@code [inputs, columns]}.
   * Takes the inputs by channel, so that each row of W is read and written once.
   */
  void transposedMultiplyAdd(
      Kernels kernels, float scale, float[] change, int columns, float[] weights) {
    int inputs = weights.length / columns;
    int[] ends = new int[inputs + 1];
    for (int i = 0; i < start[start.length - 1]; i++) {
      ends[channel[i] + 1]++;
    }
    for (int i = 0; i < inputs; i++) {
      ends[i + 1] += ends[i];
    }
    int[] rows = new int[ends[inputs]];
    float[] factors = new float[ends[inputs]];
    for (int row = 0; row < start.length - 1; row++) {
      for (int i = start[row]; i < start[row + 1]; i++) {
        int to = ends[channel[i]]++;
        rows[to] = row;
        factors[to] = scale * value[i];
      }
    }
    int from = 0;
    for (int i = 0; i < inputs; i++) {
      int count = ends[i] - from;
      if (count > 0) {
        kernels.addScaledRows(count, rows, factors, from, columns, change, weights, i * columns);
      }
      from = ends[i];
    }
  }
}
