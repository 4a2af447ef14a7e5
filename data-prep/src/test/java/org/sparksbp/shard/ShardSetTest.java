package org.sparksbp.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.inspect.DataSummary;
import org.sparksbp.prepare.LinesTask;
import org.sparksbp.prepare.LocalSpark;
import org.sparksbp.prepare.PrepareJob;
import org.sparksbp.prepare.ProgressListener;
import org.sparksbp.task.Split;

class ShardSetTest {

  private static JavaSparkContext spark;

  @TempDir Path folder;
  private Path data;

  @BeforeAll
  static void startSpark() {
    spark = LocalSpark.start("local[2]");
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @BeforeEach
  void prepareTwoShards() throws IOException {
    Path input = Files.createDirectory(folder.resolve("input"));
    Files.write(input.resolve("a.txt"), List.of("train 0", "train 1", "test 2"));
    data = folder.resolve("data-set");
    PrepareJob.run(
        spark,
        new LinesTask(),
        hadoop(input),
        hadoop(data),
        LinesTask.SETTINGS,
        ProgressListener.NONE);
  }

  @Test
  void missingShardIsNamed() throws IOException {
    Files.delete(data.resolve("data/test-00000.parquet"));
    assertThatThrownBy(this::open).hasMessageContaining("data/test-00000.parquet is missing");
  }

  @Test
  void shardOfAnotherSizeIsNamedWithBothSizes() throws IOException {
    Path shard = data.resolve("data/train-00000.parquet");
    byte[] bytes = Files.readAllBytes(shard);
    rewrite(shard, java.util.Arrays.copyOf(bytes, bytes.length - 7));
    assertThatThrownBy(this::open)
        .hasMessageContaining("train-00000.parquet has " + (bytes.length - 7) + " bytes")
        .hasMessageContaining("manifest says " + bytes.length);
  }

  @Test
  void damagedPageIsFoundWhileReading() throws IOException {
    Path shard = data.resolve("data/train-00000.parquet");
    byte[] bytes = Files.readAllBytes(shard);
    for (int at = 200; at < 260; at++) {
      bytes[at] ^= 0x55;
    }
    rewrite(shard, bytes);
    ShardSet set = open();
    assertThatThrownBy(() -> set.readLocally(Split.TRAIN, 0, 2).forEachRemaining(s -> {}))
        .hasMessageContaining("train-00000.parquet is damaged");
  }

  @Test
  void rowCountThatDisagreesWithTheManifestIsFoundWhileReading() throws IOException {
    manifestWith("\"rows\" : 2", "\"rows\" : 3", "\"samples\" : 2", "\"samples\" : 3");
    ShardSet set = open();
    assertThatThrownBy(() -> set.readLocally(Split.TRAIN, 0, 3).forEachRemaining(s -> {}))
        .hasMessageContaining("train-00000.parquet has 2 rows, its manifest says 3");
  }

  @Test
  void splitCountThatDisagreesWithTheShardsIsFoundWhenOpening() throws IOException {
    manifestWith("\"samples\" : 2", "\"samples\" : 5");
    assertThatThrownBy(this::open)
        .hasMessageContaining("counts 5 train samples, its shards have 2");
  }

  @Test
  void otherSchemaVersionIsRefused() throws IOException {
    manifestWith("\"schemaVersion\" : 1", "\"schemaVersion\" : 99");
    assertThatThrownBy(this::open)
        .hasMessageContaining("has schema version 99, this version of sbp reads 1");
  }

  @Test
  void aManifestThatWasChangedIsToldByItsChecksum() throws IOException {
    Path file = data.resolve("manifest.json");
    String text = Files.readString(file).replace("\"toolVersion\" : \"", "\"toolVersion\" : \"1");
    rewrite(file, text.getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(this::open).hasMessageContaining("has not its own checksum");
  }

  @Test
  void aShardOutsideTheFolderIsRefused() throws IOException {
    byte[] right = Files.readAllBytes(data.resolve("manifest.json"));
    for (String outside : List.of("../x.parquet", "/etc/passwd", "file:/x", "data/../../x")) {
      rewrite(data.resolve("manifest.json"), right);
      manifestWith("data/train-00000.parquet", outside);
      assertThatThrownBy(this::open).hasMessageContaining("is no file below its folder");
    }
  }

  @Test
  void manifestKeepsItsKeysInOrder() throws IOException {
    assertThat(Files.readString(data.resolve("manifest.json")))
        .containsSubsequence(
            "schemaVersion",
            "toolVersion",
            "task",
            "settings",
            "encoder",
            "seed",
            "channels",
            "outputs",
            "steps",
            "outputNames",
            "synthetic",
            "counts",
            "TRAIN",
            "TEST",
            "shards",
            "inputs",
            "badRecords");
  }

  @Test
  void summaryCountsSpikes() throws IOException {
    ShardSet set = open();
    long events = 0;
    SampleIterator samples = set.readLocally(Split.TRAIN, 0, 2);
    while (samples.hasNext()) {
      events += samples.next().spikes().eventCount();
    }
    DataSummary summary = DataSummary.of(spark, set, Split.TRAIN);
    assertThat(summary.samples()).isEqualTo(2);
    assertThat(summary.events()).isEqualTo(events).isPositive();
    assertThat(summary.meanRate()).isEqualTo(events / (2.0 * 6 * 300));
    assertThat(summary.silentChannels()).isBetween(0.6, 0.85);
    assertThat(summary.classes()).containsEntry("one", 1L);
  }

  private ShardSet open() throws IOException {
    return ShardSet.open(new Configuration(), hadoop(data));
  }

  private void manifestWith(String... replacements) throws IOException {
    Path file = data.resolve("manifest.json");
    String text = Files.readString(file);
    for (int i = 0; i < replacements.length; i += 2) {
      assertThat(text).contains(replacements[i]);
      text = text.replaceFirst(replacements[i], replacements[i + 1]);
    }
    text = text.replaceFirst(",\\s*\"crc32c\" : \"\\w+\"", ""); // as of an earlier version
    rewrite(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a file without Hadoop's checksum beside it, as a copy by other tools would be. */
  private static void rewrite(Path file, byte[] bytes) throws IOException {
    Files.write(file, bytes);
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }
}
