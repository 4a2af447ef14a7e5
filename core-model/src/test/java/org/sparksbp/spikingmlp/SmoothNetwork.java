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
  private final SpikingMlpSettings settings;

  SmoothNetwork(SpikingMlp network, SpikingMlpSettings settings) {
    List<Block> weights =
        network.layout().blocks().stream().filter(block -> block.role() == Role.WEIGHT).toList();
    this.sizes = new int[weights.size() + 1];
    for (int l = 0; l < weights.size(); l++) {
      sizes[l] = weights.get(l).shape().get(0);
      sizes[l + 1] = weights.get(l).shape().get(1);
    }
    this.steps = settings.steps();
    this.settings = settings;
  }

  /** The function whose derivative the surrogate is; between 0 and 1 near the threshold. */
  static double primitive(Surrogate surrogate, double w, double membrane) {
    double u = membrane - 0.5;
    return switch (surrogate) {
      case RECTANGULAR -> 0.5 + Math.max(-w, Math.min(w, u));
      case SIGMOID -> w / (1 + Math.exp(-membrane / w));
      case FAST_SIGMOID -> 0.5 + u / (1 + Math.abs(u) / w);
      case ATAN -> 0.5 + w * Math.atan(u / w);
      case TRIANGULAR ->
          0.5 + (Math.abs(u) < w ? u - u * Math.abs(u) / (2 * w) : Math.signum(u) * w / 2);
    };
  }

  static SpikeFunction spikeFunction(SpikingMlpSettings settings) {
    return (potential, threshold, spike) -> {
      for (int i = 0; i < potential.length; i++) {
        spike[i] = (float) primitive(settings.surrogate(), settings.surrogateWidth(), potential[i]);
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
      sum += (sizes[l] + 1) * sizes[l + 1] + leaks();
    }
    return sum;
  }

  /** Numbers behind a layer's biases. */
  private int leaks() {
    return settings.learnsLeak() ? 1 : 0;
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
    double loss = 0;
    double[][][] lastSteps = new double[samples.size()][][];
    for (int b = 0; b < lastSteps.length; b++) {
      Sample sample = samples.get(b);
      double[][][] activity = run(parameters, sample);
      loss += lossOf(sample, activity) / samples.size();
      lastSteps[b] = activity[steps - 1];
    }
    return loss + settings.energyTerm() * energy(lastSteps, parameters[steps - 1]);
  }

  /** Output neurons that do not fire have their potential as their activity. */
  private double lossOf(Sample sample, double[][][] activity) {
    int outputs = sizes[sizes.length - 1];
    double[] answer = new double[outputs];
    for (int k = 0; k < outputs; k++) {
      for (int step = 0; step < steps; step++) {
        double value = activity[step][sizes.length - 1][k];
        answer[k] =
            switch (settings.readout()) {
              case RATE, MEAN_MEMBRANE -> answer[k] + value / steps;
              case LAST_MEMBRANE -> value;
              case MEAN_SIGMOID -> throw new IllegalStateException();
            };
      }
    }
    double scale = settings.readout() == Readout.RATE ? steps : 1;
    double logSum = Math.log(Arrays.stream(answer).map(value -> Math.exp(scale * value)).sum());
    double loss = 0;
    for (int k = 0; k < outputs; k++) {
      loss +=
          settings.loss() == Loss.MSE
              ? Math.pow(answer[k] - sample.target()[k], 2) / outputs
              : sample.target()[k] * (logSum - scale * answer[k]);
    }
    return loss;
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
      offset += (sizes[l] + 1) * sizes[l + 1] + leaks();
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
        double leak = settings.neuron().leak();
        if (settings.learnsLeak()) {
          leak = 1 / (1 + Math.exp(-parameters[offset + (sizes[l] + 1) * sizes[l + 1]]));
        }
        activity[step][l + 1] = new double[sizes[l + 1]];
        for (int j = 0; j < now.length; j++) {
          double current = parameters[offset + sizes[l] * sizes[l + 1] + j];
          for (int i = 0; i < sizes[l]; i++) {
            current += activity[step][l][i] * parameters[offset + i * sizes[l + 1] + j];
          }
          double kept = step == 0 ? 0 : leak * membrane[l + 1][j];
          if (l + 2 == sizes.length && settings.readout() != Readout.RATE) {
            now[j] = kept + current;
            activity[step][l + 1][j] = now[j];
            continue;
          }
          kept *= step == 0 ? 0 : 1 - activity[step - 1][l + 1][j];
          boolean linear = settings.neuron().current() == InputCurrent.LINEAR;
          double drive = linear ? current : 1 / (1 + Math.exp(-current));
          now[j] = kept + drive - settings.neuron().inhibition();
          activity[step][l + 1][j] =
              primitive(settings.surrogate(), settings.surrogateWidth(), now[j]);
        }
        membrane[l + 1] = now;
        offset += (sizes[l] + 1) * sizes[l + 1] + leaks();
      }
    }
    return activity;
  }
}
