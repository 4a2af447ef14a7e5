package org.sparksbp.energy;

import com.typesafe.config.Config;
import java.util.List;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.CheckedSettings;
import org.sparksbp.learner.InputVector;
import org.sparksbp.learner.LayerSizes;
import org.sparksbp.learner.NetworkShape;

/**
 * What an energy-based network is built from.
 *
 * @param hidden neurons of each hidden layer, from the input on
 * @param rule which energy the states relax in
 * @param theta share of a neuron's own output synapses in the energy with self-backpropagation; for
 *     {@code rescaled} 1/2
 * @param outputLeak how often 1/2 |s_L|^2 is added to the energy with self-backpropagation; for
 *     {@code rescaled} 1
 * @param feedback factor of the top-down drive in the state dynamics, for weak feedback
 * @param alpha step size of each weight matrix and the biases behind it; the last one holds for all
 *     further ones
 * @param freeSteps N_s, steps of the free phase in learning
 * @param clampedSteps N_w, steps of the weakly clamped phase
 * @param inferenceSteps steps of the free phase in inference
 * @param epsilon step size of the states
 * @param beta strength of the clamping, not 0
 * @param betaSign whether beta's sign is drawn for each batch
 * @param input how a spike train becomes the input vector
 * @param seed of the initial weights
 */
record EnergySettings(
    List<Integer> hidden,
    EnergyRule rule,
    float theta,
    float outputLeak,
    float feedback,
    List<Float> alpha,
    int freeSteps,
    int clampedSteps,
    int inferenceSteps,
    float epsilon,
    float beta,
    BetaSign betaSign,
    InputVector input,
    long seed) {

  /** Sign of beta from batch to batch. */
  enum BetaSign {
    RANDOM,
    POSITIVE
  }

  static EnergySettings of(Config configuration) {
    CheckedSettings settings = new CheckedSettings(configuration, "rbm");
    EnergySettings read = read(configuration, settings);
    if (read.rule == EnergyRule.RESCALED) {
      read.checkRescaled(settings);
    }
    return read;
  }

  private static EnergySettings read(Config configuration, CheckedSettings settings) {
    return new EnergySettings(
        settings.hidden(),
        CheckedSettings.of(configuration).choice("rule", EnergyRule.class),
        (float) settings.notNegative("theta"),
        (float) settings.notNegative("output-leak"),
        (float) settings.notNegative("feedback"),
        settings.stepSizes("alpha").stream().map(Double::floatValue).toList(),
        settings.atLeast("free-steps", 1),
        settings.atLeast("clamped-steps", 1),
        settings.atLeast("inference-steps", 1),
        (float) settings.positive("epsilon"),
        (float) settings.divisor("beta"),
        settings.choice("beta-sign", BetaSign.class),
        settings.choice("input", InputVector.class),
        configuration.getLong("seed"));
  }

  /** Refuses where no scale of the parameters makes the two energies one. */
  private void checkRescaled(CheckedSettings settings) {
    String otherwise = ", or take another rule than rule = rescaled";
    if (hidden.size() != 1) {
      throw settings.badPath(
          "network.hidden",
          hidden.size()
              + " hidden layers, but only with one is the energy without self-backpropagation the"
              + " one with it in other variables: give one"
              + otherwise);
    }
    if (theta != 0.5f) {
      throw settings.bad("theta", theta + ", must be 0.5" + otherwise);
    }
    if (outputLeak != 1f) {
      throw settings.bad("output-leak", outputLeak + ", must be 1" + otherwise);
    }
  }

  LayerSizes layerSizes(NetworkShape shape) {
    return LayerSizes.of(input.length(shape), hidden, shape.outputs());
  }

  /** The strength of the clamping of a batch. */
  float signedBeta(BatchPosition position) {
    return switch (betaSign) {
      case POSITIVE -> beta;
      case RANDOM -> position.random("beta-sign").nextBoolean() ? beta : -beta;
    };
  }

  /** Step size of W_matrix and b_{matrix+1}. */
  float alpha(int matrix) {
    return alpha.get(Math.min(matrix, alpha.size() - 1));
  }
}
