package org.sparksbp.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.evaluation.SampleSet;
import org.sparksbp.shard.ShardEntry;
import org.sparksbp.shard.ShardSet;
import org.sparksbp.spike.Sample;
import org.sparksbp.task.Split;
import org.sparksbp.training.ShardFixture;
import org.sparksbp.training.TrainingFixture;
import scala.Tuple2;

/** Samples of words of one to seven letters, in three shards. */
class ValidationSplitTest {

  private static final int SAMPLES = 400;

  @TempDir static Path folder;

  private static final List<Sample> ALL = words();
  private static JavaSparkContext spark;
  private static ShardSet shards;

  @BeforeAll
  static void write() throws IOException {
    spark = TrainingFixture.context(TrainingFixture.sparkConf("local[2]"));
    shards = shards(ALL, List.of(90, 250, 60));
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static List<Sample> words() {
    List<Sample> samples = new ArrayList<>();
    int word = 0;
    for (Sample sample : TrainingFixture.samples("train", SAMPLES)) {
      if (samples.size() % 8 == word % 7) {
        word++;
      }
      samples.add(grouped(sample, "word-" + word));
    }
    return samples;
  }

  private static Sample grouped(Sample sample, String group) {
    return new Sample(sample.id(), sample.spikes(), sample.target(), sample.label(), group);
  }

  private static ShardSet shards(List<Sample> samples, List<Integer> sizes) throws IOException {
    Configuration hadoop = new Configuration();
    org.apache.hadoop.fs.Path place =
        new org.apache.hadoop.fs.Path(folder.resolve("of-" + sizes).toUri());
    List<ShardEntry> entries = new ArrayList<>();
    int from = 0;
    for (int size : sizes) {
      String name = "train-" + entries.size() + ".parquet";
      List<Sample> ofShard = samples.subList(from, from + size);
      entries.add(ShardFixture.shard(hadoop, place, name, Split.TRAIN, ofShard));
      from += size;
    }
    ShardFixture.manifest(hadoop, place, entries);
    return ShardSet.open(hadoop, place);
  }

  @Test
  void takesWholeGroupsAndCloseToTheShareAndEveryOtherSampleIsLearned() {
    ValidationSplit split = ValidationSplit.of(spark, shards, 0, new ValidationDraw(0.1, 1));

    List<Sample> train = inOrder(split.train());
    List<Sample> validation = inOrder(split.validation());
    assertThat(groups(validation)).isNotEmpty().doesNotContainAnyElementsOf(groups(train));
    // No word has more than eight letters, so that the closest is not further than half of that.
    assertThat(validation).hasSizeBetween(36, 44);
    assertThat(Stream.concat(train.stream(), validation.stream()).map(Sample::id))
        .containsExactlyInAnyOrderElementsOf(ids(ALL));
    assertThat(ids(train)).isEqualTo(ids(ALL).stream().filter(ids(train)::contains).toList());
  }

  @Test
  void isTheSameWhereAllSamplesAreInOneProcess() {
    for (double fraction : new double[] {0.001, 0.1, 0.5, 0.99}) {
      for (long limit : new long[] {0, 7, 200}) {
        ValidationDraw draw = new ValidationDraw(fraction, 5);
        ValidationSplit split = ValidationSplit.of(spark, shards, limit, draw);
        LocalSplit local = LocalSplit.of(ALL.subList(0, limit == 0 ? SAMPLES : (int) limit), draw);

        assertThat(ids(local.train())).isNotEmpty().isEqualTo(ids(inOrder(split.train())));
        assertThat(ids(local.validation()))
            .isNotEmpty()
            .isEqualTo(ids(inOrder(split.validation())));
      }
    }
  }

  @Test
  void isTheSameHoweverTheSamplesLieInShards() throws IOException {
    ValidationDraw draw = new ValidationDraw(0.2, 1);
    ValidationSplit one = ValidationSplit.of(spark, shards(ALL, List.of(SAMPLES)), 0, draw);
    ValidationSplit three = ValidationSplit.of(spark, shards, 0, draw);

    assertThat(ids(inOrder(one.validation()))).isEqualTo(ids(inOrder(three.validation())));
    assertThat(ids(inOrder(one.train()))).isEqualTo(ids(inOrder(three.train())));
  }

  @Test
  void isAnotherOneForAnotherSeed() {
    Set<String> first = groups(LocalSplit.of(ALL, new ValidationDraw(0.1, 1)).validation());
    Set<String> second = groups(LocalSplit.of(ALL, new ValidationDraw(0.1, 2)).validation());
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void drawsEveryGroupEquallyOften() {
    List<Sample> alone =
        IntStream.range(0, 10)
            .mapToObj(i -> grouped(ALL.get(i), "clip-" + i))
            .collect(Collectors.toList());
    Map<String, Long> times =
        LongStream.range(0, 2000)
            .mapToObj(seed -> LocalSplit.of(alone, new ValidationDraw(0.1, seed)).validation())
            .peek(validation -> assertThat(validation).hasSize(1))
            .collect(Collectors.groupingBy(one -> one.get(0).group(), Collectors.counting()));
    // 200 each, six standard deviations of 13.4 either way.
    assertThat(times).hasSize(10).allSatisfy((clip, n) -> assertThat(n).isBetween(120L, 280L));
  }

  @Test
  void leavesAGroupThatStandsAloneToLearning() {
    List<Sample> one = ALL.stream().map(sample -> grouped(sample, "only")).toList();
    LocalSplit split = LocalSplit.of(one, new ValidationDraw(0.5, 1));
    assertThat(split.validation()).isEmpty();
    assertThat(split.train()).hasSize(SAMPLES);
  }

  @Test
  void leavesOutAGroupThatIsTooLargeWhereThatIsCloser() {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      samples.add(grouped(ALL.get(i), i < 90 ? "large" : "small-" + i));
    }
    int withLarge = 0;
    for (long seed = 0; seed < 200; seed++) {
      List<Sample> validation = LocalSplit.of(samples, new ValidationDraw(0.1, seed)).validation();
      boolean large = groups(validation).contains("large");
      withLarge += large ? 1 : 0;
      assertThat(large ? validation.size() == 90 : validation.size() <= 10).isTrue();
    }
    // It is chosen only where it comes first, as one draw of eleven has it: 18 times, +- 4 x 4.1.
    assertThat(withLarge).isBetween(2, 35);
  }

  @Test
  void takesNoneWhereNoneIsAskedFor() {
    ValidationSplit split = ValidationSplit.of(spark, shards, 0, new ValidationDraw(0, 1));
    assertThat(split.validation().count()).isZero();
    assertThat(split.validation().samples().count()).isZero();
    assertThat(ids(inOrder(split.train()))).isEqualTo(ids(ALL));
  }

  /** The samples, whose positions are found to be those from 0 on. */
  private static List<Sample> inOrder(SampleSet set) {
    List<Tuple2<Long, Sample>> positioned = new ArrayList<>(set.samples().collect());
    positioned.sort(Comparator.comparing(Tuple2::_1));
    assertThat(positioned.stream().map(Tuple2::_1))
        .containsExactlyElementsOf(LongStream.range(0, set.count()).boxed().toList());
    return positioned.stream().map(Tuple2::_2).toList();
  }

  private static List<String> ids(List<Sample> samples) {
    return samples.stream().map(Sample::id).toList();
  }

  private static Set<String> groups(List<Sample> samples) {
    return samples.stream().map(Sample::group).collect(Collectors.toCollection(TreeSet::new));
  }
}
