package org.sparksbp.spikingmlp;

import java.util.Arrays;
import java.util.List;
import org.sparksbp.learner.ParameterLayout.Block;
import org.sparksbp.learner.ParameterLayout.Role;
import org.sparksbp.spike.Sample;

/**
 * The network's equations written down plainly in double precision, the step function replaced by
 * the surrogate's primitive, so that the loss is a differentiable function of the parameters.
 */
final class SmoothNetwork {

  private final int[] sizes;
  private final int steps;
  private final Surrogate surrogate;
  private final double energyTerm;

  SmoothNetwork(SpikingMlp network, int steps, Surrogate surrogate, double energyTerm) {
    List<Block> weights =
        network.layout().blocks().stream().filter(block -> block.role() == Role.WEIGHT).toList();
    this.sizes = new int[weights.size() + 1];
    for (int l = 0; l < weights.size(); l++) {
      sizes[l] = weights.get(l).shape().get(0);
      sizes[l + 1] = weights.get(l).shape().get(1);
    }
    this.steps = steps;
    this.surrogate = surrogate;
    this.energyTerm = energyTerm;
  }

  /** The function whose derivative the surrogate is; between 0 and 1 near the threshold. */
  static double primitive(Surrogate surrogate, double membrane) {
    double u = membrane - 0.5;
    return switch (surrogate) {
      case RECTANGULAR -> 0.5 + Math.max(-0.3, Math.min(0.3, u));
      case SIGMOID -> 1 / (1 + Math.exp(-membrane));
      case FAST_SIGMOID -> 0.5 + u / (1 + 25 * Math.abs(u));
      case ATAN -> 0.5 + Math.atan(Math.PI * u) / Math.PI;
    };
  }

  static SpikeFunction spikeFunction(Surrogate surrogate) {
    return (potential, threshold, spike) -> {
      for (int i = 0; i < potential.length; i++) {
        spike[i] = (float) primitive(surrogate, potential[i]);
      }
    };
  }

  /** N_0..N_L; not a copy. */
  int[] sizes() {
    return sizes;
  }

  int trained() {
    int sum = 0;
    for (int l = 0; l + 1 < sizes.length; l++) {
      sum += (sizes[l] + 1) * sizes[l + 1];
    }
    return sum;
  }

  double loss(double[] parameters, List<Sample> samples) {
    double[][] ofEachStep = new double[steps][];
    Arrays.fill(ofEachStep, parameters);
    return loss(ofEachStep, samples);
  }

  /**
   * With parameters of its own for each step.
   *
   * @param parameters {@code [steps][trained]}
   */
  double loss(double[][] parameters, List<Sample> samples) {
    int outputs = sizes[sizes.length - 1];
    double squares = 0;
    double[][][] lastSteps = new double[samples.size()][][];
    for (int b = 0; b < lastSteps.length; b++) {
      Sample sample = samples.get(b);
      double[][][] activity = run(parameters, sample);
      for (int k = 0; k < outputs; k++) {
        double mean = 0;
        for (int step = 0; step < steps; step++) {
          mean += activity[step][sizes.length - 1][k] / steps;
        }
        squares += Math.pow(mean - sample.target()[k], 2) / (samples.size() * outputs);
      }
      lastSteps[b] = activity[steps - 1];
    }
    return squares + energyTerm * energy(lastSteps, parameters[steps - 1]);
  }

  /** Each entry of the matrices [batch, batch] by itself. */
  private double energy(double[][][] lastSteps, double[] parameters) {
    double sum = 0;
    int pairs = lastSteps.length * lastSteps.length;
    int offset = 0;
    for (int l = 0; l + 1 < sizes.length; l++) {
      double product = 0;
      double own = 0;
      for (double[][] one : lastSteps) {
        for (double[][] other : lastSteps) {
          for (int j = 0; j < sizes[l + 1]; j++) {
            own += one[l + 1][j] * other[l + 1][j] / pairs;
            for (int i = 0; i < sizes[l]; i++) {
              double weight = parameters[offset + i * sizes[l + 1] + j];
              product += one[l + 1][j] * weight * other[l][i] / pairs;
            }
          }
        }
      }
      sum += Math.abs(product / (sizes[l] * sizes[l + 1]) + own / (sizes[l + 1] * sizes[l + 1]));
      offset += (sizes[l] + 1) * sizes[l + 1];
    }
    return sum;
  }

  private double[][][] run(double[][] parametersOfSteps, Sample sample) {
    double[][][] activity = new double[steps][sizes.length][];
    for (double[][] layers : activity) {
      layers[0] = new double[sizes[0]];
    }
    boolean repeated = sample.spikes().steps() == 1;
    sample
        .spikes()
        .forEach(
            (step, channel) -> {
              for (int t = repeated ? 0 : step; t <= (repeated ? steps - 1 : step); t++) {
                activity[t][0][channel] = 1;
              }
            });
    double[][] membrane = new double[sizes.length][];
    for (int step = 0; step < steps; step++) {
      double[] parameters = parametersOfSteps[step];
      int offset = 0;
      for (int l = 0; l + 1 < sizes.length; l++) {
        double[] now = new double[sizes[l + 1]];
        activity[step][l + 1] = new double[sizes[l + 1]];
        for (int j = 0; j < now.length; j++) {
          double current = parameters[offset + sizes[l] * sizes[l + 1] + j];
          for (int i = 0; i < sizes[l]; i++) {
            current += activity[step][l][i] * parameters[offset + i * sizes[l + 1] + j];
          }
          double kept =
              step == 0 ? 0 : 0.2 * membrane[l + 1][j] * (1 - activity[step - 1][l + 1][j]);
          now[j] = kept + 1 / (1 + Math.exp(-current)) - 0.1;
          activity[step][l + 1][j] = primitive(surrogate, now[j]);
        }
        membrane[l + 1] = now;
        offset += (sizes[l] + 1) * sizes[l + 1];
      }
    }
    return activity;
  }
}
