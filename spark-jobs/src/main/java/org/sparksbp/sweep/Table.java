package org.sparksbp.sweep;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.sparksbp.shard.HashingOutputFile;
import org.sparksbp.storage.AtomicFile;

/**
 * A table as {@code NAME.csv} and {@code NAME.parquet}, written row by row and put in place of
 * earlier ones when whole. An unknown value is empty in the one, null in the other.
 */
final class Table implements Closeable {

  private final List<Column> columns;
  private final MessageType schema;
  private final AtomicFile csv;
  private final AtomicFile parquet;
  private final OutputStream text;
  private final HashingOutputFile parquetFile;
  private final ParquetWriter<Group> writer;
  private boolean whole;

  /** What a column holds. */
  enum Kind {
    TEXT,
    WHOLE,
    NUMBER
  }

  /** A column. */
  record Column(String name, Kind kind) {}

  Table(Configuration hadoop, Path folder, String name, List<Column> columns) throws IOException {
    this.columns = List.copyOf(columns);
    this.schema = schema(name, columns);
    this.csv = new AtomicFile(hadoop, new Path(folder, name + ".csv"));
    this.parquet = new AtomicFile(hadoop, new Path(folder, name + ".parquet"));
    this.text = new BufferedOutputStream(csv.create());
    this.parquetFile = new HashingOutputFile(hadoop, parquet.temporary());
    this.writer =
        ExampleParquetWriter.builder(parquetFile)
            .withType(schema)
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .build();
    line(columns.stream().map(Column::name).map(Table::quoted).toList());
  }

  private static MessageType schema(String name, List<Column> columns) {
    Types.MessageTypeBuilder builder = Types.buildMessage();
    for (Column column : columns) {
      switch (column.kind()) {
        case TEXT ->
            builder
                .optional(PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.stringType())
                .named(column.name());
        case WHOLE -> builder.optional(PrimitiveTypeName.INT64).named(column.name());
        case NUMBER -> builder.optional(PrimitiveTypeName.DOUBLE).named(column.name());
      }
    }
    return builder.named(name.replace('-', '_'));
  }

  /**
   * Appends a row.
   *
   * @param values in the order of the columns: texts, numbers, or null where unknown
   */
  void row(List<Object> values) throws IOException {
    Group row = new SimpleGroup(schema);
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Object value = known(values.get(i));
      cells.add(value == null ? "" : quoted(value.toString()));
      if (value != null) {
        add(row, columns.get(i), value);
      }
    }
    writer.write(row);
    line(cells);
  }

  private static Object known(Object value) {
    boolean unknown = value instanceof Double number && !Double.isFinite(number);
    return unknown ? null : value;
  }

  private static void add(Group row, Column column, Object value) {
    switch (column.kind()) {
      case TEXT -> row.add(column.name(), value.toString());
      case WHOLE -> row.add(column.name(), ((Number) value).longValue());
      case NUMBER -> row.add(column.name(), ((Number) value).doubleValue());
    }
  }

  private void line(List<String> cells) throws IOException {
    text.write((String.join(",", cells) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static String quoted(String cell) {
    return cell.matches("[^,\"\r\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  /** Says that all rows are there, so that closing puts the table in place. */
  void complete() {
    whole = true;
  }

  @Override
  public void close() throws IOException {
    try (csv;
        parquet) {
      text.close();
      parquetFile.expectFooter();
      writer.close();
      if (whole) {
        csv.commit();
        parquet.commit();
      }
    }
  }
}
