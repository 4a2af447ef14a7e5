package org.sparksbp.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.random.RandomStream;
import org.sparksbp.shard.SampleIterator;
import org.sparksbp.shard.ShardSet;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;
import org.sparksbp.spike.SpikeTrain;
import org.sparksbp.task.Split;

/**
 * Samples in memory that training steps are measured with.
 *
 * @param task whose they are
 * @param shape of the network that they call for
 * @param samples at least one
 */
record StepSamples(String task, NetworkShape shape, List<Sample> samples) {

  /** Enough that one batch of 500 does not stand for all, and few enough for a small heap. */
  private static final int MOST = 2_000;

  private static final int LETTERS = 7;
  private static final int LETTER_CHANNELS = 27;
  private static final int FEATURES = 26;

  StepSamples {
    samples = List.copyOf(samples);
  }

  /** The first training samples of prepared data. */
  static StepSamples of(ShardSet shards) throws IOException {
    List<Sample> samples = new ArrayList<>();
    try (SampleIterator all = shards.readLocally(Split.TRAIN, 0, MOST)) {
      all.forEachRemaining(samples::add);
    }
    return new StepSamples(shards.manifest().task(), shards.shape(), samples);
  }

  /**
   * Windows of seven letters as NETtalk has them, one of 27 channels each, with random targets of
   * four features; the letters do not matter to the speed.
   */
  static StepSamples letters() {
    List<Sample> samples = new ArrayList<>();
    for (int number = 0; number < MOST; number++) {
      RandomStream random = RandomStream.of(1, "benchmark-letters", number);
      int[] channels = new int[LETTERS];
      for (int letter = 0; letter < LETTERS; letter++) {
        channels[letter] = letter * LETTER_CHANNELS + random.nextInt(LETTER_CHANNELS);
      }
      float[] target = new float[FEATURES];
      for (int feature = 0; feature < 4; feature++) {
        target[random.nextInt(FEATURES)] = 1;
      }
      SpikeTrain train = SpikeTrain.of(LETTERS * LETTER_CHANNELS, new int[][] {channels});
      samples.add(new Sample("letter/" + number, train, target, -1, "letter/" + number));
    }
    NetworkShape shape = new NetworkShape(LETTERS * LETTER_CHANNELS, FEATURES, 1);
    return new StepSamples("nettalk", shape, samples);
  }

  /** Batches of that size, the last one filled up from the first samples. */
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

  /** Share of the input channels that spike at all, over the samples. */
  double activeShare() {
    long active = 0;
    for (Sample sample : samples) {
      float[] rates = new float[shape.channels()];
      sample.spikes().rates(rates, 0);
      for (float rate : rates) {
        active += rate > 0 ? 1 : 0;
      }
    }
    return active / ((double) samples.size() * shape.channels());
  }
}
