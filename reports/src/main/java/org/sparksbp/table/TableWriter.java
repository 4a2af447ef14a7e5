package org.sparksbp.table;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;

/**
 * Writes a table row by row, as CSV and as Parquet. An unknown value is empty in the one, null in
 * the other.
 *
 * @param <R> a row
 */
public final class TableWriter<R> implements Closeable {

  private final List<Column<R, ?>> columns;
  private final MessageType type;
  private final OutputStream csv;
  private final ParquetWriter<Group> parquet;

  /**
   * Writes the header.
   *
   * @param schema with all its groups filled
   * @param csv closed with the writer
   * @param parquet created here, closed with the writer
   */
  public TableWriter(TableSchema<R> schema, OutputStream csv, OutputFile parquet)
      throws IOException {
    this.columns = schema.columns();
    this.type = schema.parquet();
    this.csv = new BufferedOutputStream(csv);
    this.parquet =
        ExampleParquetWriter.builder(parquet)
            .withType(type)
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .build();
    line(columns.stream().map(Column::name).toList());
  }

  /** Appends a row. */
  public void write(R row) throws IOException {
    Group group = new SimpleGroup(type);
    List<Object> cells = new ArrayList<>();
    for (Column<R, ?> column : columns) {
      cells.add(put(row, column, group));
    }
    parquet.write(group);
    line(cells);
  }

  private static <R, V> V put(R row, Column<R, V> column, Group into) {
    V cell = column.cell(row);
    if (cell != null) {
      column.type().add(into, column.name(), cell);
    }
    return cell;
  }

  private void line(List<?> cells) throws IOException {
    csv.write(CsvLines.line(cells).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    try (csv) {
      parquet.close();
    }
  }
}
