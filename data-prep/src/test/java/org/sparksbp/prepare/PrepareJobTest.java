package org.sparksbp.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.shard.Manifest;
import org.sparksbp.shard.RawRecords;
import org.sparksbp.shard.ShardEntry;
import org.sparksbp.shard.ShardSet;
import org.sparksbp.spike.Sample;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.Split;
import scala.Tuple2;

class PrepareJobTest {

  @TempDir Path folder;
  private Path input;

  @BeforeEach
  void writeThreeRawFiles() throws IOException {
    input = Files.createDirectory(folder.resolve("input"));
    for (int file = 0; file < 3; file++) {
      List<String> lines = new ArrayList<>();
      for (int line = 0; line < 40; line++) {
        lines.add((line % 4 == 3 ? "test " : "train ") + (line % 3));
      }
      raw(file, lines);
    }
  }

  @Test
  void bytesAreTheSameOnOneCoreAndOnTwoAndTheManifestTellsAll() throws IOException {
    Manifest one = on("local[1]", spark -> run(spark, "one", LinesTask.SETTINGS));
    Manifest two = on("local[2]", spark -> run(spark, "two", LinesTask.SETTINGS));

    assertThat(bytes("one")).isEqualTo(bytes("two")).hasSize(7);
    assertThat(one.fingerprint()).isEqualTo(two.fingerprint()).hasSize(64);
    assertThat(one.shards())
        .extracting(ShardEntry::file)
        .containsExactly(
            "data/train-00000.parquet",
            "data/train-00001.parquet",
            "data/train-00002.parquet",
            "data/test-00000.parquet",
            "data/test-00001.parquet",
            "data/test-00002.parquet");
    assertThat(one.count(Split.TRAIN)).isEqualTo(90);
    assertThat(one.counts().get(Split.TEST).classes())
        .containsExactly(Map.entry("zero", 12L), Map.entry("one", 9L), Map.entry("two", 9L));
    assertThat(one.steps()).isEqualTo(6);
    assertThat(one.inputs())
        .extracting(file -> file.name())
        .containsExactly("part-0.txt", "part-1.txt", "part-2.txt");
    assertThat(one.toolVersion()).matches("\\d+\\.\\d+.*");
    assertThat(one.synthetic()).isFalse();
    assertThat(Files.list(folder.resolve("one")).map(path -> path.getFileName().toString()))
        .contains("manifest.json", "data")
        .doesNotContain("_staging");
  }

  @Test
  void samplesComeBackWithTheirPositionsThroughSparkAndLocally() throws IOException {
    raw(1, List.of("train -1", "train 0", "test 2"));
    on(
        "local[2]",
        spark -> {
          run(spark, "out", LinesTask.SETTINGS);
          ShardSet data = open(spark, "out");
          Map<Long, Sample> samples = new TreeMap<>();
          for (Tuple2<Long, Sample> sample : data.samples(spark, Split.TRAIN).collect()) {
            samples.put(sample._1(), sample._2());
          }
          assertThat(samples).hasSize(62).containsKeys(0L, 61L);
          Sample several = samples.get(30L);
          Sample expected = LinesTask.sample(Split.TRAIN, -1, 1, 1, LinesTask.SETTINGS);
          assertThat(several).usingRecursiveComparison().isEqualTo(expected);
          assertThat(samples.get(31L).id()).isEqualTo("lines/train/1-2");
          for (long limit : new long[] {1, 31, 61, 62, 100}) {
            assertThat(data.samples(spark, Split.TRAIN, limit).keys().collect())
                .containsExactlyElementsOf(
                    LongStream.range(0, data.count(Split.TRAIN, limit)).boxed().toList());
          }
          assertThat(data.samples(spark, Split.TRAIN).getNumPartitions()).isGreaterThan(1);
          assertThat(data.samples(spark, Split.TRAIN, 1).getNumPartitions()).isEqualTo(1);
          List<String> local = new ArrayList<>();
          data.readLocally(Split.TRAIN, 29, 33).forEachRemaining(sample -> local.add(sample.id()));
          assertThat(local)
              .containsExactly(
                  "lines/train/0-39", "lines/train/1-1", "lines/train/1-2", "lines/train/2-1");
          return data;
        });
  }

  @Test
  void taskThatFailsOnceIsRepeatedAndGivesTheSameBytes() throws IOException {
    raw(1, List.of("train 0", "test 1", "once " + folder.resolve("marker"), "train 2"));
    on("local[2,3]", spark -> run(spark, "repeated", LinesTask.SETTINGS));
    assertThat(folder.resolve("marker")).exists();
    on("local[2]", spark -> run(spark, "undisturbed", LinesTask.SETTINGS));

    assertThat(bytes("repeated")).isEqualTo(bytes("undisturbed")).hasSize(7);
  }

