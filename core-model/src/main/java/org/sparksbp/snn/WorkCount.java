package org.sparksbp.snn;

/**
 * Multiply-accumulates of the network's equations on dense arrays, and the cost metric.
 *
 * <p>With M_l = N_l N_{l+1}, S steps and per sample:
 *
 * <pre>
 * spiking phase            S sum over all l of M_l
 * homeostatic iteration    sum over all l of M_l + sum over l &gt;= 1, l+1 &lt;= L of M_l   (forwards, backwards)
 * clamped iteration        the same
 * learning                 sum over all l of M_l                           (the outer product)
 * </pre>
 *
 * <p>Operations on single neurons or single weights (membranes, sigma, the scaling of rows and
 * columns) are not multiply-accumulates of a product and are not counted.
 */
final class WorkCount {

  private final long forward;
  private final long backward;
  private final long hiddenNeurons;
  private final SnnSettings settings;

  WorkCount(NetworkDefinition network) {
    this.settings = network.settings();
    int[] sizes = network.sizes();
    long all = 0;
    long hidden = 0;
    for (int l = 0; l + 1 < sizes.length; l++) {
      all += (long) sizes[l] * sizes[l + 1];
      hidden += l > 0 ? sizes[l] : 0;
    }
    this.forward = all;
    this.backward = all - (long) sizes[0] * sizes[1];
    this.hiddenNeurons = hidden;
  }

  /** Of one sample's spiking and homeostatic phases. */
  long inference() {
    int iterations = settings.relaxation().homeostaticIterations();
    return settings.membrane().steps() * forward + iterations * (forward + backward);
  }

  /** Of one sample's clamped phase and its share of the weight change,. */
  long learning() {
    return settings.relaxation().clampedIterations() * (forward + backward) + forward;
  }

  /**
   * The published measure mn + nk + n for m inputs, n hidden and k output neurons, for any depth:
   * the sum of all matrices' sizes and of the hidden layers' neurons.
   */
  double complexityPerEpoch() {
    return forward + hiddenNeurons;
  }
}
