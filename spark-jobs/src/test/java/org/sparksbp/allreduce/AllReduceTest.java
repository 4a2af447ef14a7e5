package org.sparksbp.allreduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.apache.spark.TaskKilledException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparksbp.averaging.AveragingLevels;
import org.sparksbp.averaging.AveragingRule;
import org.sparksbp.averaging.ParameterSum;
import org.sparksbp.random.RandomStream;

/** Workers in threads of this process; some of them connect as if they were in different ones. */
class AllReduceTest {

  /** More than fits one piece of a slice where there are two workers. */
  private static final int SIZE = 2 * PeerMessage.PIECE_ELEMENTS + 20_011;

  private static final AveragingRule RULE = WorkersInThreads.rule(SIZE);

  @ParameterizedTest
  @CsvSource({
    "1, 1, NONE",
    "2, 1, NONE",
    "2, 2, NONE",
    "2, 2, AUTHENTICATED",
    "5, 2, ENCRYPTED_BY_SASL",
    "5, 5, ENCRYPTED_BY_AES_GCM",
    "5, 2, ENCRYPTED_BY_AES_CTR"
  })
  void everyWorkerGetsTheBitsOfTheSumInOrder(int workers, int processes, Security security)
      throws Exception {
    List<float[]> vectors = IntStream.range(0, workers).mapToObj(w -> vector(w)).toList();
    float[] start = vector(-1);
    Rendezvous rendezvous = Rendezvous.create(workers, processes == 1, Map.of());
    List<float[]> results =
        atOnce(
            rendezvous,
            processes,
            security,
            (average, worker) -> {
              float[] first =
                  average.average(start, vectors.get(worker), 10 - worker, true).parameters();
              float[] learned = worker == 0 ? new float[0] : vectors.get(worker);
              float[] second = average.average(first, learned, worker, true).parameters();
              return second.clone();
            });

    float[] expected = sum(vectors, worker -> 10L - worker).result(start, RULE);
    expected = sum(vectors, worker -> worker).result(expected, RULE);
    for (float[] result : results) {
      assertThat(result).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "3"})
  void allLearnOfOutputsAndOfParametersThatAreNotFinite(int processes) throws Exception {
    Rendezvous rendezvous = Rendezvous.create(3, processes == 1, Map.of());
    List<String> endings =
        atOnce(
            rendezvous,
            processes,
            Security.NONE,
            (average, worker) -> {
              float[] start = vector(0);
              float[] learned = vector(worker);
              learned[SIZE - 1] = worker == 0 ? Float.POSITIVE_INFINITY : 0;
              AllReduce.Result first = average.average(start, learned, 1, true);
              AllReduce.Result second = average.average(start, learned, 1, worker != 1);
              return first.outputsFinite()
                  + " "
                  + first.parametersFinite()
                  + " "
                  + second.outputsFinite();
            });
    assertThat(endings).containsOnly("true false false").hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"1", "2"})
  void aWorkerThatEndsDoesNotLeaveTheOtherWaiting(int processes) {
    Rendezvous rendezvous = Rendezvous.create(2, processes == 1, Map.of());
    assertThatThrownBy(
            () ->
                atOnce(
                    rendezvous,
                    processes,
                    Security.NONE,
                    (average, worker) -> {
                      average.average(vector(0), vector(1), 1, true);
                      return worker == 0 ? null : average.average(vector(0), vector(1), 1, true);
                    }))
        .hasRootCauseMessage("Cannot average: worker 0 has ended");
  }

  @Test
  void aTaskThatIsKilledStopsWaiting() {
    AtomicBoolean killed = new AtomicBoolean();
    Rendezvous rendezvous = Rendezvous.create(2, true, Map.of());
    PeerTopology topology =
        new PeerTopology(
            0, List.of("a", "a"), () -> null, own -> new String[] {own, own}, killed::get);
    try (AllReduce average =
        AllReduce.join(rendezvous, topology, AveragingLevels.AUTO, RULE, SIZE)) {
      killed.set(true);
      assertThatThrownBy(() -> average.average(vector(0), vector(1), 1, true))
          .isInstanceOf(TaskKilledException.class);
    }
  }

  /** What a worker does. */
  private interface Part<T> {
    T of(AllReduce average, int worker);
  }

  private static <T> List<T> atOnce(
      Rendezvous rendezvous, int processes, Security security, Part<T> part) throws Exception {
    int[] places =
        IntStream.range(0, rendezvous.workers()).map(worker -> worker % processes).toArray();
    try (WorkersInThreads workers = new WorkersInThreads(rendezvous, places, security.settings())) {
      return workers.atOnce(
          topology -> {
            try (AllReduce average =
                AllReduce.join(rendezvous, topology, AveragingLevels.AUTO, RULE, SIZE)) {
              return part.of(average, topology.worker());
            }
          });
    }
  }

  private static ParameterSum sum(List<float[]> vectors, IntToLongFunction samples) {
    List<ParameterSum> parts = new ArrayList<>();
    for (int worker = 0; worker < vectors.size(); worker++) {
      long learned = samples.applyAsLong(worker);
      parts.add(
          learned == 0 ? ParameterSum.NOTHING : ParameterSum.of(vectors.get(worker), learned));
    }
    return ParameterSum.merge(parts, RULE);
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
