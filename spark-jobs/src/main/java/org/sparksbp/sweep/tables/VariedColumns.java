package org.sparksbp.sweep.tables;

import com.typesafe.config.ConfigValue;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.sparksbp.sweep.plan.PlannedTrial;
import org.sparksbp.sweep.plan.Space;
import org.sparksbp.sweep.plan.TrialPlan;
import org.sparksbp.table.ColumnType;
import org.sparksbp.table.TrialKey;
import org.sparksbp.table.VariedValues;

/**
 * The columns of varied keys. Task and model have a column in every table, varied or not, and get
 * none here.
 *
 * @param keys in alphabetical order
 * @param texts those of them that are not always numbers
 */
record VariedColumns(SortedSet<String> keys, SortedSet<String> texts) {

  VariedColumns {
    keys = new TreeSet<>(keys);
    keys.removeAll(List.of(TrialKey.TASK.name(), TrialKey.MODEL.name()));
  }

  /** The columns of a sweep; goes through its plan. */
  static VariedColumns of(TrialPlan plan) {
    SortedSet<String> texts = new TreeSet<>();
    for (PlannedTrial trial : plan) {
      trial
          .parameters()
          .forEach(
              (key, value) -> {
                if (!(value.unwrapped() instanceof Number)) {
                  texts.add(key);
                }
              });
    }
    return new VariedColumns(plan.parameterKeys(), texts);
  }

  /** Types of the columns by key, in their order. */
  Map<String, ColumnType<?>> types() {
    Map<String, ColumnType<?>> types = new LinkedHashMap<>();
    keys.forEach(key -> types.put(key, texts.contains(key) ? ColumnType.TEXT : ColumnType.NUMBER));
    return types;
  }

  /** A trial's values, without those it has not. */
  VariedValues of(PlannedTrial trial) {
    Map<String, String> written = new HashMap<>();
    Map<String, Double> numbers = new HashMap<>();
    for (String key : keys) {
      ConfigValue value = trial.parameters().get(key);
      if (value != null && texts.contains(key)) {
        written.put(key, value.unwrapped() instanceof String text ? text : Space.written(value));
      } else if (value != null && value.unwrapped() instanceof Number number) {
        numbers.put(key, number.doubleValue());
      }
    }
    return new VariedValues(written, numbers);
  }

  /** Which trial a row is of. */
  static TrialKey key(PlannedTrial trial) {
    return new TrialKey(
        trial.number(),
        trial.id(),
        trial.point(),
        trial.arm(),
        trial.seed(),
        trial.task(),
        trial.model());
  }
}
