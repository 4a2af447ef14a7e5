package org.sparksbp.shard;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.spike.Sample;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.storage.RawFileSystem;
import org.sparksbp.task.Split;

/** A finished data set: its manifest and its samples. */
public final class ShardSet {

  private final Configuration hadoop;
  private final Path folder;
  private final Manifest manifest;

  private ShardSet(Configuration hadoop, Path folder, Manifest manifest) {
    this.hadoop = hadoop;
    this.folder = folder;
    this.manifest = manifest;
  }

  /**
   * Opens a data set after checking that every shard is there with the size that the manifest
   * gives. Row counts and page checksums are checked while reading.
   *
   * @param folder on any Hadoop file system
   * @throws InvalidInputException if the folder has no manifest, one of another schema version, or
   *     a shard is missing or of the wrong size
   */
  public static ShardSet open(Configuration hadoop, Path folder) throws IOException {
    Path whole = RawFileSystem.of(hadoop, folder).makeQualified(folder);
    Manifest manifest =
        ManifestJson.find(hadoop, whole)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "Invalid data set: "
                            + whole
                            + " has no "
                            + Manifest.FILE_NAME
                            + "; it is not prepared data, or preparing it did not finish (run"
                            + " 'sbp prepare' again)"));
    FileSystem files = RawFileSystem.of(hadoop, whole);
    for (ShardEntry shard : manifest.shards()) {
      checkSize(files, new Path(whole, shard.file()), shard);
    }
    checkCounts(whole, manifest);
    return new ShardSet(hadoop, whole, manifest);
  }

  public Manifest manifest() {
    return manifest;
  }

  /** What the data prescribes for a network. */
  public NetworkShape shape() {
    return manifest.shape();
  }

  /** Number of samples of a split. */
  public long count(Split split) {
    return manifest.count(split);
  }

  /**
   * Number of samples of a split.
   *
   * @param limit most samples, the first ones; 0 for all
   */
  public long count(Split split, long limit) {
    long all = count(split);
    return limit <= 0 ? all : Math.min(limit, all);
  }

  /**
   * The samples of a split by their position, from 0, in the canonical order; one Spark partition a
   * shard, read as a stream. A shard with fewer or more rows than the manifest says, or a damaged
   * page, fails with {@link InvalidInputException}.
   */
  public JavaPairRDD<Long, Sample> samples(JavaSparkContext spark, Split split) {
    return samples(spark, split, 0);
  }

  /**
   * The first samples of a split, see {@link #samples(JavaSparkContext, Split)}; shards behind them
   * are not opened.
   *
   * @param limit most samples; 0 for all
   */
  public JavaPairRDD<Long, Sample> samples(JavaSparkContext spark, Split split, long limit) {
    int outputs = manifest.outputs();
    return rows(spark, split, limit, () -> new SampleReadSupport(outputs));
  }

  /**
   * The groups of the first samples of a split by position, in the partitions of {@link
   * #samples(JavaSparkContext, Split, long)}; nothing else is read of the shards.
   *
   * @param limit most samples; 0 for all
   */
  public JavaPairRDD<Long, String> groups(JavaSparkContext spark, Split split, long limit) {
    return rows(spark, split, limit, GroupReadSupport::new);
  }

  private <T> JavaPairRDD<Long, T> rows(
      JavaSparkContext spark, Split split, long limit, ShardPartitions.Rows<T> rows) {
    List<ShardEntry> shards = manifest.shards(split);
    long count = count(split, limit);
    List<Integer> numbers = new ArrayList<>();
    long before = 0;
    for (int number = 0; number < shards.size() && before < count; number++) {
      numbers.add(number);
      before += shards.get(number).rows();
    }
    ShardPartitions<T> partitions =
        new ShardPartitions<>(
            spark.broadcast(new SerializableConfiguration(hadoop)),
            folder.toString(),
            shards,
            rows,
            before == count ? Long.MAX_VALUE : count);
    return spark.parallelize(numbers, Math.max(1, numbers.size())).flatMapToPair(partitions);
  }

  /**
   * Reads samples on this machine, for tools that look at a few.
   *
   * @param from first position, inclusive
   * @param to last position, exclusive; what lies beyond the end is left out
   */
  public SampleIterator readLocally(Split split, long from, long to) {
    return new LocalSamples(hadoop, folder, manifest.shards(split), manifest.outputs(), from, to);
  }

  private static void checkSize(FileSystem files, Path place, ShardEntry shard) throws IOException {
    try {
      FileStatus status = files.getFileStatus(place);
      if (status.getLen() != shard.bytes()) {
        throw new InvalidInputException(
            "Invalid data set: shard "
                + place
                + " has "
                + status.getLen()
                + " bytes, its manifest says "
                + shard.bytes()
                + "; copy it again or prepare the data again");
      }
    } catch (FileNotFoundException e) {
      throw new InvalidInputException(
          "Invalid data set: shard "
              + place
              + " is missing; copy it again or prepare the data again",
          e);
    }
  }

  private static void checkCounts(Path folder, Manifest manifest) throws InvalidInputException {
    for (Split split : Split.values()) {
      long rows = 0;
      for (ShardEntry shard : manifest.shards(split)) {
        rows += shard.rows();
      }
      if (rows != manifest.count(split)) {
        throw new InvalidInputException(
            "Invalid data set: the manifest of "
                + folder
                + " counts "
                + manifest.count(split)
                + " "
                + split.lowerCaseName()
                + " samples, its shards have "
                + rows);
      }
    }
  }
}
