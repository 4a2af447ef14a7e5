package org.sparksbp.snn;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.sparksbp.neuron.MembraneConstants;
import org.sparksbp.neuron.ShortTermPlasticity;
import org.sparksbp.plasticity.Normalisation;
import org.sparksbp.plasticity.PlasticityRule;
import org.sparksbp.plasticity.PlasticityRules;
import org.sparksbp.plasticity.Propagation;

/** Reads and checks {@link SnnSettings}; every complaint names its key. */
final class SettingsReader {

  private final Config configuration;

  SettingsReader(Config configuration) {
    this.configuration = configuration;
  }

  SnnSettings read() {
    List<Integer> hidden = hidden();
    return new SnnSettings(
        rule(),
        hidden,
        configuration.getLong("seed"),
        choice("snn.state", SnnSettings.State.class),
        choice("snn.input", SnnSettings.Input.class),
        membrane(),
        new Relaxation(
            between("snn.epsilon", 0, 1),
            notZero("snn.beta"),
            atLeast("snn.homeostatic-iterations", 0),
            atLeast("snn.clamped-iterations", 1)),
        alpha(hidden.size() + 1),
        choice("snn.noise", UpdateNoise.class),
        between("snn.dale.inhibitory-share", 0, 1),
        shortTermPlasticity());
  }

  private PlasticityRule rule() {
    try {
      return PlasticityRules.named(configuration.getString("rule"), propagation());
    } catch (IllegalArgumentException e) {
      throw bad("rule", e.getMessage());
    }
  }

  private Propagation propagation() {
    return new Propagation(
        notNegative("snn.sbp.fraction"),
        positive("snn.sbp.range"),
        notNegative("snn.sbp.lambda-pre"),
        notNegative("snn.sbp.lambda-post"),
        notNegative("snn.sbp.lambda-bp"),
        choice("snn.sbp.normalisation", Normalisation.class));
  }

  private List<Integer> hidden() {
    List<Integer> hidden = configuration.getIntList("network.hidden");
    if (hidden.isEmpty()) {
      throw bad("network.hidden", "needs at least one hidden layer");
    }
    for (int neurons : hidden) {
      if (neurons < 1) {
        throw bad("network.hidden", "a layer of " + neurons + " neurons, must be at least 1");
      }
    }
    return hidden;
  }

  private List<Double> alpha(int matrices) {
    List<Double> alpha = new ArrayList<>();
    for (double stepSize : configuration.getDoubleList("snn.alpha")) {
      if (!Double.isFinite(stepSize) || stepSize < 0) {
        throw bad("snn.alpha", stepSize + ", must be a number of at least 0");
      }
      alpha.add(stepSize);
    }
    if (alpha.isEmpty()) {
      throw bad(
          "snn.alpha",
          "no step sizes, give one for each of the "
              + matrices
              + " weight matrices; the last stands for all after it");
    }
    return alpha;
  }

  private MembraneConstants membrane() {
    MembraneConstants constants =
        new MembraneConstants(
            positive("snn.duration"),
            positive("snn.time-step"),
            finite("snn.membrane.excitatory-reversal"),
            finite("snn.membrane.inhibitory-reversal"),
            finite("snn.membrane.leak-potential"),
            finite("snn.membrane.threshold"),
            finite("snn.membrane.reset-potential"),
            positive("snn.membrane.time-constant"),
            positive("snn.membrane.synaptic-time-constant"),
            positive("snn.membrane.leak-conductance"));
    double steps = constants.duration() / constants.timeStep();
    if (!(steps > 0.5 && steps < 1_000_000)) {
      throw bad("snn.time-step", "makes " + steps + " steps of snn.duration, must be 1 to 999999");
    }
    return constants;
  }

  private Optional<ShortTermPlasticity> shortTermPlasticity() {
    String block = "snn.short-term-plasticity.";
    ShortTermPlasticity filter =
        new ShortTermPlasticity(
            finite(block + "utilisation"),
            positive(block + "facilitation-time-constant"),
            positive(block + "depression-time-constant"),
            positive(block + "synaptic-time-constant"));
    return configuration.getBoolean(block + "enabled") ? Optional.of(filter) : Optional.empty();
  }

  private <E extends Enum<E>> E choice(String key, Class<E> type) {
    String value = configuration.getString(key);
    return Stream.of(type.getEnumConstants())
        .filter(constant -> name(constant).equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                bad(
                    key,
                    value
                        + ", must be one of "
                        + Stream.of(type.getEnumConstants()).map(SettingsReader::name).toList()));
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private double finite(String key) {
    double value = configuration.getDouble(key);
    if (!Double.isFinite(value)) {
      throw bad(key, value + ", must be a finite number");
    }
    return value;
  }

  private double positive(String key) {
    double value = finite(key);
    if (value <= 0) {
      throw bad(key, value + ", must be greater than 0");
    }
    return value;
  }

  private double notNegative(String key) {
    return between(key, 0, Double.MAX_VALUE);
  }

  private double notZero(String key) {
    double value = finite(key);
    if (value == 0) {
      throw bad(key, "0, changes are divided by it");
    }
    return value;
  }

  private double between(String key, double least, double most) {
    double value = finite(key);
    if (value < least || value > most) {
      throw bad(
          key,
          value
              + ", must be at least "
              + least
              + (most < Double.MAX_VALUE ? " and at most " + most : ""));
    }
    return value;
  }

  private int atLeast(String key, int least) {
    int value = configuration.getInt(key);
    if (value < least) {
      throw bad(key, value + ", must be at least " + least);
    }
    return value;
  }

  private ConfigException.BadValue bad(String key, String reason) {
    return new ConfigException.BadValue(configuration.getValue(key).origin(), key, reason);
  }
}
