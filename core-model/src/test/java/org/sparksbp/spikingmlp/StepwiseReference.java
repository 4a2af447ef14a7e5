package org.sparksbp.spikingmlp;

import java.util.List;
import org.sparksbp.random.RandomStream;
import org.sparksbp.spike.Sample;

/**
 * Self-backpropagation by time steps written down plainly from its equations in double precision:
 * forward, the error back through steps and layers, and in each step of the way back the terms of
 * that step. Biases and the output matrix included, in the order of the network's layout.
 */
final class StepwiseReference {

  private static final double LEAK = 0.2;
  private static final int STEPS = TestNetworks.STEPS;

  /** Which terms count. */
  record Terms(int exactEvery, boolean local, boolean flat) {}

  private final int[] sizes;
  private final int last;
  private final List<Sample> samples;
  private final double[][][] weights; // [matrix][pre][post]
  private final double[][] biases; // [layer][neuron]
  private final double[][][][] spikes; // [sample][step][layer][neuron]
  private final double[][][][] deltas;

  StepwiseReference(int[] sizes, float[] parameters, List<Sample> samples) {
    this.sizes = sizes;
    this.last = sizes.length - 1;
    this.samples = samples;
    this.weights = new double[last][][];
    this.biases = new double[last + 1][];
    int at = 0;
    for (int l = 0; l < last; l++) {
      weights[l] = new double[sizes[l]][sizes[l + 1]];
      for (double[] row : weights[l]) {
        for (int j = 0; j < row.length; j++) {
          row[j] = parameters[at++];
        }
      }
      biases[l + 1] = new double[sizes[l + 1]];
      for (int j = 0; j < sizes[l + 1]; j++) {
        biases[l + 1][j] = parameters[at++];
      }
    }
    this.spikes = new double[samples.size()][STEPS][sizes.length][];
    this.deltas = new double[samples.size()][STEPS][sizes.length][];
    for (int b = 0; b < samples.size(); b++) {
      run(b);
    }
  }

  private void run(int b) {
    double[][][] membranes = new double[STEPS][sizes.length][];
    double[][][] drives = new double[STEPS][sizes.length][];
    for (int t = 0; t < STEPS; t++) {
      spikes[b][t][0] = new double[sizes[0]];
    }
    boolean repeated = samples.get(b).spikes().steps() == 1;
    samples
        .get(b)
        .spikes()
        .forEach(
            (step, channel) -> {
              for (int t = 0; t < STEPS; t++) {
                if (repeated || t == step) {
                  spikes[b][t][0][channel] = 1;
                }
              }
            });
    for (int t = 0; t < STEPS; t++) {
      for (int layer = 1; layer <= last; layer++) {
        membranes[t][layer] = new double[sizes[layer]];
        drives[t][layer] = new double[sizes[layer]];
        spikes[b][t][layer] = new double[sizes[layer]];
        for (int j = 0; j < sizes[layer]; j++) {
          double current = biases[layer][j];
          for (int i = 0; i < sizes[layer - 1]; i++) {
            current += spikes[b][t][layer - 1][i] * weights[layer - 1][i][j];
          }
          double kept =
              t == 0 ? 0 : LEAK * membranes[t - 1][layer][j] * (1 - spikes[b][t - 1][layer][j]);
          drives[t][layer][j] = 1 / (1 + Math.exp(-current));
          membranes[t][layer][j] = kept + drives[t][layer][j] - 0.1;
          spikes[b][t][layer][j] = membranes[t][layer][j] > 0.5 ? 1 : 0;
        }
      }
    }
    goBack(b, membranes, drives);
  }

  private void goBack(int b, double[][][] membranes, double[][][] drives) {
    for (int layer = last; layer >= 1; layer--) {
      double[] later = new double[sizes[layer]];
      for (int t = STEPS - 1; t >= 0; t--) {
        deltas[b][t][layer] = new double[sizes[layer]];
        for (int j = 0; j < sizes[layer]; j++) {
          double bySpike = 0;
          if (layer == last) {
            bySpike = -2 * error(b, j) / (samples.size() * sizes[last] * STEPS);
          } else {
            for (int k = 0; k < sizes[layer + 1]; k++) {
              bySpike += weights[layer][j][k] * deltas[b][t][layer + 1][k];
            }
          }
          double m = membranes[t][layer][j];
          double slope = Math.abs(m - 0.5) < 0.3 ? 1 : 0;
          later[j] =
              (bySpike - LEAK * m * later[j]) * slope
                  + LEAK * (1 - spikes[b][t][layer][j]) * later[j];
          double drive = drives[t][layer][j];
          deltas[b][t][layer][j] = later[j] * drive * (1 - drive);
        }
      }
    }
  }

