package org.sparksbp.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.sparksbp.storage.InvalidInputException;

/**
 * The columns of a table in their order: fixed ones, and groups that have to be filled with the
 * keys of one sweep before its table can be written, or are found in the file that is read.
 *
 * @param <R> a row
 */
public final class TableSchema<R> {

  private final String name;
  private final List<Part<R>> parts;
  private final Map<ColumnGroup<R>, Map<String, Column<R, ?>>> filled;

  /** A fixed column or a group of them. */
  public sealed interface Part<R> permits Column, ColumnGroup {}

  private TableSchema(
      String name, List<Part<R>> parts, Map<ColumnGroup<R>, Map<String, Column<R, ?>>> filled) {
    this.name = name;
    this.parts = List.copyOf(parts);
    this.filled = filled;
  }

  /**
   * A schema without columns.
   *
   * @param name of the files, without their endings
   */
  public static <R> TableSchema<R> named(String name) {
    return new TableSchema<>(name, List.of(), Map.of());
  }

  /**
   * The same with more columns at its end.
   *
   * @throws IllegalArgumentException if a group is not between two fixed columns, by which it would
   *     be found
   */
  public TableSchema<R> with(List<? extends Part<R>> more) {
    List<Part<R>> all = new ArrayList<>(parts);
    for (Part<R> part : more) {
      boolean first = all.isEmpty() || all.get(all.size() - 1) instanceof ColumnGroup;
      if (first && part instanceof ColumnGroup) {
        throw new IllegalArgumentException(
            "Invalid columns of " + name + ": " + part + " is not behind a fixed column");
      }
      all.add(part);
    }
    return new TableSchema<>(name, all, filled);
  }

  /** The same with the columns of a group, in the order of the keys. */
  public TableSchema<R> filled(ColumnGroup<R> group, Map<String, ColumnType<?>> types) {
    Map<String, Column<R, ?>> columns = new LinkedHashMap<>();
    types.forEach((key, type) -> columns.put(key, group.column(key, type)));
    Map<ColumnGroup<R>, Map<String, Column<R, ?>>> all = new HashMap<>(filled);
    all.put(group, Collections.unmodifiableMap(columns));
    return new TableSchema<>(name, parts, all);
  }

  /** The same with the columns of a group that are all of one type. */
  public TableSchema<R> filled(ColumnGroup<R> group, Iterable<String> keys, ColumnType<?> type) {
    Map<String, ColumnType<?>> types = new LinkedHashMap<>();
    keys.forEach(key -> types.put(key, type));
    return filled(group, types);
  }

  /** Name of the files, without their endings. */
  public String name() {
    return name;
  }

  /** Columns and groups as declared. */
  public List<Part<R>> parts() {
    return parts;
  }

  /**
   * All columns, those of groups among them.
   *
   * @throws IllegalStateException if a group has not been filled
   */
  List<Column<R, ?>> columns() {
    List<Column<R, ?>> columns = new ArrayList<>();
    for (Part<R> part : parts) {
      if (part instanceof Column<R, ?> column) {
        columns.add(column);
      } else if (part instanceof ColumnGroup<R> group) {
        if (!filled.containsKey(group)) {
          throw new IllegalStateException(
              "Cannot tell the columns of " + name + ": " + group + " are not filled in");
        }
        columns.addAll(filled.get(group).values());
      }
    }
    return columns;
  }

  /** The columns of a group by key; none if it has not been filled. */
  Map<String, Column<R, ?>> columns(ColumnGroup<R> group) {
    return filled.getOrDefault(group, Map.of());
  }

  /** The columns as Parquet has them. */
  MessageType parquet() {
    List<Type> fields = new ArrayList<>();
    columns().forEach(column -> fields.add(column.type().field(column.name())));
    return new MessageType(name.replace('-', '_'), fields);
  }

  /**
   * The schema of a file. A group has the columns behind the fixed one that it is declared behind,
   * up to the next that is fixed. Columns that the file lacks are unknown, those that only it has
   * are passed over.
   *
   * @param place of the file, for messages
   * @throws InvalidInputException if a column has another type
   */
  TableSchema<R> in(GroupType file, Object place) throws InvalidInputException {
    Map<String, Column<R, ?>> fixed = new HashMap<>();
    Map<String, ColumnGroup<R>> behind = new HashMap<>();
    String before = "";
    for (Part<R> part : parts) {
      if (part instanceof Column<R, ?> column) {
        fixed.put(column.name(), column);
        before = column.name();
      } else if (part instanceof ColumnGroup<R> group) {
        behind.put(before, group);
      }
    }
    Map<ColumnGroup<R>, Map<String, ColumnType<?>>> found = new HashMap<>();
    ColumnGroup<R> within = null;
    for (Type field : file.getFields()) {
      ColumnType<?> type = ColumnType.of(field);
      Column<R, ?> column = fixed.get(field.getName());
      if (column != null) {
        if (!column.type().equals(type)) {
          throw new InvalidInputException(
              "Cannot read " + place + ": column " + column + " is not of type " + column.type());
        }
        within = behind.get(column.name());
      } else if (within != null && type != null && within.takes(field.getName(), type)) {
        found
            .computeIfAbsent(within, group -> new LinkedHashMap<>())
            .put(within.keyOf(field.getName()), type);
      }
    }
    TableSchema<R> schema = this;
    for (Map.Entry<ColumnGroup<R>, Map<String, ColumnType<?>>> entry : found.entrySet()) {
      schema = schema.filled(entry.getKey(), entry.getValue());
    }
    return schema;
  }
}
