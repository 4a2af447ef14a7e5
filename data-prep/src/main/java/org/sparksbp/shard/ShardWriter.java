package org.sparksbp.shard;

import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.codec.ZstandardCodec;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.sparksbp.spike.Sample;
import org.sparksbp.task.Split;

/**
 * Writes one shard as a stream. Its bytes depend on the samples and their order alone: everything
 * that a Hadoop configuration could change about a Parquet file is fixed here.
 */
public final class ShardWriter implements Closeable {

  private static final long ROW_GROUP_BYTES = 32L << 20;
  private static final int PAGE_BYTES = 1 << 20;
  private static final int ZSTD_LEVEL = 3;

  private final Split split;
  private final HashingOutputFile file;
  private final ParquetWriter<Sample> writer;
  private long rows;

  /**
   * Creates the file.
   *
   * @throws IOException if it exists or cannot be created
   */
  public ShardWriter(Configuration hadoop, Path place, Split split) throws IOException {
    this.split = split;
    this.file = new HashingOutputFile(hadoop, place);
    Configuration fixed = new Configuration(hadoop);
    fixed.setInt(ZstandardCodec.PARQUET_COMPRESS_ZSTD_LEVEL, ZSTD_LEVEL);
    fixed.setInt(ZstandardCodec.PARQUET_COMPRESS_ZSTD_WORKERS, 0);
    this.writer =
        new Builder(file, split)
            .withConf(fixed)
            .withWriterVersion(WriterVersion.PARQUET_1_0)
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withRowGroupSize(ROW_GROUP_BYTES)
            .withPageSize(PAGE_BYTES)
            .withDictionaryEncoding(true)
            .withDictionaryEncoding("id", false)
            .withDictionaryEncoding("events", false)
            .withPageWriteChecksumEnabled(true)
            .build();
  }

  /** Appends a sample. */
  public void write(Sample sample) throws IOException {
    writer.write(sample);
    rows++;
  }

  /** Number of samples written so far. */
  public long rows() {
    return rows;
  }

  /** Finishes the file. */
  @Override
  public void close() throws IOException {
    file.expectFooter();
    writer.close();
  }

  /**
   * What a manifest says about the finished file; to be asked once, after {@link #close()}.
   *
   * @param name where the file is going to lie, below the data set's folder
   */
  public ShardEntry entry(String name) {
    return new ShardEntry(name, split, rows, file.bytes(), file.sha256());
  }

  private static final class Builder extends ParquetWriter.Builder<Sample, Builder> {
    private final Split split;

    Builder(HashingOutputFile file, Split split) {
      super(file);
      this.split = split;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<Sample> getWriteSupport(Configuration configuration) {
      return new SampleWriteSupport(split);
    }
  }
}
