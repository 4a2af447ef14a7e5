package org.sparksbp.sweep.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.TaskKilledException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sparksbp.learner.NetworkShape;

/** Trials wait for each other's memory. */
@Timeout(60)
class TrialMemoryTest {

  private static final long MEGABYTE = 1 << 20;
  private static final NetworkShape DIGITS = new NetworkShape(784, 10, 20);

  private final TrialMemory memory = new TrialMemory(100 * MEGABYTE);

  @Test
  void trialsThatFitAreThereTogetherAndOthersWait() throws Exception {
    TrialMemory.Share first = memory.take(40 * MEGABYTE);
    TrialMemory.Share second = memory.take(60 * MEGABYTE);
    assertThat(first.isAll()).isFalse();

    CompletableFuture<TrialMemory.Share> third =
        CompletableFuture.supplyAsync(() -> memory.take(30 * MEGABYTE));
    assertThatThrownBy(() -> third.get(100, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    first.close();
    third.get().close();
    second.close();
  }

  @Test
  void oneThatIsLargerThanAllIsAlone() throws Exception {
    TrialMemory.Share small = memory.take(1);
    CompletableFuture<TrialMemory.Share> large =
        CompletableFuture.supplyAsync(() -> memory.take(10_000 * MEGABYTE));
    assertThatThrownBy(() -> large.get(100, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    small.close();
    assertThat(large.get().isAll()).isTrue();
    large.get().close();
    try (TrialMemory.Share all = memory.takeAll()) {
      assertThat(all.isAll()).isTrue();
    }
  }

  @Test
  void aStopEndsTheWaiting() throws Exception {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    CountDownLatch began = new CountDownLatch(1);
    try (TrialMemory.Share ignored = memory.takeAll()) {
      Thread waiting =
          new Thread(
              () -> {
                began.countDown();
                try {
                  memory.take(1).close();
                  thrown.complete(null);
                } catch (TaskKilledException e) {
                  thrown.complete(e);
                }
              });
      waiting.start();
      began.await();
      waiting.interrupt();
      assertThat(thrown.get()).isInstanceOf(TaskKilledException.class);
    }
    memory.takeAll().close();
  }

  @Test
  void estimatesGrowWithTheNetworkAndTheBatch() {
    long small = TrialMemory.estimate(with("network.hidden = [500]"), DIGITS);
    long wide = TrialMemory.estimate(with("network.hidden = [5000]"), DIGITS);
    long batches = TrialMemory.estimate(with("training.batch = 5000"), DIGITS);

    assertThat(small).isBetween(20 * MEGABYTE, 40 * MEGABYTE);
    assertThat(wide).isBetween(8 * small, 12 * small);
    assertThat(batches).isGreaterThan(5 * small);
    assertThat(TrialMemory.estimate(with("model = none"), DIGITS)).isZero();
    assertThat(TrialMemory.estimate(with("network.hidden = [0]"), DIGITS)).isZero();
  }

  private static Config with(String setting) {
    return ConfigFactory.parseString(setting)
        .withFallback(ConfigFactory.parseString("training.batch = 50"))
        .withFallback(ConfigFactory.defaultReference())
        .resolve();
  }
}
