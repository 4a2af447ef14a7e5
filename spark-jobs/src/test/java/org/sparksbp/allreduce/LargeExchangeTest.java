package org.sparksbp.allreduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparksbp.averaging.AveragingLevels;
import org.sparksbp.averaging.AveragingMode;
import org.sparksbp.averaging.AveragingRule;
import org.sparksbp.learner.ParameterLayout;

/**
 * The exchange of a large cluster, over true connections of this machine with itself. Prints what
 * it costs; {@code -Dexchange.workers} (64), {@code -Dexchange.of-executor} (4), {@code
 * -Dexchange.parameters} (397,510) and {@code -Dexchange.rounds} (2) make it another one.
 */
@Tag("slow")
class LargeExchangeTest {

  private static final int WORKERS = Integer.getInteger("exchange.workers", 64);
  private static final int OF_EXECUTOR = Integer.getInteger("exchange.of-executor", 4);
  private static final int SIZE = Integer.getInteger("exchange.parameters", 397_510);
  private static final int ROUNDS = Integer.getInteger("exchange.rounds", 2);

  @ParameterizedTest
  @CsvSource({"TWO, true", "TWO, false", "ONE, true", "ONE, false"})
  @Timeout(1_200)
  void costs(AveragingLevels levels, boolean together) throws Exception {
    int executors = (WORKERS + OF_EXECUTOR - 1) / OF_EXECUTOR;
    UnixOperatingSystemMXBean system =
        ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class);
    assumeTrue(
        levels == AveragingLevels.TWO
            || (long) executors * executors < system.getMaxFileDescriptorCount() - 1_000,
        "too few files may be open (ulimit -n) for connections between all executors");
    int[] places =
        IntStream.range(0, WORKERS)
            .map(worker -> together ? worker / OF_EXECUTOR : worker % executors)
            .toArray();
    float[] start = new float[SIZE];
    float[] learned = new float[SIZE];
    Arrays.fill(learned, 0.5f);
    AveragingRule rule =
        AveragingRule.of(
            AveragingMode.PARAMETERS,
            new ParameterLayout.Builder()
                .add("weights", ParameterLayout.Role.WEIGHT, SIZE)
                .build());
    Rendezvous rendezvous = Rendezvous.create(WORKERS, false, Map.of());
    AtomicLongArray times = new AtomicLongArray(new long[] {System.nanoTime(), 0, 0});
    long[] written = new long[2];
    long[] sockets = new long[2];
    sockets[0] = sockets();
    try (WorkersInThreads threads =
        new WorkersInThreads(rendezvous, places, Security.NONE.settings())) {
      List<Boolean> right =
          threads.atOnce(
              topology -> {
                try (AllReduce average = AllReduce.join(rendezvous, topology, levels, rule, SIZE)) {
                  threads.await();
                  if (topology.worker() == 0) {
                    times.set(1, System.nanoTime());
                    written[0] = written();
                    sockets[1] = sockets();
                  }
                  threads.await();
                  boolean same = true;
                  for (int round = 0; round < ROUNDS; round++) {
                    same &=
                        Arrays.equals(
                            average.average(start, learned, 50, true).parameters(), learned);
                  }
                  threads.await();
                  if (topology.worker() == 0) {
                    times.set(2, System.nanoTime());
                    written[1] = written();
                  }
                  threads.await();
                  return same;
                }
              });
      assertThat(right).containsOnly(true).hasSize(WORKERS);
    }
    System.out.printf(
        Locale.ROOT,
        "%d workers, %d executors, levels %s, neighbours together: %s: %d connections, made in"
            + " %.1f s; an executor sends %.2f MB in a round, which takes %.2f s%n",
        WORKERS,
        executors,
        levels.key(),
        together,
        (sockets[1] - sockets[0] - executors) / 2,
        (times.get(1) - times.get(0)) / 1e9,
        (written[1] - written[0]) / 1e6 / executors / ROUNDS,
        (times.get(2) - times.get(1)) / 1e9 / ROUNDS);
  }

  /** Sockets of this process; an endpoint has one before it has connections. */
  private static long sockets() {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(LargeExchangeTest::isSocket).count();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isSocket(Path open) {
    try {
      return Files.readSymbolicLink(open).toString().startsWith("socket:");
    } catch (IOException e) {
      return false; // closed meanwhile
    }
  }

  /** Bytes that this process has written, to sockets too. */
  private static long written() {
    try {
      return Files.readAllLines(Path.of("/proc/self/io")).stream()
          .filter(line -> line.startsWith("wchar: "))
          .mapToLong(line -> Long.parseLong(line.substring("wchar: ".length())))
          .sum();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
