package org.sparksbp.shard;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many samples a split has.
 *
 * @param samples number of samples
 * @param classes number of samples by class name, in the order of the class indices; empty for a
 *     task without classes
 */
public record SplitCounts(long samples, Map<String, Long> classes) {
  public SplitCounts {
    classes = Collections.unmodifiableMap(new LinkedHashMap<>(classes));
  }
}
