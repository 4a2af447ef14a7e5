package org.sparksbp.sweep;

import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.sparksbp.sweep.plan.PlannedTrial;
import org.sparksbp.sweep.plan.Space;

/**
 * The columns of varied keys. Task and model have a column in every table, varied or not, and get
 * none here.
 *
 * @param keys in alphabetical order
 * @param texts those of them that are not always numbers
 */
record Parameters(SortedSet<String> keys, SortedSet<String> texts) {

  Parameters {
    keys = new TreeSet<>(keys);
    keys.removeAll(List.of("task", "model"));
  }

  List<Table.Column> columns() {
    List<Table.Column> columns = new ArrayList<>();
    for (String key : keys) {
      columns.add(new Table.Column(key, texts.contains(key) ? Table.Kind.TEXT : Table.Kind.NUMBER));
    }
    return columns;
  }

  /** A trial's values, null where it has none. */
  List<Object> of(PlannedTrial trial) {
    List<Object> values = new ArrayList<>();
    for (String key : keys) {
      ConfigValue value = trial.parameters().get(key);
      if (value == null) {
        values.add(null);
      } else if (texts.contains(key)) {
        Object plain = value.unwrapped();
        values.add(plain instanceof String text ? text : Space.written(value));
      } else {
        values.add(((Number) value.unwrapped()).doubleValue());
      }
    }
    return values;
  }
}
