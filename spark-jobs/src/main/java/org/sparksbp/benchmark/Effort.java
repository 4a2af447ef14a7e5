package org.sparksbp.benchmark;

import java.util.List;

/**
 * How much is measured.
 *
 * @param warmUpSeconds for which a case runs before it is measured
 * @param seconds that a repetition takes at least
 * @param repetitions of each measurement
 * @param images raw digits that are made and prepared where no data is given
 * @param trainingSamples most samples of a training job
 * @param clips synthetic gestures that are read
 * @param hidden numbers of hidden neurons, ascending
 * @param batches batch sizes, ascending
 * @param layers numbers of layers, input and output included, ascending
 */
public record Effort(
    double warmUpSeconds,
    double seconds,
    int repetitions,
    int images,
    int trainingSamples,
    int clips,
    List<Integer> hidden,
    List<Integer> batches,
    List<Integer> layers) {

  public Effort {
    hidden = List.copyOf(hidden);
    batches = List.copyOf(batches);
    layers = List.copyOf(layers);
  }

  /** All sizes, as long as it takes for steady numbers. */
  public static Effort full() {
    return new Effort(
        4,
        1.5,
        5,
        70_000,
        60_000,
        330,
        List.of(100, 200, 500, 1_000, 2_000, 4_000),
        List.of(1, 5, 10, 50, 100, 500),
        List.of(3, 4, 5, 6));
  }

  /** Fewer sizes and shorter repetitions: a look, no proof. */
  public static Effort quick() {
    return new Effort(
        1.5, 0.4, 3, 7_000, 4_000, 66, List.of(100, 500, 1_000), List.of(1, 50), List.of(3, 4));
  }

  /** The same with repetitions of that length and a warm-up in proportion. */
  public Effort withSeconds(double newSeconds) {
    return new Effort(
        warmUpSeconds * newSeconds / seconds,
        newSeconds,
        repetitions,
        images,
        trainingSamples,
        clips,
        hidden,
        batches,
        layers);
  }

  /** The same with that many images, and no more training samples and clips than go with them. */
  public Effort withImages(int newImages) {
    return new Effort(
        warmUpSeconds,
        seconds,
        repetitions,
        newImages,
        Math.min(trainingSamples, newImages),
        Math.max(2, Math.min(clips, newImages / 100)),
        hidden,
        batches,
        layers);
  }
}
