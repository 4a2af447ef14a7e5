package org.sparksbp.table;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;

/**
 * Reads the Parquet file of a table.
 *
 * @param <R> a row as it was written
 */
public final class TableReader<R> {

  private final Configuration hadoop;
  private final TableSchema<R> schema;

  /** Reads tables of a schema, whose groups are found in each file. */
  public TableReader(Configuration hadoop, TableSchema<R> schema) {
    this.hadoop = hadoop;
    this.schema = schema;
  }

  /**
   * Reads row by row, so that no table is held whole.
   *
   * @param folder of the table
   * @throws org.sparksbp.storage.InvalidInputException if a column has not the schema's type
   */
  public void read(Path folder, Consumer<StoredRow<R>> use) throws IOException {
    Path file = new Path(folder, schema.name() + ".parquet");
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), file).withConf(hadoop).build()) {
      TableSchema<R> found = null;
      for (Group row = reader.read(); row != null; row = reader.read()) {
        if (found == null) {
          found = schema.in(row.getType(), file);
        }
        use.accept(new StoredRow<>(row, found));
      }
    }
  }

  /**
   * A row of a file.
   *
   * @param <R> the row as it was written
   */
  public static final class StoredRow<R> {
    private final Group group;
    private final TableSchema<R> schema;

    private StoredRow(Group group, TableSchema<R> schema) {
      this.group = group;
      this.schema = schema;
    }

    /** A cell; null where unknown. */
    public <V> V get(Column<?, V> column) {
      return column.type().get(group, column.name());
    }

    /** A text; empty where unknown. */
    public String text(Column<?, String> column) {
      String text = get(column);
      return text == null ? "" : text;
    }

    /** A number; NaN where unknown. */
    public double number(Column<?, ? extends Number> column) {
      return number((Object) get(column));
    }

    /** A group's number by its key; NaN where unknown. */
    public double number(ColumnGroup<R> columns, String key) {
      Column<R, ?> column = schema.columns(columns).get(key);
      return column == null ? Double.NaN : number(get(column));
    }

    private static double number(Object cell) {
      return cell instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    /** A group's known cells by key, in the order of the columns. */
    public Map<String, Object> get(ColumnGroup<R> columns) {
      Map<String, Object> cells = new LinkedHashMap<>();
      schema
          .columns(columns)
          .forEach(
              (key, column) -> {
                Object cell = get(column);
                if (cell != null) {
                  cells.put(key, cell);
                }
              });
      return cells;
    }
  }
}
