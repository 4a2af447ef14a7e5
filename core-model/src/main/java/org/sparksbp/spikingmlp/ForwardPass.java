package org.sparksbp.spikingmlp;

import org.sparksbp.kernel.Kernels;
import org.sparksbp.learner.Work;
import org.sparksbp.spikingmlp.SpikingMlpSettings.NeuronConstants;

/**
 * One sample running through the network: its input spikes and, after {@link #run}, what every
 * layer did. Layer by layer rather than step by step, as a layer hears only the layer below it and
 * itself; a layer sees the spikes that the one below fires in the same step.
 */
final class ForwardPass {

  private static final int EXACT = 1 << 20;

  private final Topology topology;
  private final NeuronConstants neuron;
  private final Readout readout;
  private final Kernels kernels;
  private final SpikeFunction spikeFunction;
  private final SpikeRaster input;
  private final LayerTrace[] traces;

  ForwardPass(
      Topology topology,
      SpikingMlpSettings settings,
      Kernels kernels,
      SpikeFunction spikeFunction) {
    this.topology = topology;
    this.neuron = settings.neuron();
    this.readout = settings.readout();
    this.kernels = kernels;
    this.spikeFunction = spikeFunction;
    this.input = new SpikeRaster(topology.size(0));
    this.traces = new LayerTrace[topology.matrices() + 1];
    for (int layer = 1; layer < traces.length; layer++) {
      traces[layer] = new LayerTrace(topology.steps(), topology.size(layer));
    }
  }

  SpikeRaster input() {
    return input;
  }

  /** Layers from 1. */
  LayerTrace trace(int layer) {
    return traces[layer];
  }

  LayerTrace outputTrace() {
    return traces[traces.length - 1];
  }

  /**
   * Presents the input events.
   *
   * @param outputs receives what the output neurons answer from {@code offset} on
   */
  void run(Connections connections, float[] outputs, int offset) {
    for (int layer = 1; layer < traces.length; layer++) {
      LayerTrace trace = traces[layer];
      trace.fillDrives(connections.biases(layer));
      addCurrents(layer, connections.weights(layer - 1));
      float leak = connections.leak(layer, neuron.leak());
      if (layer < traces.length - 1 || readout.fires()) {
        fire(layer, leak, connections.recurrent(layer));
      } else {
        trace.accumulate(leak);
      }
    }
    readout.answer(outputTrace(), kernels, outputs, offset);
  }

  private void fire(int layer, float leak, float[] recurrent) {
    LayerTrace trace = traces[layer];
    int neurons = trace.neurons();
    boolean sigmoid = neuron.current() == InputCurrent.SIGMOID;
    if (sigmoid && !topology.isRecurrent(layer)) {
      kernels.sigmoidInPlace(trace.drives(), 0, topology.steps() * neurons);
    }
    for (int step = 0; step < topology.steps(); step++) {
      if (topology.isRecurrent(layer)) {
        if (step > 0) {
          addRecurrentCurrents(trace, step, recurrent);
        }
        if (sigmoid) {
          kernels.sigmoidInPlace(trace.drives(), step * neurons, neurons);
        }
      }
      trace.integrate(step, leak, neuron, spikeFunction);
    }
  }

  private void addCurrents(int layer, float[] weights) {
    LayerTrace trace = traces[layer];
    int neurons = trace.neurons();
    if (layer == 1) {
      input.multiplyAdd(kernels, neurons, weights, trace.drives());
      if (input.trainSteps() == 1) {
        trace.repeatFirstDrive();
      }
      return;
    }
    kernels.multiplyAdd(
        topology.steps(),
        topology.size(layer - 1),
        neurons,
        traces[layer - 1].spikes(),
        weights,
        trace.drives());
  }

  private void addRecurrentCurrents(LayerTrace trace, int step, float[] recurrent) {
    int neurons = trace.neurons();
    int before = (step - 1) * neurons;
    for (int i = 0; i < neurons; i++) {
      float spike = trace.spikes()[before + i];
      if (spike != 0f) {
        kernels.scaledAdd(neurons, spike, recurrent, i * neurons, trace.drives(), step * neurons);
      }
    }
  }

  /** What the presentation took, learning aside. */
  Work work() {
    int repeats = input.trainSteps() == 1 ? topology.steps() : 1;
    long synapticOperations = (long) input.count() * repeats * topology.fanOut(0);
    long spikes = 0;
    for (int layer = 1; layer < traces.length; layer++) {
      long fired = spikeCount(traces[layer]);
      spikes += fired;
      synapticOperations += fired * topology.fanOut(layer);
    }
    return Work.spiking(topology.steps() * topology.allSynapses(), synapticOperations, spikes);
  }

  /** Spikes are 0 or 1, so their inner product with themselves counts them. */
  private long spikeCount(LayerTrace trace) {
    float[] spikes = trace.spikes();
    long count = 0;
    // In single precision counts are exact up to 2^24.
    for (int from = 0; from < spikes.length; from += EXACT) {
      count +=
          (long) kernels.dot(Math.min(EXACT, spikes.length - from), spikes, from, spikes, from);
    }
    return count;
  }
}
