package org.sparksbp.energy;

import com.typesafe.config.Config;
import java.util.List;
import org.sparksbp.learner.CheckedSettings;
import org.sparksbp.learner.InputVector;
import org.sparksbp.learner.LayerSizes;
import org.sparksbp.learner.NetworkShape;

/**
 * What an energy-based network is built from.
 *
 * @param hidden neurons of each hidden layer, from the input on
 * @param energy which energy the states relax in
 * @param theta share of a neuron's own output synapses in the energy with self-backpropagation
 * @param outputLeak how often 1/2 |s_L|^2 is added to the energy with self-backpropagation
 * @param feedback factor of the top-down drive in the state dynamics
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
    EnergyForm energy,
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

  /** Without or with self-backpropagation. */
  enum EnergyForm {
    PLAIN,
    SELF_BACKPROPAGATING
  }

  /** Sign of beta from batch to batch. */
  enum BetaSign {
    RANDOM,
    POSITIVE
  }

  static EnergySettings of(Config configuration) {
    CheckedSettings settings = new CheckedSettings(configuration, "rbm");
    EnergyForm energy = settings.flag("sbp") ? EnergyForm.SELF_BACKPROPAGATING : EnergyForm.PLAIN;
    return new EnergySettings(
        settings.hidden(),
        energy,
        (float) settings.notNegative("theta"),
        (float) settings.notNegative("output-leak"),
        feedback(settings, energy),
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

  LayerSizes layerSizes(NetworkShape shape) {
    return LayerSizes.of(input.length(shape), hidden, shape.outputs());
  }

  /** Step size of W_matrix and b_{matrix+1}. */
  float alpha(int matrix) {
    return alpha.get(Math.min(matrix, alpha.size() - 1));
  }

  private static float feedback(CheckedSettings settings, EnergyForm energy) {
    float feedback = (float) settings.notNegative("feedback");
    if (energy == EnergyForm.SELF_BACKPROPAGATING && feedback != 1f) {
      throw settings.bad(
          "feedback",
          feedback + ": an ablation of the energy without self-backpropagation; set rbm.sbp = off");
    }
    return feedback;
  }
}
