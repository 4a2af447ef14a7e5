package org.sparksbp.spikingmlp;

/**
 * Multiply-accumulates of an epoch as the SBP study counts them for m inputs, n hidden neurons and
 * k outputs, with q the share of updates by backpropagation:
 *
 * <pre>
 *   bp          mn + nk + kn + nm
 *   sbp         mn + nk + q kn + (1-q) kn + q mn + (1-q) n
 *   bp-skipped  as sbp without the (1-q) n of the local terms
 *   brp         mn + nk + kn + km
 *   e-prop      mn + nn + nk + kn + nn + km, without recurrence less both nn
 * </pre>
 *
 * <p>With more layers, what stands for the hidden matrix or layer is summed over all of them.
 */
final class Complexity {

  private Complexity() {}

  static double perEpoch(LearningRule rule, Topology topology, int bpEvery) {
    double share = 1.0 / bpEvery;
    double sum = 0;
    int last = topology.matrices() - 1;
    for (int l = 0; l < last; l++) {
      double synapses = topology.synapses(l);
      double recurrent = topology.recurrentSynapses(l + 1);
      double projected = (double) topology.outputs() * topology.size(l);
      sum +=
          synapses
              + switch (rule) {
                case BP -> synapses;
                case SBP -> share * synapses + (1 - share) * topology.size(l + 1);
                case BP_SKIPPED -> share * synapses;
                case BRP -> projected;
                case E_PROP -> 2 * recurrent + projected;
              };
    }
    return sum + 2.0 * topology.synapses(last);
  }
}
