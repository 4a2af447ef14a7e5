package org.sparksbp.spikingmlp;

import java.util.Arrays;
import org.sparksbp.kernel.Kernels;
import org.sparksbp.kernel.Transpose;
import org.sparksbp.spikingmlp.SpikingMlpSettings.NeuronConstants;

/**
 * The parts of backpropagation through time that the rules are put together from: from a gradient
 * by a layer's spikes to one by its input currents, and from there to its synapses or to the spikes
 * of the layer below.
 *
 * <p>With p the surrogate gradient, f the logistic function of the input current, D the gradient of
 * the loss by the spikes as later layers see them, backwards in time:
 *
 * <pre>
 *   dL/ds(t) = D(t) - leak m(t) dL/dm(t+1)                     the reset path
 *   dL/dm(t) = dL/ds(t) p(m(t)) + leak (1 - s(t)) dL/dm(t+1)
 *   dL/du(t) = dL/dm(t) f(t) (1 - f(t))
 * </pre>
 *
 * <p>The reset is differentiated, as in STBP and SNU, whose {@code m (1 - s)} is an ordinary factor
 * of their recursions: the gradient is then the exact one of the network with the step smoothed.
 * The hidden layers of brp, e-prop and nrr leave the reset path out. Where a neuron takes its
 * current as it is, dL/du is dL/dm.
 */
final class BackwardPass {

  /** Whether the effect of a spike on its own neuron's later potential is differentiated. */
  enum ResetPath {
    DIFFERENTIATED,
    IGNORED
  }

  private final Topology topology;
  private final NeuronConstants neuron;
  private final Surrogate surrogate;
  private final float surrogateWidth;
  private final Readout readout;
  private final float[] leaks;

  /** Gradient by each layer's leak of the sample just gone through, where it is learned. */
  private final float[] leakGradients;

  private final Kernels kernels;
  private final CoincidenceEnergy energy;
  private final float[][] spikeGradients;
  private final float[][] currentGradients;

  /** Of the matrices behind hidden layers, {@code [N_l+1, N_l]}: rows are long, columns short. */
  private final float[][] transposedGradients;

  private final float[] potential;
  private final float[] spike;
  private final float[] drive;
  private final float[] bySpike;
  private final float[] byCurrent;
  private final float[] carried;
  private final float[] derivative;
  private final float[] summed;
  private final float[] chosenGradients;
  private final float[] chosenSpikes;

  BackwardPass(
      Topology topology, SpikingMlpSettings settings, Kernels kernels, CoincidenceEnergy energy) {
    this.topology = topology;
    this.neuron = settings.neuron();
    this.surrogate = settings.surrogate();
    this.surrogateWidth = settings.surrogateWidth();
    this.readout = settings.readout();
    this.kernels = kernels;
    this.energy = energy;
    int layers = topology.matrices();
    leaks = new float[layers + 1];
    leakGradients = new float[layers + 1];
    spikeGradients = new float[layers + 1][];
    currentGradients = new float[layers + 1][];
    transposedGradients = new float[layers][0];
    for (int l = 1; l < layers; l++) {
      transposedGradients[l] = new float[Math.toIntExact(topology.synapses(l))];
    }
    int widest = 0;
    for (int layer = 1; layer <= layers; layer++) {
      spikeGradients[layer] = new float[topology.steps() * topology.size(layer)];
      currentGradients[layer] = new float[topology.steps() * topology.size(layer)];
      widest = Math.max(widest, topology.size(layer));
    }
    potential = new float[widest];
    spike = new float[widest];
    drive = new float[widest];
    bySpike = new float[widest];
    byCurrent = new float[widest];
    carried = new float[widest];
    derivative = new float[widest];
    summed = new float[widest];
    chosenGradients = new float[topology.steps() * widest];
    chosenSpikes = new float[topology.steps() * widest];
  }

  /**
   * Adds the gradient of the output matrix and biases.
   *
   * @param outputGradient of the loss by the outputs, {@code [outputs]}
   * @param target y, {@code [outputs]}
   */
  void learnOutput(
      ForwardPass forward,
      float[] outputGradient,
      float[] target,
      int batchSize,
      ResetPath resetPath,
      Connections gradient) {
    int layer = topology.matrices();
    LayerTrace trace = forward.trace(layer);
    if (readout.fires()) {
      presentSpikeGradient(layer, outputGradient, 1f / topology.steps());
      energy.addGradient(layer, spikeGradients[layer]);
      throughTime(trace, layer, resetPath);
    } else {
      float[] byCurrents = currentGradients[layer];
      readout.differentiate(trace, outputGradient, target, batchSize, byCurrents);
      sumBack(trace, layer, byCurrents);
    }
    addToGradient(forward, layer - 1, gradient);
  }