  @Test
  void failureHalfWayLeavesNothingThatLooksFinishedAndPreparingAgainCompletes() throws IOException {
    raw(2, List.of("train 0", "unless " + folder.resolve("mended"), "test 1"));
    on(
        "local[1]",
        spark -> {
          assertThatThrownBy(() -> run(spark, "out", LinesTask.SETTINGS))
              .isInstanceOf(IOException.class)
              .hasMessageContaining("failing half-way");
          assertThatThrownBy(() -> ShardSet.open(spark.hadoopConfiguration(), hadoopPath("out")))
              .isInstanceOf(InvalidInputException.class)
              .hasMessageContaining("has no manifest.json");
          assertThat(folder.resolve("out/data")).doesNotExist();
          create(folder.resolve("mended"));
          Manifest manifest = run(spark, "out", LinesTask.SETTINGS);
          assertThat(manifest.count(Split.TRAIN)).isEqualTo(61);
          return manifest;
        });
  }

  @Test
  void driverThatDiedBeforeTheManifestIsMadeGoodByPreparingAgain() throws IOException {
    on(
        "local[2]",
        spark -> {
          run(spark, "out", LinesTask.SETTINGS);
          Map<String, String> whole = bytes("out");
          Files.delete(folder.resolve("out/manifest.json"));
          Files.delete(folder.resolve("out/data/test-00001.parquet"));
          Files.createDirectories(folder.resolve("out/_staging/attempts/slice-00000-attempt-0"));
          run(spark, "out", LinesTask.SETTINGS);
          assertThat(bytes("out")).isEqualTo(whole);
          return null;
        });
  }

  @Test
  void secondRunFindsItDoneAndAnotherDataSetIsRefusedWithWhatDiffers() throws IOException {
    on(
        "local[2]",
        spark -> {
          Manifest first = run(spark, "out", LinesTask.SETTINGS);
          Path shard = folder.resolve("out/data/train-00000.parquet");
          FileTime written = FileTime.fromMillis(1_000_000);
          Files.setLastModifiedTime(shard, written);
          assertThat(run(spark, "out", LinesTask.SETTINGS)).isEqualTo(first);
          assertThat(Files.getLastModifiedTime(shard)).isEqualTo(written);

          assertThatThrownBy(() -> run(spark, "out", LinesTask.with(2, 0, 0)))
              .isInstanceOf(InvalidInputException.class)
              .hasMessageContaining("setting seed is 1 there but 2 now");
          raw(0, List.of("train 0"));
          assertThatThrownBy(() -> run(spark, "out", LinesTask.SETTINGS))
              .isInstanceOf(InvalidInputException.class)
              .hasMessageContaining("input part-0.txt is");
          return null;
        });
  }

  @Test
  void folderWithOtherFilesIsNotTouched() throws IOException {
    Files.createDirectories(folder.resolve("out/data"));
    Files.writeString(folder.resolve("out/data/thesis.txt"), "precious");
    on(
        "local[1]",
        spark -> {
          assertThatThrownBy(() -> run(spark, "out", LinesTask.SETTINGS))
              .isInstanceOf(InvalidInputException.class)
              .hasMessageContaining("thesis.txt");
          return null;
        });
    assertThat(folder.resolve("out/data/thesis.txt")).hasContent("precious");
  }

  @Test
  void limitTakesTheFirstSamplesOfEachSplit() throws IOException {
    on(
        "local[2]",
        spark -> {
          run(spark, "all", LinesTask.SETTINGS);
          Manifest limited = run(spark, "limited", LinesTask.with(1, 25, 0));
          assertThat(limited.count(Split.TRAIN)).isEqualTo(25);
          assertThat(limited.count(Split.TEST)).isEqualTo(25);
          for (Split split : Split.values()) {
            assertThat(ids(open(spark, "limited"), split, 100))
                .isEqualTo(ids(open(spark, "all"), split, 25));
          }
          return limited;
        });
  }

  @Test
  void badRecordsAreCountedUpToTheAllowedNumberAndThenListed() throws IOException {
    raw(0, List.of("train 0", "bad"));
    raw(2, List.of("bad", "test 0"));
    on(
        "local[2]",
        spark -> {
          Manifest manifest = run(spark, "out", LinesTask.with(1, 0, 2));
          assertThat(manifest.badRecords().count()).isEqualTo(2);
          assertThat(manifest.badRecords().first())
              .extracting(Object::toString)
              .containsExactly("part-0.txt, line 2: it is bad", "part-2.txt, line 1: it is bad");
          assertThatThrownBy(() -> run(spark, "strict", LinesTask.with(1, 0, 1)))
              .isInstanceOf(InvalidInputException.class)
              .hasMessageContaining("2 or more bad records, allowed are 1")
              .hasMessageContaining("part-2.txt, line 1: it is bad");
          assertThat(folder.resolve("strict/manifest.json")).doesNotExist();
          return null;
        });
  }

