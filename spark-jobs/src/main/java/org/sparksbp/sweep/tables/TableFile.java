package org.sparksbp.sweep.tables;

import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.shard.HashingOutputFile;
import org.sparksbp.storage.AtomicFile;
import org.sparksbp.table.TableSchema;
import org.sparksbp.table.TableWriter;

/**
 * A table as {@code NAME.csv} and {@code NAME.parquet}, written row by row and put in place of
 * earlier ones when whole.
 *
 * @param <R> a row
 */
final class TableFile<R> implements Closeable {

  private final AtomicFile csv;
  private final AtomicFile parquet;
  private final HashingOutputFile parquetFile;
  private final TableWriter<R> writer;
  private boolean whole;

  /** Begins a table whose schema has all its groups filled. */
  TableFile(Configuration hadoop, Path folder, TableSchema<R> schema) throws IOException {
    this.csv = new AtomicFile(hadoop, new Path(folder, schema.name() + ".csv"));
    this.parquet = new AtomicFile(hadoop, new Path(folder, schema.name() + ".parquet"));
    this.parquetFile = new HashingOutputFile(parquet);
    this.writer = new TableWriter<>(schema, csv.create(), parquetFile);
  }

  /** Appends a row. */
  void write(R row) throws IOException {
    writer.write(row);
  }

  /** Says that all rows are there, so that closing puts the table in place. */
  void complete() {
    whole = true;
  }

  @Override
  public void close() throws IOException {
    try (csv;
        parquet) {
      parquetFile.expectFooter();
      writer.close();
      if (whole) {
        csv.commit();
        parquet.commit();
      }
    }
  }
}
