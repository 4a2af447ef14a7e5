package org.sparksbp.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Columns that are not the same in every table of a schema, as the sweep decides which there are:
 * one for each varied key, each measure, each level of accuracy. In a file they stand between the
 * fixed columns before and behind the group.
 *
 * @param <R> a row
 */
public final class ColumnGroup<R> implements TableSchema.Part<R> {

  private final String prefix;
  private final String key;
  private final List<Values<R, ?>> values;

  /** A row's cells of one type by key; a key without one is unknown. */
  private record Values<R, V>(
      ColumnType<V> type, Function<? super R, ? extends Map<String, V>> byKey) {
    Column<R, V> column(String name, String key) {
      return new Column<>(name, type, row -> byKey.apply(row).get(key));
    }
  }

  private ColumnGroup(String prefix, String key, List<Values<R, ?>> values) {
    this.prefix = prefix;
    this.key = key;
    this.values = List.copyOf(values);
  }

  /**
   * A group without values yet.
   *
   * @param prefix that its columns' names begin with, before the key; may be empty
   * @param key what a key is, in capitals, for the documentation
   */
  public static <R> ColumnGroup<R> named(String prefix, String key) {
    return new ColumnGroup<>(prefix, key, List.of());
  }

  /** The same with columns of a type, whose values a row has by key. */
  public <V> ColumnGroup<R> with(
      ColumnType<V> type, Function<? super R, ? extends Map<String, V>> byKey) {
    List<Values<R, ?>> all = new ArrayList<>(values);
    all.add(new Values<>(type, byKey));
    return new ColumnGroup<>(prefix, key, all);
  }

  /**
   * The column of a key.
   *
   * @throws IllegalArgumentException if the group has no columns of the type
   */
  Column<R, ?> column(String key, ColumnType<?> type) {
    return values.stream()
        .filter(one -> one.type().equals(type))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("Invalid column " + prefix + key + ": no " + type))
        .column(prefix + key, key);
  }

  /** Whether a column of the group can have that name and type. */
  boolean takes(String name, ColumnType<?> type) {
    return name.startsWith(prefix) && values.stream().anyMatch(one -> one.type().equals(type));
  }

  /** The key in the name of a column of the group. */
  String keyOf(String name) {
    return name.substring(prefix.length());
  }

  /** As the documentation names its columns. */
  @Override
  public String toString() {
    return prefix + key;
  }
}
