package org.sparksbp.table;

import java.util.Map;

/**
 * A trial's values of the varied keys; without those that it leaves unset.
 *
 * @param texts of keys that are not always numbers
 * @param numbers of keys that are
 */
public record VariedValues(Map<String, String> texts, Map<String, Double> numbers) {

  public VariedValues {
    texts = Map.copyOf(texts);
    numbers = Map.copyOf(numbers);
  }
}
