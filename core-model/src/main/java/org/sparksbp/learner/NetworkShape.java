package org.sparksbp.learner;

/**
 * What the data prescribes for a network.
 *
 * @param channels N_0, input channels
 * @param outputs N_L, output neurons
 * @param steps time steps of a spike train
 */
public record NetworkShape(int channels, int outputs, int steps) {}
