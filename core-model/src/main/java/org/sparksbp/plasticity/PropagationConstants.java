package org.sparksbp.plasticity;

/**
 * Constants of self-backpropagation.
 *
 * @param fraction f, share of a modification that spreads
 * @param range r, published as the range of the spread; cancels unless {@code normalisation} is
 *     none
 * @param presynaptic lambda_pre, weight of the lateral spread over a neuron's output synapses
 * @param postsynaptic lambda_post, weight of the lateral spread of depression over input synapses
 * @param selfBackpropagated lambda_bp, weight of the spread from output to input synapses
 * @param normalisation n
 * @param direction who gains by the spread from output to input synapses
 * @param inverseOffset c of the inverse direction's factor 1/(z + c), more than 0
 * @param matchNorm whether the change of each hidden-facing matrix is scaled to the Frobenius norm
 *     of what spreads, so that it is compared with {@link PostsynapticStdp} at an equal step
 */
public record PropagationConstants(
    double fraction,
    double range,
    double presynaptic,
    double postsynaptic,
    double selfBackpropagated,
    Normalisation normalisation,
    SpreadDirection direction,
    double inverseOffset,
    boolean matchNorm) {}
