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
 */
public record PropagationConstants(
    double fraction,
    double range,
    double presynaptic,
    double postsynaptic,
    double selfBackpropagated,
    Normalisation normalisation) {}
