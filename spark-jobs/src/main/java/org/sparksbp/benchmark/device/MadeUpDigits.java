package org.sparksbp.benchmark.device;

import java.util.ArrayList;
import java.util.List;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.random.RandomStream;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;
import org.sparksbp.spike.SpikeTrain;

/**
 * Samples with the sizes of MNIST's digits: 784 channels of which 19 % are active, each at a rate
 * of its own, over 20 steps. What they show does not matter to the speed.
 */
final class MadeUpDigits {

  static final NetworkShape SHAPE = new NetworkShape(784, 10, 20);

  private static final double ACTIVE_SHARE = 0.19;

  private final List<Sample> samples = new ArrayList<>();

  /**
   * Makes them.
   *
   * @param count how many different ones
   */
  MadeUpDigits(int count) {
    for (int number = 0; number < count; number++) {
      samples.add(sample(number));
    }
  }

  private static Sample sample(int number) {
    RandomStream random = RandomStream.of(1, "benchmark-digits", number);
    double[] rates = new double[SHAPE.channels()];
    for (int channel = 0; channel < rates.length; channel++) {
      rates[channel] = random.nextDouble() < ACTIVE_SHARE ? random.nextDouble() : 0;
    }
    SpikeTrain.Builder train = new SpikeTrain.Builder(SHAPE.steps(), SHAPE.channels());
    for (int step = 0; step < SHAPE.steps(); step++) {
      for (int channel = 0; channel < rates.length; channel++) {
        if (rates[channel] > 0 && random.nextDouble() < rates[channel]) {
          train.add(step, channel);
        }
      }
    }
    int label = number % SHAPE.outputs();
    float[] target = new float[SHAPE.outputs()];
    target[label] = 1;
    String id = "made-up/" + number;
    return new Sample(id, train.build(), target, label, id);
  }

  /** Different digits. */
  int count() {
    return samples.size();
  }

  /** All of them in batches of that size, the last one filled up from the first. */
  List<SpikeBatch> batches(int size) {
    List<SpikeBatch> batches = new ArrayList<>();
    for (int from = 0; from < samples.size(); from += size) {
      List<Sample> batch = new ArrayList<>(size);
      for (int i = from; i < from + size; i++) {
        batch.add(samples.get(i % samples.size()));
      }
      batches.add(new SpikeBatch(batch));
    }
    return batches;
  }
}
