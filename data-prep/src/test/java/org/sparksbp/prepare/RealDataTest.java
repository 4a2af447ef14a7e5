package org.sparksbp.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparksbp.inspect.DataSummary;
import org.sparksbp.mnist.MnistTask;
import org.sparksbp.nettalk.NettalkTask;
import org.sparksbp.shard.Manifest;
import org.sparksbp.shard.ShardEntry;
import org.sparksbp.shard.ShardSet;
import org.sparksbp.task.Split;
import org.sparksbp.task.Task;

@Tag("slow")
class RealDataTest {

  private static final Logger LOG = LoggerFactory.getLogger(RealDataTest.class);

  @TempDir Path output;
  private JavaSparkContext spark;
  private Path data;

  @BeforeEach
  void startSparkIfDataIsAtHand() {
    String place = System.getenv("SBP_DATA");
    assumeThat(place).as("SBP_DATA").isNotNull();
    data = Path.of(place);
    spark = LocalSpark.start("local[2]");
  }

  @AfterEach
  void stopSpark() {
    if (spark != null) {
      spark.stop();
    }
  }

  @Test
  void wholeMnistTakesLessThanSixtyMegabytesAndComesBackWhole() throws IOException {
    Manifest manifest = prepare(new MnistTask(), data.resolve("mnist"));
    assertThat(manifest.count(Split.TRAIN)).isEqualTo(60_000);
    assertThat(manifest.count(Split.TEST)).isEqualTo(10_000);
    assertThat(manifest.counts().get(Split.TEST).classes()).containsEntry("0", 980L);
    long bytes = manifest.shards().stream().mapToLong(ShardEntry::bytes).sum();
    LOG.info("MNIST shards: {} bytes", bytes);
    assertThat(bytes).isLessThan(60_000_000L);

    for (int reading = 0; reading < 3; reading++) {
      long start = System.nanoTime();
      long samples = open().samples(spark, Split.TRAIN).count();
      LOG.info("Read {} samples/s", samples * 1e9 / (System.nanoTime() - start));
    }
    DataSummary summary = DataSummary.of(spark, open(), Split.TRAIN);
    LOG.info("{}", summary);
    // Mean intensity of the training images: 33.318 / 255 (0.1307).
    assertThat(summary.meanRate()).isBetween(0.128, 0.133);
  }

  @Test
  void nettalkCommonWordsComeBackWhole() throws IOException {
    Manifest manifest = prepare(new NettalkTask(), data.resolve("nettalk"));
    assertThat(manifest.count(Split.TRAIN) + manifest.count(Split.TEST)).isEqualTo(5_603);
    assertThat(manifest.counts().get(Split.TRAIN).classes()).isEmpty();
    DataSummary summary = DataSummary.of(spark, open(), Split.TRAIN);
    assertThat(summary.fewestEvents()).isEqualTo(7L * manifest.steps());
    assertThat(summary.mostEvents()).isEqualTo(7L * manifest.steps());
  }

  private Manifest prepare(Task task, Path input) throws IOException {
    long start = System.nanoTime();
    Manifest manifest =
        PrepareJob.run(
            spark,
            task,
            new org.apache.hadoop.fs.Path(input.toUri()),
            new org.apache.hadoop.fs.Path(output.toUri()),
            task.defaults(),
            ProgressListener.NONE);
    LOG.info("Prepared {} in {} s", task.name(), (System.nanoTime() - start) / 1e9);
    return manifest;
  }

  private ShardSet open() throws IOException {
    return ShardSet.open(
        spark.hadoopConfiguration(), new org.apache.hadoop.fs.Path(output.toUri()));
  }
}
