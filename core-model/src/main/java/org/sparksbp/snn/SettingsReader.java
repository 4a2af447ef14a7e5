package org.sparksbp.snn;

import com.typesafe.config.Config;
import java.util.Optional;
import org.sparksbp.learner.CheckedSettings;
import org.sparksbp.neuron.MembraneConstants;
import org.sparksbp.neuron.ShortTermPlasticity;
import org.sparksbp.plasticity.Normalisation;
import org.sparksbp.plasticity.PlasticityRule;
import org.sparksbp.plasticity.PlasticityRules;
import org.sparksbp.plasticity.PropagationConstants;
import org.sparksbp.plasticity.SpreadDirection;

/** Reads and checks {@link SnnSettings}; every complaint names its key. */
final class SettingsReader {

  private final Config configuration;
  private final CheckedSettings settings;

  SettingsReader(Config configuration) {
    this.configuration = configuration;
    this.settings = new CheckedSettings(configuration, "snn");
  }

  SnnSettings read() {
    boolean spikingPhase = settings.flag("spiking-phase");
    return new SnnSettings(
        rule(),
        settings.hidden(),
        configuration.getLong("seed"),
        onlyWithSpikes("state", SnnSettings.State.class, SnnSettings.State.FRESH, spikingPhase),
        onlyWithSpikes("input", SnnSettings.Input.class, SnnSettings.Input.RATE, spikingPhase),
        spikingPhase,
        membrane(),
        new RelaxationConstants(
            settings.between("epsilon", 0, 1),
            settings.divisor("beta"),
            settings.atLeast("homeostatic-iterations", 0),
            settings.atLeast("clamped-iterations", 1)),
        settings.startScales("start-scale"),
        settings.stepSizes("alpha"),
        settings.choice("noise", UpdateNoise.class),
        settings.between("dale.inhibitory-share", 0, 1),
        shortTermPlasticity());
  }

  /** A setting of which all values but one ask something of the spiking phase. */
  private <E extends Enum<E>> E onlyWithSpikes(
      String key, Class<E> type, E without, boolean spikingPhase) {
    E value = settings.choice(key, type);
    if (!spikingPhase && value != without) {
      throw settings.bad(
          key,
          CheckedSettings.nameOf(value)
              + " is of the spiking phase, which snn.spiking-phase switches off; must be "
              + CheckedSettings.nameOf(without)
              + " without it");
    }
    return value;
  }

  private PlasticityRule rule() {
    return CheckedSettings.of(configuration)
        .choice("rule", PlasticityRules.all(propagation()), PlasticityRule::name);
  }

  private PropagationConstants propagation() {
    return new PropagationConstants(
        settings.notNegative("sbp.fraction"),
        settings.positive("sbp.range"),
        settings.notNegative("sbp.lambda-pre"),
        settings.notNegative("sbp.lambda-post"),
        settings.notNegative("sbp.lambda-bp"),
        settings.choice("sbp.normalisation", Normalisation.class),
        settings.choice("sbp.direction", SpreadDirection.class),
        settings.positive("sbp.inverse-offset"),
        settings.flag("sbp.match-norm"));
  }

  private MembraneConstants membrane() {
    MembraneConstants constants =
        new MembraneConstants(
            settings.positive("duration"),
            settings.positive("time-step"),
            settings.finite("membrane.excitatory-reversal"),
            settings.finite("membrane.inhibitory-reversal"),
            settings.finite("membrane.leak-potential"),
            settings.finite("membrane.threshold"),
            settings.finite("membrane.reset-potential"),
            settings.positive("membrane.time-constant"),
            settings.positive("membrane.synaptic-time-constant"),
            settings.positive("membrane.leak-conductance"));
    double steps = constants.duration() / constants.timeStep();
    if (!(steps > 0.5 && steps < 1_000_000)) {
      throw settings.bad(
          "time-step", "makes " + steps + " steps of snn.duration, must be 1 to 999999");
    }
    return constants;
  }

  private Optional<ShortTermPlasticity> shortTermPlasticity() {
    String block = "short-term-plasticity.";
    ShortTermPlasticity filter =
        new ShortTermPlasticity(
            settings.finite(block + "utilisation"),
            settings.positive(block + "facilitation-time-constant"),
            settings.positive(block + "depression-time-constant"),
            settings.positive(block + "synaptic-time-constant"));
    return settings.flag(block + "enabled") ? Optional.of(filter) : Optional.empty();
  }
}
