package org.sparksbp.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeTrain;
import org.sparksbp.sweep.SweepFixture;
import scala.Tuple2;

class SampleBlocksTest {

  private static JavaSparkContext spark;

  @BeforeAll
  static void startSpark() {
    spark = SweepFixture.spark();
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void samplesAreDealtInTurnWhateverOrderTheyComeIn(int workers) {
    List<SampleBlock> blocks =
        SampleBlocks.dealt(samples(LongStream.range(0, 50).boxed().toList()), 41, workers)
            .collect();

    assertThat(blocks).hasSize(workers);
    for (SampleBlock block : blocks) {
      List<Sample> expected =
          LongStream.range(0, 41)
              .filter(position -> position % workers == block.worker())
              .mapToObj(SampleBlocksTest::sample)
              .toList();
      assertThat(block.samples())
          .usingRecursiveFieldByFieldElementComparator()
          .containsExactlyElementsOf(expected);
    }
  }

  @Test
  void manySamplesOfAWorkerCrossInSeveralRecords() {
    int count = 4_000; // some 500 kB
    List<SampleBlock> blocks =
        SampleBlocks.dealt(samples(LongStream.range(0, count).boxed().toList()), count, 1)
            .collect();

    List<String> ids = new ArrayList<>();
    blocks.forEach(block -> block.samples().forEach(sample -> ids.add(sample.id())));
    assertThat(ids)
        .containsExactlyElementsOf(
            LongStream.range(0, count).mapToObj(position -> sample(position).id()).toList());
  }

  @Test
  void positionsThatAreMissingOrTwiceAreRefused() {
    JavaPairRDD<Long, Sample> gap = samples(List.of(0L, 1L, 3L, 4L));
    assertThatThrownBy(() -> SampleBlocks.dealt(gap, 5, 2).collect())
        .isInstanceOf(SparkException.class)
        .hasMessageContaining("2 of 3 samples for worker 0")
        .hasMessageContaining("positions must be 0 to count - 1");
    JavaPairRDD<Long, Sample> twice = samples(List.of(0L, 1L, 1L, 2L));
    assertThatThrownBy(() -> SampleBlocks.dealt(twice, 3, 2).collect())
        .isInstanceOf(SparkException.class)
        .hasMessageContaining("position 1 twice for worker 1");
  }

  private static JavaPairRDD<Long, Sample> samples(List<Long> positions) {
    List<Tuple2<Long, Sample>> mixed = new ArrayList<>();
    positions.forEach(position -> mixed.add(new Tuple2<>(position, sample(position))));
    Collections.shuffle(mixed, new Random(4));
    return spark.parallelizePairs(mixed, 3);
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
