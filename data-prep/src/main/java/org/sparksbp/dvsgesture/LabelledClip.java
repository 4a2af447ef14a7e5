package org.sparksbp.dvsgesture;

/**
 * One performance of a gesture.
 *
 * @param id stable name, {@code dvsgesture/user01_natural/07}
 * @param label class from 0
 * @param start first us of the clip
 * @param end us behind its last
 */
record LabelledClip(String id, int label, long start, long end) {}
