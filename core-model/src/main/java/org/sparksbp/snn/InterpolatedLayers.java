package org.sparksbp.snn;

import java.util.Arrays;
import java.util.Optional;
import org.sparksbp.kernel.Kernels;
import org.sparksbp.neuron.MembraneConstants;

/**
 * The spiking phase of a network none of whose neurons can fire and whose first layer is a {@link
 * SteadyFirstLayer}, layer by layer: products and currents at the {@link CurrentNodes}, membranes
 * in all steps.
 */
final class InterpolatedLayers {

  /** Neurons whose steps are run together, so that their state stays in the nearest cache. */
  private static final int NEURONS_AT_ONCE = 512;

  private final MembraneConstants constants;
  private final Kernels kernels;
  private final ArrayLayer[] layers;
  private final Synapses[] synapses;
  private final SteadyFirstLayer first;
  private final CurrentNodes nodes;
  private final CurrentFilter filter;
  private final float[][] conductances;
  private final int[] nodeNumbers;
  private final float[][] activities; // of the layer below, [batch, N_l-1] at each node but rest
  private final float[][] currents; // [batch, N_l] at each node
  private float[] block = new float[0]; // currents of some neurons, [nodes, neurons]

  private InterpolatedLayers(
      NetworkDefinition network,
      Kernels kernels,
      ArrayLayer[] layers,
      Synapses[] synapses,
      SteadyFirstLayer first,
      CurrentNodes nodes) {
    this.constants = network.settings().membrane();
    this.kernels = kernels;
    this.layers = layers;
    this.synapses = synapses;
    this.first = first;
    this.nodes = nodes;
    filter = new CurrentFilter(network.settings(), kernels);
    conductances = nodes.conductances(constants);
    nodeNumbers = new int[nodes.count()];
    Arrays.setAll(nodeNumbers, node -> node);
    activities = new float[nodes.count()][0];
    currents = new float[nodes.count()][0];
  }

  /** Empty if some neuron may fire, or there is no layer behind the first. */
  static Optional<InterpolatedLayers> of(
      NetworkDefinition network, Kernels kernels, ArrayLayer[] layers, Synapses[] synapses) {
    Optional<SteadyFirstLayer> first = SteadyFirstLayer.of(network);
    if (first.isEmpty() || layers.length <= 2) {
      return Optional.empty();
    }
    MembraneConstants constants = network.settings().membrane();
    double[] reversals =
        network.daleLaw()
            ? new double[] {constants.excitatoryReversal(), constants.inhibitoryReversal()}
            : new double[] {constants.excitatoryReversal()};
    return CurrentNodes.of(network.settings(), reversals)
        .map(
            nodes ->
                new InterpolatedLayers(network, kernels, layers, synapses, first.get(), nodes));
  }

  /**
   * Runs all steps from rest. Nothing fires.
   *
   * @param result receives a_1 .. a_L of the last step
   * @return for each row whether its result is within the tolerance; where it is not, some drive
   *     was too large
   */
  boolean[] run(int batch, float[][] result) {
    boolean[] accurate = new boolean[batch];
    Arrays.fill(accurate, true);
    int last = layers.length - 1;
    int length = batch * layers[1].neurons;
    for (int node = 1; node < nodes.count(); node++) {
      activities[node] = Synapses.atLeast(activities[node], length);
      first.activity(nodes.step(node), batch, layers[1].current, activities[node]);
    }
    takeResult(length, result[1]);
    for (int l = 2; l <= last; l++) {
      collectCurrents(l, batch, accurate);
      runMembranes(l, batch);
      takeResult(batch * layers[l].neurons, result[l]);
    }
    return accurate;
  }

  /** The last step is the first node behind rest. */
  private void takeResult(int length, float[] result) {
    System.arraycopy(activities[1], 0, result, 0, length);
  }

  private void collectCurrents(int l, int batch, boolean[] accurate) {
    ArrayLayer layer = layers[l];
    int length = batch * layer.neurons;
    for (int node = 0; node < nodes.count(); node++) {
      currents[node] = Synapses.atLeast(currents[node], length);
      float[] current = currents[node];
      Arrays.fill(current, 0, length, 0f);
      if (node > 0) {
        synapses[l - 1].addForward(batch, activities[node], current);
        noteLargeDrives(batch, layer.neurons, current, accurate);
      }
      for (int row = 0; row < batch; row++) {
        kernels.scaledAdd(layer.neurons, 1f, layer.bias, 0, current, row * layer.neurons);
      }
      filter.driveToCurrent(current, length);
    }
  }

  private static void noteLargeDrives(int batch, int neurons, float[] drive, boolean[] accurate) {
    for (int row = 0; row < batch; row++) {
      int end = (row + 1) * neurons;
      int large = 0;
      for (int at = row * neurons; at < end; at++) {
        // Not "greater": NaN has no place in the range either.
        large += Math.abs(drive[at]) <= CurrentNodes.RANGE ? 0 : 1;
      }
      accurate[row] &= large == 0;
    }
  }

  /** Replaces the activities of the layer below by those of layer l. */
  private void runMembranes(int l, int batch) {
    ArrayLayer layer = layers[l];
    int rows = Math.max(1, NEURONS_AT_ONCE / layer.neurons);
    int length = batch * layer.neurons;
    for (int node = 1; node < nodes.count(); node++) {
      activities[node] = Synapses.atLeast(activities[node], length);
    }
    for (int row = 0; row < batch; row += rows) {
      int from = row * layer.neurons;
      runBlock(layer, from, Math.min(rows * layer.neurons, length - from));
    }
    for (int node = 1; node < nodes.count(); node++) {
      kernels.sigmaInPlace(activities[node], 0, length);
    }
  }

  private void runBlock(ArrayLayer layer, int from, int length) {
    int count = nodes.count();
    block = Synapses.atLeast(block, count * length);
    for (int node = 0; node < count; node++) {
      System.arraycopy(currents[node], from, block, node * length, length);
    }
    int steps = constants.steps();
    for (int k = 1; k <= steps; k++) {
      float[] weights = conductances[k];
      Arrays.fill(layer.conductance, from, from + length, weights[count]);
      kernels.addScaledRows(count, nodeNumbers, weights, 0, length, block, layer.conductance, from);
      layer.integrateMembrane(constants, from, length, (float) k / steps);
      for (int node = 1; node < count; node++) {
        if (nodes.step(node) == k) {
          System.arraycopy(layer.membrane, from, activities[node], from, length);
        }
      }
    }
  }
}
