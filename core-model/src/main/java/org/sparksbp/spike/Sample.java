package org.sparksbp.spike;

/**
 * One labelled sample of any task.
 *
 * @param id stable name, for example {@code mnist/train/00042}
 * @param spikes the input
 * @param target desired output of each of the K output neurons, 0 or 1: one-hot for a class task,
 *     multi-hot for NETtalk
 * @param label class index, or -1 where the task has no classes
 * @param group what the sample is a part of: the word of a NETtalk letter, the clip of a gesture
 *     frame; the id itself where it stands alone
 */
public record Sample(String id, SpikeTrain spikes, float[] target, int label, String group) {}
