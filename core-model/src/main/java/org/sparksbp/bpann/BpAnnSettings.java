package org.sparksbp.bpann;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * What a perceptron is built from.
 *
 * @param hidden neurons of each hidden layer
 * @param hiddenActivation of every hidden layer
 * @param output softmax or sigmoid, each with its cross-entropy
 * @param updater Deeplearning4j's, with its step size
 * @param input how a spike train becomes the input vector
 * @param seed of the initial weights
 */
record BpAnnSettings(
    List<Integer> hidden,
    Activation hiddenActivation,
    Activation output,
    IUpdater updater,
    Input input,
    long seed) {

  enum Input {
    RATE,
    FLATTENED
  }

  static BpAnnSettings of(Config configuration) {
    Config block = configuration.getConfig("bp-ann");
    return new BpAnnSettings(
        hidden(configuration),
        choice(
            block,
            "hidden-activation",
            Map.of(
                "relu", Activation.RELU, "tanh", Activation.TANH, "sigmoid", Activation.SIGMOID)),
        choice(
            block, "output", Map.of("softmax", Activation.SOFTMAX, "sigmoid", Activation.SIGMOID)),
        updater(block),
        choice(block, "input", Map.of("rate", Input.RATE, "flattened", Input.FLATTENED)),
        configuration.getLong("seed"));
  }

  private static List<Integer> hidden(Config configuration) {
    List<Integer> hidden = configuration.getIntList("network.hidden");
    if (hidden.isEmpty() || hidden.stream().anyMatch(neurons -> neurons < 1)) {
      throw new ConfigException.BadValue(
          configuration.getValue("network.hidden").origin(),
          "network.hidden",
          hidden + ": every hidden layer needs at least 1 neuron");
    }
    return List.copyOf(hidden);
  }

  private static IUpdater updater(Config block) {
    double learningRate = block.getDouble("learning-rate");
    if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
      throw bad(block, "learning-rate", learningRate + ", must be above 0");
    }
    double momentum = block.getDouble("momentum");
    if (!(momentum >= 0 && momentum < 1)) {
      throw bad(block, "momentum", momentum + ", must be from 0 to below 1");
    }
    return choice(
        block,
        "updater",
        Map.of(
            "adam", new Adam(learningRate),
            "nesterov", new Nesterovs(learningRate, momentum),
            "sgd", new Sgd(learningRate)));
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
    return new ConfigException.BadValue(block.getValue(key).origin(), "bp-ann." + key, reason);
  }
}
