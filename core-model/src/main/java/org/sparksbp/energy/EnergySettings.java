package org.sparksbp.energy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.List;
import java.util.Map;
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
    Input input,
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

  /** How a spike train of {@code [steps, channels]} becomes the input. */
  enum Input {
    /** Spikes per step, {@code [channels]}. */
    RATE,
    /** Every step's spikes side by side, {@code [steps * channels]}. */
    FLATTENED
  }

  static EnergySettings of(Config configuration) {
    Config block = configuration.getConfig("rbm");
    EnergyForm energy =
        block.getBoolean("sbp") ? EnergyForm.SELF_BACKPROPAGATING : EnergyForm.PLAIN;
    return new EnergySettings(
        hidden(configuration),
        energy,
        atLeastZero(block, "theta"),
        atLeastZero(block, "output-leak"),
        feedback(block, energy),
        alpha(block),
        atLeastOne(block, "free-steps"),
        atLeastOne(block, "clamped-steps"),
        atLeastOne(block, "inference-steps"),
        aboveZero(block, "epsilon"),
        beta(block),
        choice(
            block, "beta-sign", Map.of("random", BetaSign.RANDOM, "positive", BetaSign.POSITIVE)),
        choice(block, "input", Map.of("rate", Input.RATE, "flattened", Input.FLATTENED)),
        configuration.getLong("seed"));
  }

  /** N_0 .. N_L. */
  int[] layerSizes(NetworkShape shape) {
    int[] sizes = new int[hidden.size() + 2];
    sizes[0] =
        input == Input.RATE
            ? shape.channels()
            : Math.multiplyExact(shape.steps(), shape.channels());
    for (int layer = 0; layer < hidden.size(); layer++) {
      sizes[layer + 1] = hidden.get(layer);
    }
    sizes[sizes.length - 1] = shape.outputs();
    return sizes;
  }

  /** Step size of W_matrix and b_{matrix+1}. */
  float alpha(int matrix) {
    return alpha.get(Math.min(matrix, alpha.size() - 1));
  }

  private static List<Integer> hidden(Config configuration) {
    List<Integer> hidden = configuration.getIntList("network.hidden");
    if (hidden.isEmpty() || hidden.stream().anyMatch(neurons -> neurons < 1)) {
      throw new ConfigException.BadValue(
          configuration.getValue("network.hidden").origin(),
          "network.hidden",
          hidden + ": at least one hidden layer, each with at least 1 neuron");
    }
    return List.copyOf(hidden);
  }

  private static List<Float> alpha(Config block) {
    List<Double> alpha = block.getDoubleList("alpha");
    if (alpha.isEmpty() || alpha.stream().anyMatch(step -> !(step >= 0) || step.isInfinite())) {
      throw bad(block, "alpha", alpha + ": at least one step size, none below 0");
    }
    return alpha.stream().map(Double::floatValue).toList();
  }

  private static float beta(Config block) {
    double beta = block.getDouble("beta");
    if ((float) beta == 0f || !Double.isFinite(beta)) {
      throw bad(block, "beta", beta + ": the update is divided by it, so it must not be 0");
    }
    return (float) beta;
  }

  private static float feedback(Config block, EnergyForm energy) {
    float feedback = atLeastZero(block, "feedback");
    if (energy == EnergyForm.SELF_BACKPROPAGATING && feedback != 1f) {
      throw bad(
          block,
          "feedback",
          feedback + ": an ablation of the energy without self-backpropagation; set rbm.sbp = off");
    }
    return feedback;
  }

  private static float atLeastZero(Config block, String key) {
    double value = block.getDouble(key);
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw bad(block, key, value + ", must be at least 0");
    }
    return (float) value;
  }

  private static float aboveZero(Config block, String key) {
    double value = block.getDouble(key);
    if (!(value > 0) || Double.isInfinite(value)) {
      throw bad(block, key, value + ", must be above 0");
    }
    return (float) value;
  }

  private static int atLeastOne(Config block, String key) {
    int value = block.getInt(key);
    if (value < 1) {
      throw bad(block, key, value + ", must be at least 1");
    }
    return value;
  }

  private static <T> T choice(Config block, String key, Map<String, T> choices) {
    String name = block.getString(key);
    T chosen = choices.get(name);
    if (chosen == null) {
      throw bad(block, key, name + ", known are " + choices.keySet().stream().sorted().toList());
    }
    return chosen;
  }

  private static ConfigException.BadValue bad(Config block, String key, String reason) {
    return new ConfigException.BadValue(block.getValue(key).origin(), "rbm." + key, reason);
  }
}