  /** From the gradient by potentials that a readout is of to the one by input currents. */
  private void sumBack(LayerTrace trace, int layer, float[] byPotential) {
    int neurons = trace.neurons();
    float byLeak = 0f;
    for (int i = byPotential.length - 1; i >= neurons; i--) {
      byPotential[i - neurons] += leaks[layer] * byPotential[i];
      byLeak += byPotential[i] * trace.potentials()[i - neurons];
    }
    leakGradients[layer] = byLeak;
  }

  /** Sets the gradient by a layer's spikes to {@code scale} times the values, in every step. */
  void presentSpikeGradient(int layer, float[] values, float scale) {
    int neurons = topology.size(layer);
    float[] target = spikeGradients[layer];
    for (int j = 0; j < neurons; j++) {
      target[j] = scale * values[j];
    }
    for (int step = 1; step < topology.steps(); step++) {
      System.arraycopy(target, 0, target, step * neurons, neurons);
    }
  }

  /**
   * Sets the gradient by a hidden layer's spikes from the one by the currents of the layer above
   * it.
   *
   * @param transposed weights from the layer to the one above it, {@code [N_layer+1, N_layer]}
   */
  void throughWeights(int layer, float[] transposed) {
    Arrays.fill(spikeGradients[layer], 0f);
    kernels.multiplyAdd(
        topology.steps(),
        topology.size(layer + 1),
        topology.size(layer),
        currentGradients[layer + 1],
        transposed,
        spikeGradients[layer]);
    energy.addGradient(layer, spikeGradients[layer]);
  }

  /** From the gradient by a layer's spikes to the one by its input currents. */
  void throughTime(LayerTrace trace, int layer, ResetPath resetPath) {
    Arrays.fill(carried, 0f);
    leakGradients[layer] = 0f;
    float leak = leaks[layer];
    float resetFactor = resetPath == ResetPath.DIFFERENTIATED ? leak : 0f;
    int neurons = trace.neurons();
    for (int step = trace.steps() - 1; step >= 0; step--) {
      int at = step * neurons;
      System.arraycopy(trace.potentials(), at, potential, 0, neurons);
      System.arraycopy(trace.spikes(), at, spike, 0, neurons);
      System.arraycopy(trace.drives(), at, drive, 0, neurons);
      System.arraycopy(spikeGradients[layer], at, bySpike, 0, neurons);
      surrogate.derivative(potential, neurons, neuron.threshold(), surrogateWidth, derivative);
      stepBack(neurons, leak, resetFactor);
      if (topology.learnsLeak() && step > 0) {
        addLeakGradient(trace, layer, at - neurons);
      }
      System.arraycopy(byCurrent, 0, currentGradients[layer], at, neurons);
    }
  }

  /** One step of the recursion, on rows of their own for the compiler's sake. */
  private void stepBack(int neurons, float leak, float resetFactor) {
    for (int j = 0; j < neurons; j++) {
      float later = carried[j];
      float total = bySpike[j] - resetFactor * potential[j] * later;
      float byPotential = total * derivative[j] + leak * (1f - spike[j]) * later;
      carried[j] = byPotential;
      byCurrent[j] = byPotential * drive[j] * (1f - drive[j]);
    }
    if (neuron.current() == InputCurrent.LINEAR) {
      System.arraycopy(carried, 0, byCurrent, 0, neurons);
    }
  }

  /** What a potential, whose gradient is carried, has kept of the step before. */
  private void addLeakGradient(LayerTrace trace, int layer, int before) {
    float sum = 0f;
    for (int j = 0; j < trace.neurons(); j++) {
      sum += carried[j] * trace.potentials()[before + j] * (1f - trace.spikes()[before + j]);
    }
    leakGradients[layer] += sum;
  }

