package org.sparksbp.spikingmlp;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.List;
import org.sparksbp.kernel.PlainKernels;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.random.RandomStream;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeTrain;

/** Small networks and samples that the tests of this package share. */
final class TestNetworks {

  static final int CHANNELS = 12;
  static final int OUTPUTS = 3;
  static final int STEPS = 8;

  private TestNetworks() {}

  /** The defaults with some keys changed, in HOCON. */
  static Config configuration(String changes) {
    return ConfigFactory.parseString(changes)
        .withFallback(
            ConfigFactory.parseString(
                "model = spiking-mlp, network.hidden = [7], spiking-mlp.steps = " + STEPS))
        .withFallback(
            ConfigFactory.parseResources(TestNetworks.class.getClassLoader(), "reference.conf"))
        .resolve();
  }

  static SpikingMlp network(String changes, SpikeFunction spikeFunction) {
    return new SpikingMlp(
        SpikingMlpSettings.of(configuration(changes)),
        new NetworkShape(CHANNELS, OUTPUTS, STEPS),
        new PlainKernels(),
        spikeFunction);
  }

  /** Samples of three classes, each with its own third of the channels busy. */
  static List<Sample> samples(int count, int trainSteps) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RandomStream random = RandomStream.of(5, "sample", i);
      int label = i % OUTPUTS;
      SpikeTrain.Builder train = new SpikeTrain.Builder(trainSteps, CHANNELS);
      for (int step = 0; step < trainSteps; step++) {
        for (int channel = 0; channel < CHANNELS; channel++) {
          double rate = channel * OUTPUTS / CHANNELS == label ? 0.7 : 0.1;
          if (random.nextDouble() < rate) {
            train.add(step, channel);
          }
        }
      }
      float[] target = new float[OUTPUTS];
      target[label] = 1f;
      samples.add(new Sample("sample/" + i, train.build(), target, label, "sample/" + i));
    }
    return samples;
  }
}
