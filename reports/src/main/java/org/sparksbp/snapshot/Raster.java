package org.sparksbp.snapshot;

/**
 * When the neurons of a layer fire while one sample is inferred.
 *
 * @param layer its name
 * @param neurons of the layer
 * @param shown the first of them, which the spikes are of
 * @param steps time steps from 0
 * @param step of each spike, ascending
 * @param neuron of each spike
 */
public record Raster(String layer, int neurons, int shown, int steps, int[] step, int[] neuron) {}
