package org.sparksbp.spikingmlp;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.sparksbp.learner.NetworkShape;

/**
 * The settings of a spiking multilayer perceptron, checked.
 *
 * @param seed of the run
 * @param rule learning rule
 * @param hidden neurons of each hidden layer, from the input on
 * @param steps T, time steps of a presentation
 * @param input what drives the first layer
 * @param neuron constants of the membrane equation
 * @param surrogate derivative of a spike by the membrane potential
 * @param schedule learning rate by epoch
 * @param adam constants of the optimiser
 * @param energyTerm weight of the mean coincidence energy in the loss
 * @param bpEvery one update of this many is by backpropagation, for SBP and its ablation
 * @param recurrence connections within hidden layers
 */
record SpikingMlpSettings(
    long seed,
    LearningRule rule,
    List<Integer> hidden,
    int steps,
    InputCoding input,
    NeuronConstants neuron,
    Surrogate surrogate,
    LearningRateSchedule schedule,
    Adam.Constants adam,
    float energyTerm,
    int bpEvery,
    Recurrence recurrence) {

  static final String BLOCK = "spiking-mlp";

  /**
   * m = leak m_previous (1 - s_previous) + sigmoid(input current) - inhibition; s = [m &gt;
   * threshold].
   */
  record NeuronConstants(float leak, float threshold, float inhibition) {}

  /** The rate of epoch e, from 1, is {@code start * factor^floor((e - 1) / epochs)}. */
  record LearningRateSchedule(double start, int epochs, double factor) {
    double rate(int epoch) {
      return start * Math.pow(factor, (epoch - 1) / epochs);
    }
  }

  /** Whether the neurons of a hidden layer are connected among themselves. */
  enum Recurrence {
    NONE,
    HIDDEN
  }

  SpikingMlpSettings {
    hidden = List.copyOf(hidden);
  }

  /**
   * Reads and checks the settings.
   *
   * @param configuration the whole resolved configuration of a run
   * @throws ConfigException.BadValue naming the key, if a setting makes no sense
   */
  static SpikingMlpSettings of(Config configuration) {
    LearningRule rule = choice(configuration, "rule", LearningRule::named, LearningRule.names());
    List<Integer> hidden = configuration.getIntList("network.hidden");
    require(configuration, "network.hidden", !hidden.isEmpty(), "needs at least one hidden layer");
    require(
        configuration,
        "network.hidden",
        hidden.stream().allMatch(size -> size >= 1),
        "every hidden layer needs at least 1 neuron");
    double leak = number(configuration, "leak", 0, 1);
    double threshold = positive(configuration, "threshold");
    double inhibition = number(configuration, "tonic-inhibition", 0, 1);
    return new SpikingMlpSettings(
        configuration.getLong("seed"),
        rule,
        hidden,
        atLeastOne(configuration, "steps"),
        choice(configuration, key("input"), InputCoding::named, InputCoding.names()),
        new NeuronConstants((float) leak, (float) threshold, (float) inhibition),
        choice(configuration, key("surrogate"), Surrogate::named, Surrogate.names()),
        new LearningRateSchedule(
            positive(configuration, "learning-rate"),
            atLeastOne(configuration, "learning-rate-decay-epochs"),
            number(configuration, "learning-rate-decay-factor", 0, 1)),
        new Adam.Constants(
            decay(configuration, "adam.first-moment-decay"),
            decay(configuration, "adam.second-moment-decay"),
            positive(configuration, "adam.epsilon")),
        (float) number(configuration, "energy-term", 0, Float.MAX_VALUE),
        atLeastOne(configuration, "bp-every"),
        rule == LearningRule.E_PROP && recurrent(configuration)
            ? Recurrence.HIDDEN
            : Recurrence.NONE);
  }

  /**
   * Checks the settings against the data.
   *
   * @throws ConfigException.BadValue naming the key, if the data's spike trains do not fit
   */
  void checkShape(Config configuration, NetworkShape shape) {
    require(
        configuration,
        key("steps"),
        input == InputCoding.BERNOULLI || shape.steps() == 1 || shape.steps() == steps,
        steps
            + ", but the data's spike trains have "
            + shape.steps()
            + " steps: set it to "
            + shape.steps()
            + ", prepare the data with "
            + steps
            + " steps, or set "
            + key("input")
            + " to bernoulli");
  }

  private static String key(String name) {
    return BLOCK + "." + name;
  }

  private static boolean recurrent(Config configuration) {
    return configuration.getBoolean(key("e-prop.recurrent"));
  }

  private static int atLeastOne(Config configuration, String name) {
    int value = configuration.getInt(key(name));
    require(configuration, key(name), value >= 1, value + ", must be at least 1");
    return value;
  }

  private static double positive(Config configuration, String name) {
    double value = configuration.getDouble(key(name));
    require(
        configuration,
        key(name),
        value >= 1e-20 && Double.isFinite(value),
        value + ", must be greater than 0 and finite");
    return value;
  }

  private static double decay(Config configuration, String name) {
    double value = configuration.getDouble(key(name));
    require(
        configuration, key(name), value >= 0 && value < 1, value + ", must be from 0 to below 1");
    return value;
  }

  private static double number(Config configuration, String name, double least, double most) {
    double value = configuration.getDouble(key(name));
    require(
        configuration,
        key(name),
        value >= least && value <= most,
        value + ", must be from " + least + " to " + most);
    return value;
  }

  private static <T> T choice(
      Config configuration, String path, Function<String, Optional<T>> named, List<String> known) {
    String name = configuration.getString(path);
    return named
        .apply(name)
        .orElseThrow(
            () -> bad(configuration, path, name + ", known are " + String.join(", ", known)));
  }

  private static void require(Config configuration, String path, boolean holds, String reason) {
    if (!holds) {
      throw bad(configuration, path, reason);
    }
  }

  private static ConfigException bad(Config configuration, String path, String reason) {
    return new ConfigException.BadValue(configuration.getValue(path).origin(), path, reason);
  }
}
