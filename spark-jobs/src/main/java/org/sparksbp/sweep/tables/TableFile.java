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
 * A table as {@code NAME.csv} and {@code NAME.parquet}, written row by row aside and put in place
 * of earlier ones when whole.
 *
 * @param <R> a row
 */
final class TableFile<R> implements Closeable {

  private final Configuration hadoop;
  private final Path csv;
  private final Path parquet;
  private final Path csvAside;
  private final Path parquetAside;
  private final HashingOutputFile parquetFile;
  private final TableWriter<R> writer;
  private boolean whole;

  /** Begins a table whose schema has all its groups filled. */
  TableFile(Configuration hadoop, Path folder, TableSchema<R> schema) throws IOException {
    this.hadoop = hadoop;
    this.csv = new Path(folder, schema.name() + ".csv");
    this.parquet = new Path(folder, schema.name() + ".parquet");
    this.csvAside = AtomicFile.aside(csv);
    this.parquetAside = AtomicFile.aside(parquet);
    this.parquetFile = new HashingOutputFile(hadoop, parquetAside);
    this.writer =
        new TableWriter<>(
            schema, AtomicFile.files(hadoop, csv).create(csvAside, true), parquetFile);
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
    parquetFile.expectFooter();
    writer.close();
    if (whole) {
      AtomicFile.rename(hadoop, csvAside, csv);
      AtomicFile.rename(hadoop, parquetAside, parquet);
    } else {
      AtomicFile.files(hadoop, csv).delete(csvAside, false);
      parquetAside.getFileSystem(hadoop).delete(parquetAside, false);
    }
  }
}
