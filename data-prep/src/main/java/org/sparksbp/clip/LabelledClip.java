package org.sparksbp.clip;

/**
 * A stretch of events that shows one thing.
 *
 * @param id stable name, {@code dvsgesture/user01_natural/07}
 * @param label class from 0
 * @param start first us of the clip
 * @param end us behind its last
 */
public record LabelledClip(String id, int label, long start, long end) {}
