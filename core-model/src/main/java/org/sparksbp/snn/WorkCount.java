package org.sparksbp.snn;

import org.sparksbp.learner.LayerSizes;
import org.sparksbp.learner.Work;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;

/**
 * Multiply-accumulates of the network's equations on dense arrays, and which of them spikes drive.
 *
 * <p>With M_l = N_l N_{l+1}, S steps and per sample:
 *
 * <pre>
 * spiking phase            S sum over all l of M_l, or nothing where it is switched off
 * homeostatic iteration    sum over all l of M_l + sum over l &gt;= 1, l+1 &lt;= L of M_l   (forwards, backwards)
 * clamped iteration        the same
 * learning                 what the rule says
 * </pre>
 *
 * <p>Layers send graded activities in all three phases: sigma(v), not the step's spikes, in the
 * spiking one. Spikes are sent by the input alone, where they drive the first layer ({@code
 * snn.input = spikes}): S M_0 of the products are then additions, each spike of the train one at
 * each of N_1 synapses, as its drive is held until the train's next step.
 *
 * <p>Operations on single neurons or single weights (membranes, sigma, the scaling of rows and
 * columns) are not multiply-accumulates of a product and are not counted.
 */
final class WorkCount {

  private final SnnSettings settings;
  private final LayerSizes sizes;
  private final long iteration;

  WorkCount(NetworkDefinition network) {
    this.settings = network.settings();
    this.sizes = LayerSizes.of(network.sizes());
    // Forwards, and backwards through all matrices but the first.
    this.iteration = 2 * sizes.allSynapses() - sizes.synapses(0);
  }

  /**
   * Of a batch.
   *
   * @param spikes number of spikes of layer 1..L; element 0 is not read
   */
  Work of(SpikeBatch batch, long[] spikes, boolean learned) {
    long all = 0;
    for (int l = 1; l < spikes.length; l++) {
      all += spikes[l];
    }
    long perSample = inference() + (learned ? learning() : 0);
    return new Work(
        perSample * batch.size(),
        (perSample - drivenBySpikes()) * batch.size(),
        spikingPhase() * batch.size(),
        synapticOperations(batch),
        all);
  }

  private long synapticOperations(SpikeBatch batch) {
    long inputSpikes = 0;
    if (inputSpikes()) {
      for (Sample sample : batch.samples()) {
        inputSpikes += sample.spikes().eventCount();
      }
    }
    return inputSpikes * sizes.size(1);
  }

  private boolean inputSpikes() {
    return settings.spikingPhase() && settings.input() == SnnSettings.Input.SPIKES;
  }

  /** Of one sample: the first matrix's products with the input's spikes. */
  private long drivenBySpikes() {
    return inputSpikes() ? settings.membrane().steps() * sizes.synapses(0) : 0;
  }

  /** Of one sample's spiking phase. */
  long spikingPhase() {
    return settings.spikingPhase() ? settings.membrane().steps() * sizes.allSynapses() : 0;
  }

  /** Of one sample's spiking and homeostatic phases. */
  long inference() {
    return spikingPhase() + settings.relaxation().homeostaticIterations() * iteration;
  }

  /** Of one sample's clamped phase and its share of the weight change. */
  long learning() {
    return settings.relaxation().clampedIterations() * iteration
        + settings.rule().multiplyAccumulates(sizes);
  }
}
