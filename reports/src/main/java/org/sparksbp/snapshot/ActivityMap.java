package org.sparksbp.snapshot;

/**
 * Graded activities of a layer while one sample is inferred.
 *
 * @param layer its name
 * @param neurons of the layer
 * @param shown the first of them, which the values are of
 * @param steps time steps of the network
 * @param step the ones that are kept, from 0, ascending
 * @param values {@code [kept steps, shown neurons]}, to three digits
 */
public record ActivityMap(
    String layer, int neurons, int shown, int steps, int[] step, float[][] values) {}
