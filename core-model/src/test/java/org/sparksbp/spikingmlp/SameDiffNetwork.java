package org.sparksbp.spikingmlp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparksbp.spike.Sample;

/**
 * The same network and its gradient by SameDiff's automatic differentiation, in double precision. A
 * spike is the step, which has no gradient, plus the surrogate's primitive less a constant of the
 * primitive's value, so that the forward pass spikes and the backward pass sees the surrogate. The
 * constants come from a first run in which they and the primitive are left out.
 */
final class SameDiffNetwork {

  private final int[] sizes;
  private final int steps;
  private final Surrogate surrogate;

  SameDiffNetwork(int[] sizes, int steps, Surrogate surrogate) {
    this.sizes = sizes.clone();
    this.steps = steps;
    this.surrogate = surrogate;
  }

  /** Gradient of the mean squared error, weights and biases in the order of the layout. */
  double[] gradient(float[] parameters, List<Sample> samples) {
    Map<String, INDArray> potentials = new HashMap<>();
    SameDiff spiking = build(parameters, samples, null);
    for (int step = 0; step < steps; step++) {
      for (int layer = 1; layer < sizes.length; layer++) {
        String name = potentialName(layer, step);
        potentials.put(name, spiking.getVariable(name).eval());
      }
    }
    SameDiff sd = build(parameters, samples, potentials);
    List<String> names = new ArrayList<>();
    for (int l = 0; l + 1 < sizes.length; l++) {
      names.add("weights-" + l);
      names.add("biases-" + (l + 1));
    }
    Map<String, INDArray> slopes = sd.calculateGradients(Map.of(), names);
    List<Double> flat = new ArrayList<>();
    for (String name : names) {
      for (double value : slopes.get(name).dup('c').data().asDouble()) {
        flat.add(value);
      }
    }
    return flat.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private SameDiff build(
      float[] parameters, List<Sample> samples, Map<String, INDArray> potentials) {
    SameDiff sd = SameDiff.create();
    SDVariable[] weights = new SDVariable[sizes.length];
    SDVariable[] biases = new SDVariable[sizes.length];
    int offset = 0;
    for (int l = 0; l + 1 < sizes.length; l++) {
      weights[l] = sd.var("weights-" + l, slice(parameters, offset, sizes[l], sizes[l + 1]));
      offset += sizes[l] * sizes[l + 1];
      biases[l + 1] = sd.var("biases-" + (l + 1), slice(parameters, offset, 1, sizes[l + 1]));
      offset += sizes[l + 1];
    }
    SDVariable[] membrane = new SDVariable[sizes.length];
    SDVariable[] spikes = new SDVariable[sizes.length];
    SDVariable total = null;
    for (int step = 0; step < steps; step++) {
      SDVariable below = sd.constant("input-" + step, input(samples, step));
      for (int layer = 1; layer < sizes.length; layer++) {
        SDVariable current = below.mmul(weights[layer - 1]).add(biases[layer]);
        SDVariable next = sd.nn().sigmoid(current).sub(0.1);
        if (step > 0) {
          next = next.add(membrane[layer].mul(0.2).mul(spikes[layer].rsub(1.0)));
        }
        String name = potentialName(layer, step);
        membrane[layer] = next.rename(name);
        spikes[layer] = spike(sd, next, potentials == null ? null : potentials.get(name));
        below = spikes[layer];
      }
      total = total == null ? below : total.add(below);
    }
    SDVariable error = total.div(steps).sub(sd.constant("target", targets(samples)));
    error.mul(error).mean().rename("loss");
    sd.setLossVariables("loss");
    return sd;
  }

  private SDVariable spike(SameDiff sd, SDVariable membrane, INDArray potential) {
    SDVariable step = sd.math().sign(membrane.sub(0.5)).add(1.0).mul(0.5);
    if (potential == null) {
      return step;
    }
    INDArray value = potential.dup();
    for (long i = 0; i < value.length(); i++) {
      value.putScalar(
          i, SmoothNetwork.primitive(surrogate, surrogate.usualWidth(), value.getDouble(i)));
    }
    return step.add(primitive(sd, membrane)).sub(sd.constant(value));
  }

  private SDVariable primitive(SameDiff sd, SDVariable membrane) {
    SDVariable u = membrane.sub(0.5);
    return switch (surrogate) {
      case RECTANGULAR ->
          sd.math().abs(u.add(0.3)).sub(sd.math().abs(u.sub(0.3))).mul(0.5).add(0.5);
      case SIGMOID -> sd.nn().sigmoid(membrane);
      case FAST_SIGMOID -> u.div(sd.math().abs(u).mul(25.0).add(1.0)).add(0.5);
      case ATAN -> sd.math().atan(u.mul(Math.PI)).div(Math.PI).add(0.5);
      case TRIANGULAR -> {
        // u - u |u| / 2 up to |u| = 1, further out constant.
        SDVariable near = sd.math().abs(u.add(1.0)).sub(sd.math().abs(u.sub(1.0))).mul(0.5);
        yield near.sub(near.mul(sd.math().abs(near)).mul(0.5)).add(0.5);
      }
    };
  }

  private static String potentialName(int layer, int step) {
    return "potential-" + layer + "-" + step;
  }

  private INDArray input(List<Sample> samples, int step) {
    INDArray input = Nd4j.zeros(DataType.DOUBLE, samples.size(), sizes[0]);
    for (int row = 0; row < samples.size(); row++) {
      int at = row;
      samples
          .get(row)
          .spikes()
          .forEach(
              (when, channel) -> {
                if (when == step) {
                  input.putScalar(at, channel, 1.0);
                }
              });
    }
    return input;
  }

  private INDArray targets(List<Sample> samples) {
    INDArray targets = Nd4j.zeros(DataType.DOUBLE, samples.size(), sizes[sizes.length - 1]);
    for (int row = 0; row < samples.size(); row++) {
      for (int k = 0; k < sizes[sizes.length - 1]; k++) {
        targets.putScalar(row, k, samples.get(row).target()[k]);
      }
    }
    return targets;
  }

  private static INDArray slice(float[] parameters, int offset, int rows, int columns) {
    INDArray array = Nd4j.zeros(DataType.DOUBLE, rows, columns);
    for (int i = 0; i < rows * columns; i++) {
      array.putScalar(i / columns, i % columns, parameters[offset + i]);
    }
    return array;
  }
}
