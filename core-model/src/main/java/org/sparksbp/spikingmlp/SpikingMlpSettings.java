package org.sparksbp.spikingmlp;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.CheckedSettings;
import org.sparksbp.learner.NetworkShape;

/**
 * The settings of a spiking multilayer perceptron, checked.
 *
 * @param seed of the run
 * @param rule learning rule
 * @param hidden neurons of each hidden layer, from the input on
 * @param steps T, time steps of a presentation
 * @param frameStride a train of so many times T steps is seen each so many steps; 0 where it fits
 * @param input what drives the first layer
 * @param neuron constants of the membrane equation
 * @param surrogate derivative of a spike by the membrane potential
 * @param surrogateWidth its width, in units of the membrane potential
 * @param learnsLeak whether each layer's leak is learned
 * @param readout what output neurons answer
 * @param loss of the answer
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
    int frameStride,
    InputCoding input,
    NeuronConstants neuron,
    Surrogate surrogate,
    float surrogateWidth,
    boolean learnsLeak,
    Readout readout,
    Loss loss,
    LearningRateSchedule schedule,
    Adam.Constants adam,
    float energyTerm,
    int exactEvery,
    int bpEvery,
    Recurrence recurrence) {

  static final String BLOCK = "spiking-mlp";

  /** Rules that differentiate any loss of any answer, and those of them that learn leaks. */
  private static final Set<LearningRule> OF_ANY_LOSS =
      EnumSet.of(
          LearningRule.BP,
          LearningRule.BP_WITHOUT_BIASES,
          LearningRule.SBP_STEPS_ONLY,
          LearningRule.FROZEN_HIDDEN);

  private static final Set<LearningRule> OF_LEAKS =
      EnumSet.of(LearningRule.BP, LearningRule.BP_WITHOUT_BIASES);
  private static final Set<LearningRule> RECURRENT =
      EnumSet.of(LearningRule.E_PROP, LearningRule.NRR);

  /**
   * m = leak m_previous (1 - s_previous) + f(input current) - inhibition; s = [m &gt; threshold].
   *
   * @param leak where it is learned, its start
   */
  record NeuronConstants(float leak, float threshold, float inhibition, InputCurrent current) {}

  /** The rate of epoch e, from 1, is {@code start * factor^floor((e - 1) / epochs)}. */
  record LearningRateSchedule(double start, int epochs, double factor) {
    double rate(int epoch) {
      return start * StrictMath.pow(factor, (epoch - 1) / epochs);
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

  /** Which steps of a train are seen: the first and each so many after it; 0 if it does not fit. */
  int stride(int trainSteps) {
    if (trainSteps == 1 || trainSteps == steps) {
      return 1;
    }
    int stride = frameStride == 0 ? trainSteps / steps : frameStride;
    return trainSteps == stride * steps ? stride : 0;
  }

  /**
   * A train with so many steps that this network cannot see it.
   *
   * @param whose whose it is, before the number of steps
   */
  IllegalArgumentException unfit(String whose, int trainSteps) {
    return new IllegalArgumentException(
        "Invalid spike train: "
            + whose
            + trainSteps
            + " steps, this network takes 1 or "
            + steps
            + ", see "
            + BLOCK
            + ".frame-stride");
  }

  /** Whether an update is by backpropagation, with rules that learn one of {@code bpEvery} so. */
  boolean isTurnOfBackpropagation(BatchPosition position) {
    return (position.epoch() + position.batch()) % bpEvery == 0;
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
    LearningRule rule = CheckedSettings.of(configuration).choice("rule", LearningRule.class);
    CheckedSettings settings = of(configuration, rule);
    Surrogate surrogate = settings.choice("surrogate", Surrogate.class);
    float width = (float) settings.notNegative("surrogate-width");
    return new SpikingMlpSettings(
        configuration.getLong("seed"),
        rule,
        settings.hidden(),
        settings.atLeast("steps", 1),
        settings.atLeast("frame-stride", 0),
        settings.choice("input", InputCoding.class),
        new NeuronConstants(
            (float) settings.between("leak", 0, 1),
            (float) settings.positive("threshold"),
            (float) settings.between("tonic-inhibition", 0, 1),
            settings.choice("current", InputCurrent.class)),
        surrogate,
        width == 0f ? surrogate.usualWidth() : width,
        learnsLeak(settings, rule),
        readout(settings, rule),
        loss(settings, rule),
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
        RECURRENT.contains(rule) && settings.flag("recurrent")
            ? Recurrence.HIDDEN
            : Recurrence.NONE);
  }

  /** What a rule has settings of its own for is in a block of its name. */
  private static CheckedSettings of(Config configuration, LearningRule rule) {
    return new CheckedSettings(configuration, BLOCK).preferring(CheckedSettings.nameOf(rule));
  }

  private static boolean learnsLeak(CheckedSettings settings, LearningRule rule) {
    boolean learned = settings.flag("learnable-leak");
    if (learned && !OF_LEAKS.contains(rule)) {
      throw settings.bad("learnable-leak", "on, but " + onlyBy(OF_LEAKS, rule));
    }
    double leak = settings.finite("leak");
    if (learned && (leak <= 0 || leak >= 1)) {
      throw settings.bad("leak", leak + ", must be between 0 and 1 where it is learned");
    }
    return learned;
  }

  private static Readout readout(CheckedSettings settings, LearningRule rule) {
    Readout readout = settings.choice("readout", Readout.CHOICES, CheckedSettings::nameOf);
    if (readout != Readout.RATE && !OF_ANY_LOSS.contains(rule)) {
      throw settings.bad(
          "readout", CheckedSettings.nameOf(readout) + ", but " + onlyBy(OF_ANY_LOSS, rule));
    }
    return rule == LearningRule.NRR ? Readout.MEAN_SIGMOID : readout;
  }

  private static Loss loss(CheckedSettings settings, LearningRule rule) {
    Loss loss = settings.choice("loss", Loss.class);
    if (loss != Loss.MSE && !OF_ANY_LOSS.contains(rule)) {
      throw settings.bad(
          "loss", CheckedSettings.nameOf(loss) + ", but " + onlyBy(OF_ANY_LOSS, rule));
    }
    return loss;
  }

  private static String onlyBy(Set<LearningRule> able, LearningRule rule) {
    return "rule "
        + CheckedSettings.nameOf(rule)
        + " does not learn by it: set rule to one of "
        + able.stream().map(CheckedSettings::nameOf).collect(Collectors.joining(", "));
  }

  /**
   * Checks the settings against the data.
   *
   * @throws ConfigException.BadValue naming the key, if the data's spike trains do not fit
   */
  void checkShape(Config configuration, NetworkShape shape) {
    if (input != InputCoding.BERNOULLI && stride(shape.steps()) == 0) {
      String stride =
          shape.steps() % steps == 0
              ? BLOCK + ".frame-stride to " + shape.steps() / steps + ", "
              : "";
      throw of(configuration, rule)
          .bad(
              "steps",
              steps
                  + ", but the data's spike trains have "
                  + shape.steps()
                  + " steps: set it to "
                  + shape.steps()
                  + ", "
                  + stride
                  + "prepare the data with "
                  + steps
                  + " steps, or set "
                  + BLOCK
                  + ".input to bernoulli");
    }
  }
}