  /** Target - output. */
  private double error(int b, int k) {
    double output = 0;
    for (int t = 0; t < STEPS; t++) {
      output += spikes[b][t][last][k] / STEPS;
    }
    return samples.get(b).target()[k] - output;
  }

  /** The gradient of every matrix, {@code [matrix][pre][post]}; that of biases is 0. */
  double[][][] gradient(Terms terms) {
    double[][][] gradient = new double[last][][];
    double[][][] feedback = new double[last][][];
    for (int l = 0; l < last; l++) {
      gradient[l] = new double[sizes[l]][sizes[l + 1]];
      feedback[l] = feedback(l);
    }
    int stepsBack = 0;
    for (int t = STEPS - 1; t >= 0; t--) {
      stepsBack++;
      double[][] ofStep = exactTerm(last - 1, t);
      add(ofStep, gradient[last - 1]);
      boolean exact = terms.exactEvery() > 0 && stepsBack % terms.exactEvery() == 0;
      for (int l = last - 2; l >= 0; l--) {
        if (exact) {
          add(exactTerm(l, t), gradient[l]);
        } else if (terms.local()) {
          ofStep = localTerm(l, ofStep, feedback[l], terms.flat());
          add(ofStep, gradient[l]);
        }
      }
    }
    return gradient;
  }

  private double[][] exactTerm(int l, int t) {
    double[][] term = new double[sizes[l]][sizes[l + 1]];
    for (int b = 0; b < samples.size(); b++) {
      for (int i = 0; i < sizes[l]; i++) {
        for (int j = 0; j < sizes[l + 1]; j++) {
          term[i][j] += spikes[b][t][l][i] * deltas[b][t][l + 1][j];
        }
      }
    }
    return term;
  }

  private double[][] localTerm(int l, double[][] above, double[][] feedback, boolean flat) {
    double[] magnitudes = new double[sizes[l + 1]];
    double mean = 0;
    for (int j = 0; j < magnitudes.length; j++) {
      for (double value : above[j]) {
        magnitudes[j] += 0.01 * Math.abs(value) / (sizes[l + 1] * sizes[l + 2]);
      }
      mean += magnitudes[j] / magnitudes.length;
    }
    double[][] term = new double[sizes[l]][sizes[l + 1]];
    for (int i = 0; i < sizes[l]; i++) {
      for (int j = 0; j < sizes[l + 1]; j++) {
        double projected = 0;
        double change = 0;
        for (int b = 0; b < samples.size(); b++) {
          for (int k = 0; k < sizes[last]; k++) {
            projected += feedback[j][k] * error(b, k) * spikes[b][STEPS - 1][l][i];
          }
          change += coincidence(b, l, STEPS - 1, i, j) - coincidence(b, l, 1, i, j);
        }
        change /= samples.size() * samples.size();
        term[i][j] = (flat ? mean : magnitudes[j]) * (projected + 0.01 * change);
      }
    }
    return term;
  }

  private double coincidence(int b, int l, int t, int i, int j) {
    return spikes[b][t - 1][l][i] * spikes[b][t][l + 1][j];
  }

  /** R {@code [N_l+1, K]}, as the network draws it for seed 1. */
  private double[][] feedback(int l) {
    RandomStream random = RandomStream.of(1, "self-backpropagation-feedback", l);
    double bound = Math.sqrt(6.0 / sizes[last]);
    double[][] feedback = new double[sizes[l + 1]][sizes[last]];
    for (int k = 0; k < sizes[last]; k++) {
      for (double[] row : feedback) {
        row[k] = bound * (2 * random.nextDouble() - 1);
      }
    }
    return feedback;
  }

  private static void add(double[][] term, double[][] sum) {
    for (int i = 0; i < term.length; i++) {
      for (int j = 0; j < term[i].length; j++) {
        sum[i][j] += term[i][j];
      }
    }
  }
}
