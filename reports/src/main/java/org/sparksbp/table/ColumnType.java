package org.sparksbp.table;

import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * What the cells of a column are in Java and in Parquet; there are three.
 *
 * @param <V> a cell
 */
public final class ColumnType<V> {

  /** A text. */
  public static final ColumnType<String> TEXT =
      new ColumnType<>(
          PrimitiveTypeName.BINARY,
          LogicalTypeAnnotation.stringType(),
          (row, column) -> row.getString(column, 0),
          Group::add);

  /** A whole number. */
  public static final ColumnType<Long> WHOLE =
      new ColumnType<>(
          PrimitiveTypeName.INT64, null, (row, column) -> row.getLong(column, 0), Group::add);

  /** A number with a fraction; unknown where it is not finite. */
  public static final ColumnType<Double> NUMBER =
      new ColumnType<>(
          PrimitiveTypeName.DOUBLE, null, (row, column) -> row.getDouble(column, 0), Group::add);

  private final PrimitiveTypeName parquet;
  private final LogicalTypeAnnotation meaning;
  private final Getter<V> getter;
  private final Adder<V> adder;

  @FunctionalInterface
  private interface Getter<V> {
    V get(Group row, String column);
  }

  @FunctionalInterface
  private interface Adder<V> {
    void add(Group row, String column, V value);
  }

  private ColumnType(
      PrimitiveTypeName parquet, LogicalTypeAnnotation meaning, Getter<V> getter, Adder<V> adder) {
    this.parquet = parquet;
    this.meaning = meaning;
    this.getter = getter;
    this.adder = adder;
  }

  /** The type of a field of a file; null if it is none of the three. */
  static ColumnType<?> of(Type field) {
    if (!field.isPrimitive()) {
      return null;
    }
    return switch (field.asPrimitiveType().getPrimitiveTypeName()) {
      case BINARY -> TEXT;
      case INT64 -> WHOLE;
      case DOUBLE -> NUMBER;
      default -> null;
    };
  }

  /** A field that may be null. */
  Type field(String name) {
    return Types.optional(parquet).as(meaning).named(name);
  }

  /** The value, or null if it stands for an unknown one. */
  V known(V value) {
    return value instanceof Double number && !Double.isFinite(number) ? null : value;
  }

  /** Puts a known value into a row. */
  void add(Group row, String column, V value) {
    adder.add(row, column, value);
  }

  /** A row's value, or null where it has none. */
  V get(Group row, String column) {
    boolean known = row.getType().containsField(column) && row.getFieldRepetitionCount(column) > 0;
    return known ? getter.get(row, column) : null;
  }

  @Override
  public String toString() {
    return parquet.toString();
  }
}
