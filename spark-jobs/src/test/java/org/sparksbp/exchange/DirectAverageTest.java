package org.sparksbp.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.apache.spark.TaskKilledException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparksbp.averaging.AveragingMode;
import org.sparksbp.averaging.AveragingRule;
import org.sparksbp.averaging.ParameterSum;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.random.RandomStream;

/** Workers in threads of this process; some of them talk as if they were in different ones. */
class DirectAverageTest {

  private static final int SIZE = 20_011;
  private static final String LOOPBACK = "127.0.0.1";
  private static final AveragingRule RULE =
      AveragingRule.of(
          AveragingMode.UPDATES,
          new ParameterLayout.Builder()
              .add("weights-0", ParameterLayout.Role.WEIGHT, SIZE - 7_000)
              .add("moments", ParameterLayout.Role.OPTIMISER, 7_000)
              .build());

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "2, 2", "5, 2", "5, 5"})
  void everyWorkerGetsTheBitsOfTheSumInOrder(int workers, int processes) throws Exception {
    List<float[]> vectors = IntStream.range(0, workers).mapToObj(w -> vector(w)).toList();
    float[] start = vector(-1);
    Meeting meeting = Meeting.call(workers, processes == 1, Map.of());
    List<float[]> results =
        atOnce(
            meeting,
            processes,
            (average, worker) -> {
              float[] first =
                  average.average(start, vectors.get(worker), 10 - worker, true).parameters();
              float[] second =
                  average.average(first, vectors.get(worker), worker, true).parameters();
              average.finish();
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
  void allLearnOfOneThatIsNotSoundAndOfParametersThatAreNotFinite(int processes) throws Exception {
    Meeting meeting = Meeting.call(3, processes == 1, Map.of());
    List<String> endings =
        atOnce(
            meeting,
            processes,
            (average, worker) -> {
              float[] start = vector(0);
              float[] learned = vector(worker);
              learned[SIZE - 1] = worker == 0 ? Float.POSITIVE_INFINITY : 0;
              DirectAverage.Result first = average.average(start, learned, 1, true);
              DirectAverage.Result second = average.average(start, learned, 1, worker != 1);
              average.finish();
              return first.sound() + " " + first.finite() + " " + second.sound();
            });
    assertThat(endings).containsOnly("true false false").hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"1", "2"})
  void aWorkerThatEndsDoesNotLeaveTheOtherWaiting(int processes) {
    Meeting meeting = Meeting.call(2, processes == 1, Map.of());
    assertThatThrownBy(
            () ->
                atOnce(
                    meeting,
                    processes,
                    (average, worker) -> {
                      average.average(vector(0), vector(1), 1, true);
                      return worker == 0 ? null : average.average(vector(0), vector(1), 1, true);
                    }))
        .hasRootCauseMessage(
            processes == 1 ? "Cannot average: worker 0 has ended" : "it has closed the connection");
  }

  @Test
  void aTaskThatIsKilledStopsWaiting() {
    AtomicBoolean killed = new AtomicBoolean();
    Meeting meeting = Meeting.call(2, true, Map.of());
    Place place =
        new Place(0, List.of("a", "a"), LOOPBACK, own -> new String[] {own, own}, killed::get);
    try (DirectAverage average = new DirectAverage(Peers.meet(meeting, place), RULE, SIZE)) {
      killed.set(true);
      assertThatThrownBy(() -> average.average(vector(0), vector(1), 1, true))
          .isInstanceOf(TaskKilledException.class);
    }
  }

  @Test
  void whoDoesNotKnowTheSecretIsNotLetIn() throws IOException {
    Doorway doorway = Doorway.here(LOOPBACK);
    Meeting meeting = Meeting.call(2, false, Map.of());
    Meeting other = Meeting.call(2, false, Map.of());
    doorway.expect(meeting, 1, 0);
    Waiting killed = new Waiting(() -> false);
    try (Socket stranger = new Socket(LOOPBACK, doorway.port())) {
      stranger.getOutputStream().write((other.secret() + "\0\0\0\1\0\0\0\0").getBytes("ASCII"));
      stranger.setSoTimeout(10_000);
      assertThat(stranger.getInputStream().read()).isEqualTo(-1);
    } catch (SocketTimeoutException e) {
      throw new AssertionError("neither let in nor refused", e);
    }
    InetSocketAddress address = new InetSocketAddress(LOOPBACK, doorway.port());
    try (Socket worker = Doorway.enter(meeting, 1, 0, address, killed);
        Socket welcome = doorway.letIn(meeting, 1, 0, killed)) {
      assertThat(welcome.getPort()).isEqualTo(worker.getLocalPort());
    }
    doorway.forget(meeting, 1, 0);
  }

  /** What a worker does. */
  private interface Part<T> {
    T of(DirectAverage average, int worker);
  }

  private static <T> List<T> atOnce(Meeting meeting, int processes, Part<T> part) throws Exception {
    int workers = meeting.workers();
    List<String> places = IntStream.range(0, workers).mapToObj(w -> "p" + w % processes).toList();
    String[] told = new String[workers];
    CyclicBarrier all = new CyclicBarrier(workers);
    List<Callable<T>> tasks = new ArrayList<>();
    for (int w = 0; w < workers; w++) {
      int worker = w;
      Place.Announcement announcement =
          own -> {
            told[worker] = own;
            try {
              all.await();
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
            return told;
          };
      Place place = new Place(worker, places, LOOPBACK, announcement, () -> false);
      tasks.add(
          () -> {
            try (DirectAverage average =
                new DirectAverage(Peers.meet(meeting, place), RULE, SIZE)) {
              return part.of(average, worker);
            }
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
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
