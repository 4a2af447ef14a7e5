package org.sparksbp.snn;

import java.util.List;
import java.util.Optional;
import org.sparksbp.neuron.MembraneConstants;
import org.sparksbp.neuron.ShortTermPlasticity;
import org.sparksbp.plasticity.PlasticityRule;

/**
 * All settings of the plasticity-trained spiking network.
 *
 * @param rule learning rule
 * @param hidden N_1 .. N_{L-1}
 * @param seed decides initial weights and inhibitory neurons
 * @param state what the membrane starts a batch with
 * @param input how the input drives the first layer
 * @param spikingPhase whether there is one; without it relaxation starts from activities of 0
 * @param membrane constants of the membrane
 * @param relaxation constants of the two relaxations
 * @param startScales factors on the drawn weights of W_0, W_1, ..; the last stands for all matrices
 *     after it
 * @param stepSizes alpha_0, alpha_1, ..; the last stands for all matrices after it
 * @param noise on the weight changes
 * @param inhibitoryShare of each layer's neurons; 0 switches Dale's law off
 * @param shortTermPlasticity of the input currents, if any
 */
record SnnSettings(
    PlasticityRule rule,
    List<Integer> hidden,
    long seed,
    State state,
    Input input,
    boolean spikingPhase,
    MembraneConstants membrane,
    RelaxationConstants relaxation,
    List<Double> startScales,
    List<Double> stepSizes,
    UpdateNoise noise,
    double inhibitoryShare,
    Optional<ShortTermPlasticity> shortTermPlasticity) {

  /** What the membrane starts a batch with. */
  enum State {
    /** Zero, so that a sample's answer is its own. */
    FRESH,
    /** What the batch before left, as in the published implementation. */
    CARRIED
  }

  /** How the input drives the first layer. */
  enum Input {
    /** The firing rates, held for the whole spiking phase. */
    RATE,
    /** The spikes of the train, stretched over the spiking phase; relaxations see the rates. */
    SPIKES
  }

  SnnSettings {
    hidden = List.copyOf(hidden);
    startScales = List.copyOf(startScales);
    stepSizes = List.copyOf(stepSizes);
  }

  /** alpha_l. */
  double stepSize(int matrix) {
    return ofMatrix(stepSizes, matrix);
  }

  /** Factor on the drawn weights of W_l. */
  double startScale(int matrix) {
    return ofMatrix(startScales, matrix);
  }

  private static double ofMatrix(List<Double> values, int matrix) {
    return values.get(Math.min(matrix, values.size() - 1));
  }
}
