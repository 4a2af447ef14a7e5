package org.sparksbp.shard;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.InputFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparksbp.storage.InvalidInputException;

/**
 * Reads one shard from its first row to its last and checks that there are as many as promised. A
 * file that cannot be read throws {@link UncheckedIOException}.
 *
 * @param <T> what is read of a row
 */
final class ShardReader<T> implements Iterator<T>, Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(ShardReader.class);

  private final Path place;
  private final ShardEntry shard;
  private final ParquetReader<T> reader;
  private long rows;
  private T next;
  private boolean ended;

  /**
   * @param rows what is made of a row
   */
  ShardReader(Configuration hadoop, Path folder, ShardEntry shard, ReadSupport<T> rows)
      throws IOException {
    this.place = new Path(folder, shard.file());
    this.shard = shard;
    this.reader =
        new Builder<>(HadoopInputFile.fromPath(place, hadoop), rows)
            .usePageChecksumVerification()
            .build();
  }

  @Override
  public boolean hasNext() {
    if (next == null && !ended) {
      advance();
    }
    return next != null;
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    T row = next;
    next = null;
    return row;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  void closeQuietly() {
    try {
      close();
    } catch (IOException e) {
      LOG.warn("Cannot close {}", place, e);
    }
  }

  private void advance() {
    try {
      next = reader.read();
    } catch (IOException | RuntimeException e) {
      throw new UncheckedIOException(
          new InvalidInputException(
              "Invalid data set: shard "
                  + place
                  + " is damaged at row "
                  + rows
                  + " ("
                  + innermost(e).getMessage()
                  + "); copy it again or prepare the data again",
              e));
    }
    if (next != null) {
      rows++;
    } else {
      ended = true;
    }
    if (ended ? rows != shard.rows() : rows > shard.rows()) {
      throw new UncheckedIOException(
          new InvalidInputException(
              "Invalid data set: shard "
                  + place
                  + " has "
                  + (ended ? "" : "at least ")
                  + rows
                  + " rows, its manifest says "
                  + shard.rows()));
    }
    if (ended) {
      closeQuietly();
    }
  }

  private static Throwable innermost(Throwable error) {
    Throwable inner = error;
    while (inner.getCause() != null) {
      inner = inner.getCause();
    }
    return inner;
  }

  private static final class Builder<T> extends ParquetReader.Builder<T> {
    private final ReadSupport<T> rows;

    Builder(InputFile file, ReadSupport<T> rows) {
      super(file);
      this.rows = rows;
    }

    @Override
    protected ReadSupport<T> getReadSupport() {
      return rows;
    }
  }
}
