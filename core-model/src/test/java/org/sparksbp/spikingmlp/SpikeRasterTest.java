package org.sparksbp.spikingmlp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparksbp.kernel.PlainKernels;
import org.sparksbp.random.RandomStream;
import org.sparksbp.spike.SpikeTrain;

class SpikeRasterTest {

  private static final int CHANNELS = 9;
  private static final int NEURONS = 4;

  /** Few and many steps, and so few spikes that they are listed. */
  @ParameterizedTest
  @CsvSource({"1, 7", "2, 7", "20, 7", "64, 7", "65, 7", "20, 1", "70, 1"})
  void drawsTheSpikesOfFloatsBelowTheRateAndMultipliesThem(int steps, int mostOfTen) {
    SpikeTrain.Builder rates = new SpikeTrain.Builder(10, CHANNELS);
    for (int step = 0; step < 10; step++) {
      for (int channel = 1; channel < CHANNELS; channel++) {
        if (step < Math.min(channel, mostOfTen) || channel == 8 && mostOfTen == 7) {
          rates.add(step, channel);
        }
      }
    }
    SpikeTrain train = rates.build();
    SpikeRaster raster = new SpikeRaster(CHANNELS);
    raster.draw(train, steps, RandomStream.of(3, "drawn"));

    float[] expected = new float[steps * CHANNELS];
    float[] rateOf = new float[CHANNELS];
    train.rates(rateOf, 0);
    RandomStream random = RandomStream.of(3, "drawn");
    int count = 0;
    for (int at = 0; at < expected.length; at++) {
      float rate = rateOf[at % CHANNELS];
      expected[at] = rate > 0 && random.nextFloat() < rate ? 1f : 0f;
      count += (int) expected[at];
    }
    float[] written = new float[expected.length];
    raster.write(steps, written, 0);
    assertThat(written).isEqualTo(expected);
    assertThat(raster.count()).isEqualTo(count);

    float[] weights = random(CHANNELS * NEURONS);
    float[] currents = new float[steps * NEURONS];
    raster.multiplyAdd(new PlainKernels(), NEURONS, weights, currents);
    float[] product = new float[steps * NEURONS];
    new PlainKernels().multiplyAdd(steps, CHANNELS, NEURONS, expected, weights, product);
    assertThat(currents).usingComparatorWithPrecision(1e-5f).containsExactly(product);

    float[] gradient = new float[CHANNELS * NEURONS];
    float[] byCurrent = random(steps * NEURONS);
    raster.transposedMultiplyAdd(new PlainKernels(), NEURONS, byCurrent, gradient);
    float[] outer = new float[CHANNELS * NEURONS];
    new PlainKernels()
        .transposedMultiplyAdd(steps, CHANNELS, NEURONS, 1f, expected, byCurrent, outer);
    assertThat(gradient).usingComparatorWithPrecision(1e-4f).containsExactly(outer);
  }

  private static float[] random(int length) {
    RandomStream random = RandomStream.of(4, "numbers");
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }
}
