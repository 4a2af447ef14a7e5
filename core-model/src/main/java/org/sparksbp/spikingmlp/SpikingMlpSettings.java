package org.sparksbp.spikingmlp;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.List;
import java.util.stream.IntStream;
import org.sparksbp.learner.CheckedSettings;
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
 * @param exactEvery one step of this many of the backward pass is exact, for SBP; 0 is none
 * @param bpEvery one update of this many is by backpropagation, for the earlier reading of SBP
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
    int exactEvery,
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

  /**
   * The steps, from 0 and ascending, that give hidden matrices their exact gradient: going back
   * from the last one, each {@code exactEvery}-th.
   */
  int[] exactSteps() {
    return IntStream.range(0, steps).filter(this::isExact).toArray();
  }

  /** The other steps. */
  int[] localSteps() {
    return IntStream.range(0, steps).filter(step -> !isExact(step)).toArray();
  }

  private boolean isExact(int step) {
    boolean none = exactEvery == 0 || rule == LearningRule.SBP_LOCAL_ONLY;
    return !none && (steps - step) % exactEvery == 0;
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
    CheckedSettings settings = new CheckedSettings(configuration, BLOCK);
    LearningRule rule = CheckedSettings.of(configuration).choice("rule", LearningRule.class);
    return new SpikingMlpSettings(
        configuration.getLong("seed"),
        rule,
        settings.hidden(),
        settings.atLeast("steps", 1),
        settings.choice("input", InputCoding.class),
        new NeuronConstants(
            (float) settings.between("leak", 0, 1),
            (float) settings.positive("threshold"),
            (float) settings.between("tonic-inhibition", 0, 1)),
        settings.choice("surrogate", Surrogate.class),
        new LearningRateSchedule(
            settings.positive("learning-rate"),
            settings.atLeast("learning-rate-decay-epochs", 1),
            settings.between("learning-rate-decay-factor", 0, 1)),
        new Adam.Constants(
            settings.belowOne("adam.first-moment-decay"),
            settings.belowOne("adam.second-moment-decay"),
            settings.positive("adam.epsilon")),
        (float) settings.between("energy-term", 0, Float.MAX_VALUE),
        settings.atLeast("exact-every", 0),
        settings.atLeast("bp-every", 1),
        rule == LearningRule.E_PROP && settings.flag("e-prop.recurrent")
            ? Recurrence.HIDDEN
            : Recurrence.NONE);
  }

  /**
   * Checks the settings against the data.
   *
   * @throws ConfigException.BadValue naming the key, if the data's spike trains do not fit
   */
  void checkShape(Config configuration, NetworkShape shape) {
    if (input != InputCoding.BERNOULLI && shape.steps() != 1 && shape.steps() != steps) {
      throw new CheckedSettings(configuration, BLOCK)
          .bad(
              "steps",
              steps
                  + ", but the data's spike trains have "
                  + shape.steps()
                  + " steps: set it to "
                  + shape.steps()
                  + ", prepare the data with "
                  + steps
                  + " steps, or set "
                  + BLOCK
                  + ".input to bernoulli");
    }
  }
}
