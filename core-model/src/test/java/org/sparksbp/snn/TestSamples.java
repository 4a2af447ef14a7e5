package org.sparksbp.snn;

import java.util.ArrayList;
import java.util.List;
import org.sparksbp.random.RandomStream;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;
import org.sparksbp.spike.SpikeTrain;

/** Random batches. */
final class TestSamples {

  private TestSamples() {}

  /**
   * Samples whose channels spike in each step with a probability of their own, half of them never.
   */
  static SpikeBatch random(long seed, int size, int channels, int outputs, int steps) {
    return sparse(seed, size, channels, outputs, steps, 0.5);
  }

  /** The same with a share of channels that may spike at all. */
  static SpikeBatch sparse(
      long seed, int size, int channels, int outputs, int steps, double activeShare) {
    RandomStream random = RandomStream.of(seed, "test-samples");
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      double[] rates = new double[channels];
      for (int channel = 0; channel < channels; channel++) {
        rates[channel] = random.nextDouble() < activeShare ? random.nextDouble() : 0;
      }
      SpikeTrain.Builder train = new SpikeTrain.Builder(steps, channels);
      for (int step = 0; step < steps; step++) {
        for (int channel = 0; channel < channels; channel++) {
          if (random.nextDouble() < rates[channel]) {
            train.add(step, channel);
          }
        }
      }
      int label = random.nextInt(outputs);
      float[] target = new float[outputs];
      target[label] = 1;
      samples.add(new Sample("sample-" + i, train.build(), target, label, "sample-" + i));
    }
    return new SpikeBatch(samples);
  }
}
