package org.sparksbp.allreduce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparksbp.averaging.AveragingLevels;
import org.sparksbp.averaging.AveragingRule;
import org.sparksbp.averaging.ParameterSum;
import org.sparksbp.random.RandomStream;

/** Where workers run, and how they exchange, is all the same to the result and not to the cost. */
class AllReducePlacementTest {

  private static final int SIZE = 30_011;

  private static final AveragingRule RULE = WorkersInThreads.rule(SIZE);

  /** Neighbours in one process, workers dealt to processes, and some of each in no order at all. */
  static Stream<Arguments> placements() {
    List<IntUnaryOperator> places =
        List.of(worker -> worker / 4, worker -> worker % 5, worker -> worker * worker * 7 % 11);
    return Stream.of(1, 2, 8, 64)
        .flatMap(
            workers ->
                places.stream()
                    .map(
                        place ->
                            Arguments.of(
                                workers, IntStream.range(0, workers).map(place).toArray())));
  }

  @ParameterizedTest
  @MethodSource("placements")
  void neitherPlacesNorLevelsChangeABit(int workers, int[] places) throws Exception {
    List<float[]> vectors = IntStream.range(0, workers).mapToObj(w -> vector(w)).toList();
    float[] start = vector(-1);
    float[] expected =
        ParameterSum.merge(
                IntStream.range(0, workers)
                    .mapToObj(
                        w ->
                            samples(w) == 0
                                ? ParameterSum.NOTHING
                                : ParameterSum.of(vectors.get(w), samples(w)))
                    .toList(),
                RULE)
            .result(start, RULE);
    for (AveragingLevels levels : AveragingLevels.values()) {
      Rendezvous rendezvous = Rendezvous.create(workers, false, Map.of());
      try (WorkersInThreads threads =
          new WorkersInThreads(rendezvous, places, Security.NONE.settings())) {
        List<Boolean> same =
            threads.atOnce(
                topology -> {
                  int worker = topology.worker();
                  try (AllReduce average =
                      AllReduce.join(rendezvous, topology, levels, RULE, SIZE)) {
                    boolean right = true;
                    for (int round = 0; round < 3; round++) {
                      AllReduce.Result result =
                          average.average(start, vectors.get(worker), samples(worker), true);
                      right &= Arrays.equals(result.parameters(), expected);
                    }
                    return right;
                  }
                });
        assertThat(same).as(levels.key()).containsOnly(true).hasSize(workers);
      }
    }
  }

  /** 250 executors of four workers; of a slice each sends one sum, or gets one. */
  @Test
  void oneOfAProcessSendsTheSumOfAllItsWorkers() {
    List<String> places = IntStream.range(0, 1_000).mapToObj(w -> "p" + w / 4).toList();
    ExchangePlan one = new ExchangePlan(5, places, AveragingLevels.ONE);
    assertThat(one.partsOfProcess(5)).hasSize(1);
    assertThat(one.slicesOfProcess(5)).hasSize(250);
    assertThat(one.peers().stream().map(places::get).distinct()).hasSize(249);
    ExchangePlan two = new ExchangePlan(5, places, AveragingLevels.TWO);
    assertThat(two.slicesOfProcess(5)).hasSize(250);
    // A group has 15 or 16 of the executors.
    assertThat(two.peers().stream().map(places::get).distinct().count()).isLessThan(50);
    List<String> dealt = IntStream.range(0, 1_000).mapToObj(w -> "p" + w % 250).toList();
    assertThat(new ExchangePlan(5, dealt, AveragingLevels.ONE).partsOfProcess(5)).hasSize(4);
    assertThat(AveragingLevels.AUTO.groups(64)).isEqualTo(1);
    assertThat(AveragingLevels.AUTO.groups(250)).isEqualTo(16);
  }

  /** Every fifth worker has learned nothing. */
  private static long samples(int worker) {
    return worker % 5 == 3 ? 0 : 10 + worker;
  }

  private static float[] vector(int number) {
    RandomStream random = RandomStream.of(5, "vector", number);
    float[] vector = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }
}
