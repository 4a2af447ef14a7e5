package org.sparksbp.bpann;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.sparksbp.learner.CheckedSettings;
import org.sparksbp.learner.InputVector;

/**
 * What a perceptron is built from.
 *
 * @param rule which layers learn
 * @param hidden neurons of each hidden layer
 * @param hiddenActivation of every hidden layer
 * @param output softmax or sigmoid, each with its cross-entropy
 * @param updater Deeplearning4j's, with its step size
 * @param input how a spike train becomes the input vector
 * @param seed of the initial weights
 */
record BpAnnSettings(
    Rule rule,
    List<Integer> hidden,
    Activation hiddenActivation,
    Activation output,
    IUpdater updater,
    InputVector input,
    long seed) {

  /** Which layers learn. */
  enum Rule {
    /** All. */
    BP,
    /** The output layer; the hidden ones stay at their random start. */
    FROZEN_HIDDEN
  }

  static BpAnnSettings of(Config configuration) {
    CheckedSettings settings = new CheckedSettings(configuration, "bp-ann");
    return new BpAnnSettings(
        CheckedSettings.of(configuration).choice("rule", Rule.class),
        settings.hidden(),
        settings.choice(
            "hidden-activation",
            Map.of(
                "relu", Activation.RELU, "tanh", Activation.TANH, "sigmoid", Activation.SIGMOID)),
        settings.choice(
            "output", Map.of("softmax", Activation.SOFTMAX, "sigmoid", Activation.SIGMOID)),
        updater(settings),
        settings.choice("input", InputVector.class),
        configuration.getLong("seed"));
  }

  private static IUpdater updater(CheckedSettings settings) {
    double learningRate = settings.positive("learning-rate");
    double momentum = settings.belowOne("momentum");
    return settings.choice(
        "updater",
        Map.of(
            "adam", new Adam(learningRate),
            "nesterov", new Nesterovs(learningRate, momentum),
            "sgd", new Sgd(learningRate)));
  }
}
