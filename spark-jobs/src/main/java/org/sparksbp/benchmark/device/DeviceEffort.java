package org.sparksbp.benchmark.device;

import java.util.List;

/**
 * How much is measured on a device.
 *
 * @param models names of models, {@code spiking-mlp} with its rule behind a slash
 * @param packs members of the packs at study size
 * @param hidden neurons of the hidden layer at study size
 * @param large neurons of the hidden layer of single large networks
 * @param largeBatch samples of a batch of those
 * @param seconds that a measurement takes, warm-up and all repetitions together
 * @param repetitions of each measurement
 * @param within seconds after which no further measurement begins
 */
public record DeviceEffort(
    List<String> models,
    List<Integer> packs,
    int hidden,
    List<Integer> large,
    int largeBatch,
    double seconds,
    int repetitions,
    double within) {

  /** All models that the study compares, see {@link #models}. */
  public static final List<String> MODELS =
      List.of("snn/sbp", "spiking-mlp/bp", "spiking-mlp/sbp", "rbm/sbp");

  public DeviceEffort {
    models = List.copyOf(models);
    packs = List.copyOf(packs);
    large = List.copyOf(large);
  }

  /** All sizes, as long as it takes for steady numbers. */
  public static DeviceEffort full() {
    return new DeviceEffort(
        MODELS,
        List.of(1, 4, 16, 64, 256),
        500,
        List.of(2_000, 8_000),
        1_000,
        6,
        5,
        Double.MAX_VALUE);
  }

  /** A second a measurement: a look, no proof. */
  public static DeviceEffort quick() {
    return full().lasting(1, 3);
  }

  /** The same with measurements of that length. */
  public DeviceEffort lasting(double newSeconds, int newRepetitions) {
    return new DeviceEffort(
        models, packs, hidden, large, largeBatch, newSeconds, newRepetitions, within);
  }

  /** The same with these models alone; a name without a rule stands for all rules of its model. */
  public DeviceEffort withModels(List<String> names) {
    List<String> chosen =
        MODELS.stream()
            .filter(
                model ->
                    names.contains(model) || names.contains(model.substring(0, model.indexOf('/'))))
            .toList();
    return new DeviceEffort(chosen, packs, hidden, large, largeBatch, seconds, repetitions, within);
  }

  /** The same with other sizes. */
  public DeviceEffort withSizes(
      List<Integer> newPacks, int newHidden, List<Integer> newLarge, int newLargeBatch) {
    return new DeviceEffort(
        models, newPacks, newHidden, newLarge, newLargeBatch, seconds, repetitions, within);
  }

  /** The same, ended early. */
  public DeviceEffort endingWithin(double newWithin) {
    return new DeviceEffort(
        models, packs, hidden, large, largeBatch, seconds, repetitions, newWithin);
  }
}
