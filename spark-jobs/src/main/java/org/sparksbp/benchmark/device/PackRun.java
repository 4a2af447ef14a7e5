package org.sparksbp.benchmark.device;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.sparksbp.device.Device;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.Inference;
import org.sparksbp.learner.Learner;
import org.sparksbp.pack.DeviceModelType;
import org.sparksbp.pack.LearnerPack;
import org.sparksbp.spike.SpikeBatch;

/**
 * A pack that learns as in a sweep: a thread a member, some batches at once, each member at another
 * place of the same samples.
 */
final class PackRun implements AutoCloseable {

  /** A member that failed by itself would leave the others waiting for it. */
  private static final long MOST_SECONDS = 120;

  private final List<SpikeBatch> batches;
  private final int batch;
  private final LearnerPack pack;
  private final ExecutorService threads;
  private int done;
  private volatile double multiplyAccumulates;

  PackRun(DeviceModelType type, Device device, List<Config> configurations, MadeUpDigits digits) {
    this.batch = configurations.get(0).getInt("training.batch");
    this.batches = digits.batches(batch);
    this.pack = LearnerPack.of(type, device, configurations, MadeUpDigits.SHAPE);
    this.threads = Executors.newFixedThreadPool(pack.size());
  }

  int batch() {
    return batch;
  }

  long parameters() {
    return pack.member(0).layout().size();
  }

  int mostBatchesAtOnce() {
    return pack.member(0).batchesAtOnce(batch);
  }

  /** Multiply-accumulates a sample, as the last batch took them. */
  double multiplyAccumulates() {
    return multiplyAccumulates;
  }

  /** Has the members learn until every sample is on the device and all is compiled. */
  void warmUp() {
    for (int sent = 0; sent < batches.size(); sent += pack.size()) {
      learn(1, 1, pack.size());
    }
  }

  /**
   * Has every member learn.
   *
   * @param rounds calls of each
   * @param atOnce batches of each call
   * @return seconds of the clock
   */
  double learn(int rounds, int atOnce) {
    return learn(rounds, atOnce, 1);
  }

  private double learn(int rounds, int atOnce, int stride) {
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int member = 0; member < pack.size(); member++) {
      int number = member;
      tasks.add(
          () -> {
            learn(number, rounds, atOnce, stride);
            return null;
          });
    }
    long start = System.nanoTime();
    try {
      for (Future<Void> ended : threads.invokeAll(tasks, MOST_SECONDS, TimeUnit.SECONDS)) {
        ended.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Cannot go on measuring: it was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
    done += rounds * atOnce;
    return (System.nanoTime() - start) * 1e-9;
  }

  /** Each member begins a batch behind the one before it. */
  private void learn(int member, int rounds, int atOnce, int stride) {
    Learner learner = pack.member(member);
    int number = done;
    for (int round = 0; round < rounds; round++) {
      List<SpikeBatch> given = new ArrayList<>();
      List<BatchPosition> positions = new ArrayList<>();
      for (int i = 0; i < atOnce; i++) {
        given.add(batches.get((member + number * stride) % batches.size()));
        positions.add(new BatchPosition(member + 1L, 1, 0, number++));
      }
      Inference last = learner.learn(given, positions).get(atOnce - 1);
      multiplyAccumulates = (double) last.work().multiplyAccumulates() / batch;
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    for (int member = 0; member < pack.size(); member++) {
      pack.member(member).close();
    }
  }
}