  /** Before the first sample of a batch. */
  void begin(Connections connections) {
    for (int layer = 1; layer < leaks.length; layer++) {
      leaks[layer] = connections.leak(layer, neuron.leak());
    }
    for (float[] transposed : transposedGradients) {
      Arrays.fill(transposed, 0f);
    }
  }

  /** Adds the gradient of matrix l, of the biases and leak behind it and of its own synapses. */
  void addToGradient(ForwardPass forward, int matrix, Connections gradient) {
    int layer = matrix + 1;
    sumOverSteps(layer);
    if (matrix == 0) {
      boolean repeated = forward.input().trainSteps() == 1;
      float[] byCurrents = repeated ? summed : currentGradients[layer];
      forward
          .input()
          .transposedMultiplyAdd(kernels, topology.size(layer), byCurrents, gradient.weights(0));
    } else {
      kernels.transposedMultiplyAdd(
          topology.steps(),
          topology.size(layer),
          topology.size(matrix),
          1f,
          currentGradients[layer],
          forward.trace(matrix).spikes(),
          transposedGradients[matrix]);
    }
    kernels.scaledAdd(topology.size(layer), 1f, summed, 0, gradient.biases(layer), 0);
    if (topology.learnsLeak()) {
      gradient.leak(layer)[0] += leakGradients[layer] * leaks[layer] * (1f - leaks[layer]);
    }
    if (topology.isRecurrent(layer)) {
      addRecurrentGradient(forward.trace(layer), layer, gradient);
    }
  }

  /** After the last sample of a batch: adds what was summed up apart. */
  void finish(Connections gradient) {
    for (int matrix = 1; matrix < topology.matrices(); matrix++) {
      int rows = topology.size(matrix);
      int columns = topology.size(matrix + 1);
      Transpose.addInPlace(columns, rows, transposedGradients[matrix], gradient.weights(matrix));
    }
    int last = topology.matrices() - 1;
    energy.addWeightGradient(last, gradient.weights(last));
  }

  /**
   * Adds the terms of some steps alone to the gradient of matrix l, and none to that of biases.
   *
   * @param steps from 0
   */
  void addStepsToGradient(ForwardPass forward, int matrix, int[] steps, Connections gradient) {
    int neurons = topology.size(matrix + 1);
    copySteps(steps, neurons, currentGradients[matrix + 1], chosenGradients);
    if (matrix == 0) {
      forward
          .input()
          .transposedMultiplyAdd(kernels, steps, neurons, chosenGradients, gradient.weights(0));
      return;
    }
    int below = topology.size(matrix);
    copySteps(steps, below, forward.trace(matrix).spikes(), chosenSpikes);
    kernels.transposedMultiplyAdd(
        steps.length,
        neurons,
        below,
        1f,
        chosenGradients,
        chosenSpikes,
        transposedGradients[matrix]);
  }

  private static void copySteps(int[] steps, int neurons, float[] from, float[] to) {
    for (int row = 0; row < steps.length; row++) {
      System.arraycopy(from, steps[row] * neurons, to, row * neurons, neurons);
    }
  }

  /** Adds the energy term's gradient by the hidden matrices themselves. */
  void addEnergyOfHiddenWeights(Connections gradient) {
    for (int l = 0; l + 1 < topology.matrices(); l++) {
      energy.addWeightGradient(l, gradient.weights(l));
    }
  }

  /** Gradient by the layer's input currents, {@code [steps, neurons]}; not a copy. */
  float[] currentGradients(int layer) {
    return currentGradients[layer];
  }

  private void sumOverSteps(int layer) {
    int neurons = topology.size(layer);
    Arrays.fill(summed, 0, neurons, 0f);
    for (int step = 0; step < topology.steps(); step++) {
      kernels.scaledAdd(neurons, 1f, currentGradients[layer], step * neurons, summed, 0);
    }
  }

  private void addRecurrentGradient(LayerTrace trace, int layer, Connections gradient) {
    int neurons = trace.neurons();
    for (int step = 1; step < trace.steps(); step++) {
      for (int i = 0; i < neurons; i++) {
        float spike = trace.spikes()[(step - 1) * neurons + i];
        if (spike != 0f) {
          kernels.scaledAdd(
              neurons,
              spike,
              currentGradients[layer],
              step * neurons,
              gradient.recurrent(layer),
              i * neurons);
        }
      }
    }
    gradient.clearSelfConnections(layer);
  }
}
