package org.sparksbp.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeTrain;
import org.sparksbp.training.TrainingFixture;
import scala.Tuple2;

class SampleBlocksTest {

  /** The second one's tasks are tried again, so its samples take the way they take on a cluster. */
  private static final String DIRECTLY = "local[2]";

  private static final String BY_SHUFFLE = "local[2,1]";

  @ParameterizedTest
  @ValueSource(strings = {DIRECTLY, BY_SHUFFLE})
  void samplesAreDealtInTurnWhateverOrderTheyComeIn(String master) {
    inSpark(
        master,
        "64m",
        spark -> {
          for (int workers : new int[] {1, 2, 3, 7}) {
            assertDealt(spark, workers, 50, 41);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {DIRECTLY, BY_SHUFFLE})
  void samplesLieAcrossPiecesAndRecords(String master) {
    // Some 190 kB: records are of 128 kB, and hardly a sample lies in a piece as a whole.
    inSpark(master, "101", spark -> assertDealt(spark, 1, 1_500, 1_500));
  }

  @ParameterizedTest
  @ValueSource(strings = {DIRECTLY, BY_SHUFFLE})
  void moreThanAFewThousandRunsOfNeighboursAreCutAsLocally(String master) {
    int count = 70_000;
    List<Sample> all = LongStream.range(0, count).mapToObj(SampleBlocksTest::small).toList();
    inSpark(
        master,
        "1m",
        spark -> {
          JavaPairRDD<Long, Sample> samples =
              spark
                  .parallelize(LongStream.range(0, count).boxed().toList(), 3)
                  .mapToPair(position -> new Tuple2<>(position, small(position)));
          try (SampleBlocks blocks = SampleBlocks.cut(samples, count)) {
            blocks.load();
            List<Sample[]> cut =
                blocks.rdd().map(block -> block.samples().toArray(Sample[]::new)).collect();
            List<SampleBlock> local = SampleBlocks.localCut(all);
            assertThat(cut).hasSize(69).hasSameSizeAs(local);
            for (int i = 0; i < cut.size(); i++) {
              assertThat(Arrays.stream(cut.get(i)).map(Sample::id))
                  .containsExactlyElementsOf(
                      local.get(i).samples().stream().map(Sample::id).toList());
            }
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {DIRECTLY, BY_SHUFFLE})
  void positionsThatAreMissingOrTwiceAreRefused(String master) {
    inSpark(
        master,
        "64m",
        spark -> {
          assertThatThrownBy(() -> dealt(spark, List.of(0L, 1L, 3L, 4L), 5, 2))
              .isInstanceOf(SparkException.class)
              .hasMessageContaining("2 of 3 samples for worker 0")
              .hasMessageContaining("positions must be 0 to count - 1");
          assertThatThrownBy(() -> dealt(spark, List.of(0L, 1L, 1L, 2L), 3, 2))
              .isInstanceOf(SparkException.class)
              .hasMessageContaining("position 1 twice for worker 1");
        });
  }

  @Test
  void aTaskThatIsFarFromItsBlockMakesItAgain() {
    inSpark(
        BY_SHUFFLE,
        "64m",
        spark -> {
          try (SampleBlocks blocks = SampleBlocks.dealt(samples(spark, 50), 50, 2)) {
            assertThat(blocks.rdd().map(SampleBlock::size).collect()).containsExactly(25, 25);
            // What another process would find: Spark's storage has the block, this process has not.
            blocks.forgetHere();
            assertThat(blocks.rdd().map(SampleBlock::size).collect()).containsExactly(25, 25);
          }
        });
  }

  @Test
  void whereSparkEncryptsItsFilesSamplesAreEncrypted() throws IOException {
    SparkConf plain = TrainingFixture.sparkConf(DIRECTLY);
    assertThat(heldInOpenFiles(plain)).isTrue();
    SparkConf encrypted = TrainingFixture.sparkConf(DIRECTLY);
    encrypted.set("spark.io.encryption.enabled", "true").set("spark.sbp.samples.pieceSize", "101");
    assertThat(heldInOpenFiles(encrypted)).isFalse();
  }

  /** Whether a file that has no name any more shows a sample's group. */
  private static boolean heldInOpenFiles(SparkConf configuration) throws IOException {
    try (JavaSparkContext spark = TrainingFixture.context(configuration);
        SampleBlocks blocks = SampleBlocks.dealt(samples(spark, 50), 50, 2)) {
      blocks.load();
      List<String> ids = blocks.rdd().map(block -> block.samples().get(8).id()).collect();
      assertThat(ids).containsExactly("test/16", "test/17");
      boolean found = false;
      try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
        for (Path file : open) {
          Path target = Files.isSymbolicLink(file) ? Files.readSymbolicLink(file) : file;
          if (target.toString().contains("blockmgr") && target.toString().endsWith("(deleted)")) {
            found |= Files.readString(file, StandardCharsets.ISO_8859_1).contains("group/");
          }
        }
      }
      return found;
    }
  }

  @Test
  void aPieceOfNoSizeIsRefusedBeforeAnyJob() {
    inSpark(
        DIRECTLY,
        "0",
        spark -> {
          JavaPairRDD<Long, Sample> samples = samples(spark, 5);
          assertThatThrownBy(() -> SampleBlocks.dealt(samples, 5, 1))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining("Invalid spark.sbp.samples.pieceSize: 0 bytes");
        });
  }

  private static void assertDealt(JavaSparkContext spark, int workers, int there, int used) {
    List<Sample[]> blocks =
        dealt(spark, LongStream.range(0, there).boxed().toList(), used, workers);
    assertThat(blocks).hasSize(workers);
    for (int worker = 0; worker < workers; worker++) {
      int number = worker;
      assertThat(blocks.get(worker))
          .usingRecursiveFieldByFieldElementComparator()
          .containsExactlyElementsOf(
              LongStream.range(0, used)
                  .filter(position -> position % workers == number)
                  .mapToObj(SampleBlocksTest::sample)
                  .toList());
    }
  }

  /** The samples of each worker. */
  private static List<Sample[]> dealt(
      JavaSparkContext spark, List<Long> positions, int count, int workers) {
    try (SampleBlocks blocks = SampleBlocks.dealt(samples(spark, positions), count, workers)) {
      blocks.load();
      return blocks.rdd().map(block -> block.samples().toArray(Sample[]::new)).collect();
    }
  }

  private static void inSpark(String master, String piece, Consumer<JavaSparkContext> use) {
    try (JavaSparkContext spark =
        TrainingFixture.context(
            TrainingFixture.sparkConf(master).set("spark.sbp.samples.pieceSize", piece))) {
      use.accept(spark);
    }
  }

  private static JavaPairRDD<Long, Sample> samples(JavaSparkContext spark, int count) {
    return samples(spark, LongStream.range(0, count).boxed().toList());
  }

  private static JavaPairRDD<Long, Sample> samples(JavaSparkContext spark, List<Long> positions) {
    List<Tuple2<Long, Sample>> mixed = new ArrayList<>();
    positions.forEach(position -> mixed.add(new Tuple2<>(position, sample(position))));
    Collections.shuffle(mixed, new Random(4));
    return spark.parallelizePairs(mixed, 3);
  }

  private static Sample small(long position) {
    String id = "test/" + position;
    return new Sample(id, SpikeTrain.of(4, new int[][] {{1}}), new float[] {1}, 0, id);
  }

  /** Large enough for some hundred to fill a record. */
  private static Sample sample(long position) {
    int[][] channels = new int[20][];
    for (int step = 0; step < channels.length; step++) {
      channels[step] = new int[] {(int) (position % 97), 100 + step, 300};
    }
    return new Sample(
        "test/" + position,
        SpikeTrain.of(400, channels),
        new float[] {position % 2, 1 - position % 2},
        (int) (position % 2),
        "group/" + position / 10);
  }
}
