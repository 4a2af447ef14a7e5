package org.sparksbp.learner;

import com.typesafe.config.Config;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** A kind of model, found by its name in the configuration key {@code model}. */
public interface ModelType {

  /** The value of the key {@code model}, for example {@code snn}. */
  String name();

  /**
   * Checks all of the model's settings without building anything.
   *
   * @param configuration the whole resolved configuration of a run
   * @throws com.typesafe.config.ConfigException.BadValue naming the key, if a setting makes no
   *     sense
   */
  void check(Config configuration);

  /**
   * Checks all of the model's settings against the data, without building anything.
   *
   * @param configuration the whole resolved configuration of a run
   * @param shape what the data prescribes
   * @throws com.typesafe.config.ConfigException.BadValue naming the key, if a setting makes no
   *     sense or does not fit the data
   */
  default void check(Config configuration, NetworkShape shape) {
    check(configuration);
  }

  /**
   * The setting to change where the order of a sample's steps counts, because with it the model is
   * given their mean alone. Empty if it sees every step.
   *
   * @param configuration the whole resolved configuration of a run
   */
  default Optional<SettingChange> changeToSeeSteps(Config configuration) {
    return Optional.empty();
  }

  /**
   * Builds a learner with its initial parameters, drawn from the key {@code seed}.
   *
   * @param configuration the whole resolved configuration of a run
   * @param shape what the data prescribes
   * @throws com.typesafe.config.ConfigException.BadValue naming the key, if a setting does not fit
   *     the data
   */
  Learner create(Config configuration, NetworkShape shape);

  /**
   * Bytes of heap that a learner is estimated to take with a batch under way: some numbers for each
   * weight, as a rule keeps them, and some for each neuron and sample. By {@code network.hidden}; a
   * model whose size other keys decide overrides it.
   *
   * @param configuration the whole resolved configuration of a run
   * @param shape what the data prescribes
   * @param batch samples that are learned at a time
   */
  default long memory(Config configuration, NetworkShape shape, int batch) {
    LayerSizes sizes =
        LayerSizes.of(
            shape.channels(), configuration.getIntList("network.hidden"), shape.outputs());
    long neurons = sizes.inputs() + sizes.hiddenNeurons() + sizes.outputs();
    return Float.BYTES * 8 * (sizes.allSynapses() + batch * neurons);
  }

  /**
   * The configuration of a model that an earlier version of this software saved, in today's keys.
   *
   * @param saved the configuration as it was saved
   */
  default Config upgraded(Config saved) {
    return saved;
  }

  /**
   * The type of that name.
   *
   * @throws IllegalArgumentException naming the known types, if there is none
   */
  static ModelType named(String name) {
    List<ModelType> types =
        ServiceLoader.load(ModelType.class, ModelType.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparing(ModelType::name))
            .toList();
    return types.stream()
        .filter(type -> type.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Invalid model: "
                        + CheckedSettings.mustBeOneOf(
                            name, types.stream().map(ModelType::name).toList())));
  }
}