  @Test
  void aFileThatLosesMoreThanTheShareIsRefusedWhateverTheOthersHave() throws IOException {
    rawIsEmpty();
    raw(0, List.of("train 0", "test 1", "train 2", "train 1"));
    raw(1, List.of("train 0", "bad", "bad", "test 1"));
    on(
        "local[2]",
        spark -> {
          PrepareSettings half = LinesTask.with(1, 0, 9).toBuilder().maxLoss(0.5).build();
          Manifest manifest = run(spark, "out", half);
          assertThat(manifest.rawRecords())
              .containsExactly(
                  new RawRecords("part-0.txt", "lines", 4, 4, 0),
                  new RawRecords("part-1.txt", "lines", 4, 2, 2));
          PrepareSettings less = half.toBuilder().maxLoss(0.4).build();
          assertThatThrownBy(() -> run(spark, "strict", less))
              .isInstanceOf(InvalidInputException.class)
              .hasMessageContaining("of 1 of its files more is lost than 40.0 % (--max-loss)")
              .hasMessageContaining("part-1.txt: 2 of 4 lines (50.0 %)")
              .hasMessageContaining("part-1.txt, line 2: it is bad");
          assertThat(folder.resolve("strict/manifest.json")).doesNotExist();
          return null;
        });
  }

  @Test
  void aSplitWithoutASampleIsRefused() throws IOException {
    rawIsEmpty();
    raw(0, List.of("train 0", "train 1"));
    on(
        "local[2]",
        spark -> {
          assertThatThrownBy(() -> run(spark, "out", LinesTask.with(1, 0, 0)))
              .isInstanceOf(InvalidInputException.class)
              .hasMessageContaining("not one test sample of");
          assertThat(folder.resolve("out/manifest.json")).doesNotExist();
          return null;
        });
  }

  @Test
  void unusableInputFailsWithItsOwnMessage() throws IOException {
    raw(1, List.of("train 0", "broken"));
    on(
        "local[2]",
        spark -> {
          assertThatThrownBy(() -> run(spark, "out", LinesTask.SETTINGS))
              .isInstanceOf(InvalidInputException.class)
              .hasMessageContaining("part-1.txt: broken");
          return null;
        });
  }

  @Test
  void fingerprintForgetsFoldersAndTheMarkerMakesDataSynthetic() throws IOException {
    on(
        "local[2]",
        spark -> {
          Manifest here = run(spark, "here", LinesTask.SETTINGS);
          Path elsewhere = folder.resolve("elsewhere");
          Files.move(input, elsewhere);
          create(elsewhere.resolve("SYNTHETIC"));
          input = elsewhere;
          Manifest there = run(spark, "there", LinesTask.SETTINGS);
          assertThat(there.fingerprint()).isEqualTo(here.fingerprint());
          assertThat(there.synthetic()).isTrue();
          assertThat(run(spark, "other", LinesTask.with(2, 0, 0)).fingerprint())
              .isNotEqualTo(here.fingerprint());
          return null;
        });
  }

  private void rawIsEmpty() throws IOException {
    try (var files = Files.list(input)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  private void raw(int number, List<String> lines) throws IOException {
    Files.write(input.resolve("part-" + number + ".txt"), lines);
  }

  private Manifest run(JavaSparkContext spark, String output, PrepareSettings settings)
      throws IOException {
    return PrepareJob.run(
        spark,
        new LinesTask(),
        new org.apache.hadoop.fs.Path(input.toUri()),
        hadoopPath(output),
        settings,
        ProgressListener.NONE);
  }

  private ShardSet open(JavaSparkContext spark, String output) throws IOException {
    return ShardSet.open(spark.hadoopConfiguration(), hadoopPath(output));
  }

  private org.apache.hadoop.fs.Path hadoopPath(String output) {
    return new org.apache.hadoop.fs.Path(folder.resolve(output).toUri());
  }

  private static List<String> ids(ShardSet data, Split split, int count) {
    List<String> ids = new ArrayList<>();
    data.readLocally(split, 0, count).forEachRemaining(sample -> ids.add(sample.id()));
    return ids;
  }

  private static void create(Path file) throws IOException {
    Files.createFile(file);
  }

  /** Contents of all files that are not Hadoop's own checksums, by name. */
  private Map<String, String> bytes(String output) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(output))) {
      return files
          .filter(file -> Files.isRegularFile(file) && !file.toString().endsWith(".crc"))
          .collect(
              Collectors.toMap(
                  file -> folder.resolve(output).relativize(file).toString(),
                  PrepareJobTest::latin1,
                  (a, b) -> a,
                  TreeMap::new));
    }
  }

  private static String latin1(Path file) {
    try {
      return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private interface SparkAction<R> {
    R with(JavaSparkContext spark) throws IOException;
  }

  private static <R> R on(String master, SparkAction<R> action) throws IOException {
    try (JavaSparkContext spark = LocalSpark.start(master)) {
      return action.with(spark);
    }
  }
}
