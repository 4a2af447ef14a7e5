package org.sparksbp.learner;

/**
 * Outputs of a batch.
 *
 * @param outputs activities of the output neurons, {@code [batch, outputs]} row by row
 * @param work what computing (and, in {@link Learner#learn}, learning) them took
 */
public record Inference(float[] outputs, Work work) {}
