package org.sparksbp.table;

import java.util.function.Function;
import org.sparksbp.learner.Work;

/**
 * A column that is always there.
 *
 * @param name in CSV and Parquet
 * @param type of its cells
 * @param value of a row; null where unknown
 * @param <R> a row
 * @param <V> a cell
 */
public record Column<R, V>(String name, ColumnType<V> type, Function<? super R, V> value)
    implements TableSchema.Part<R> {

  /** A column of texts. */
  public static <R> Column<R, String> text(String name, Function<? super R, String> value) {
    return new Column<>(name, ColumnType.TEXT, value);
  }

  /** A column of whole numbers. */
  public static <R> Column<R, Long> whole(String name, Function<? super R, Long> value) {
    return new Column<>(name, ColumnType.WHOLE, value);
  }

  /** A column of counts of {@link Work}, which can be {@link Work#UNKNOWN}. */
  public static <R> Column<R, Long> count(String name, Function<? super R, Long> value) {
    return whole(
        name,
        row -> {
          Long count = value.apply(row);
          return count == Work.UNKNOWN ? null : count;
        });
  }

  /** A column of numbers; NaN is unknown. */
  public static <R> Column<R, Double> number(String name, Function<? super R, Double> value) {
    return new Column<>(name, ColumnType.NUMBER, value);
  }

  /** The same column of rows that have this one's row as a part. */
  public <S> Column<S, V> of(Function<? super S, ? extends R> part) {
    return new Column<>(name, type, row -> value.apply(part.apply(row)));
  }

  /** A row's cell; null where unknown. */
  V cell(R row) {
    return type.known(value.apply(row));
  }

  @Override
  public String toString() {
    return name;
  }
}
