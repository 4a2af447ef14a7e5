package org.sparksbp.sweep.execution;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.concurrent.Semaphore;
import org.apache.spark.TaskKilledException;
import org.sparksbp.learner.LayerSizes;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.NetworkShape;

/**
 * The part of a process's heap that is there for trials, shared by those that are trained in it at
 * a time: each waits until there is room for what it is estimated to take, in the order of asking.
 * One that is estimated to take more than all has all.
 */
final class TrialMemory {

  /** The rest is Spark's, the samples', and for what estimates leave out. */
  private static final double SHARE = 0.6;

  /**
   * What a run holds beside its learner: parameters of its start, of its best epoch and the like.
   */
  private static final long COPIES = 6;

  private static final int UNIT = 1 << 20;

  /** That of this process. */
  static final TrialMemory OF_PROCESS =
      new TrialMemory((long) (SHARE * Runtime.getRuntime().maxMemory()));

  private final int all;
  private final Semaphore free;

  /** All of it free. */
  TrialMemory(long bytes) {
    this.all = (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytes / UNIT));
    this.free = new Semaphore(all, true);
  }

  /**
   * Bytes of heap that training a trial is estimated to take; 0 if its settings say nothing of it.
   */
  static long estimate(Config configuration, NetworkShape shape) {
    try {
      ModelType type = ModelType.named(configuration.getString("model"));
      LayerSizes sizes =
          LayerSizes.of(
              shape.channels(), configuration.getIntList("network.hidden"), shape.outputs());
      return type.memory(configuration, shape, configuration.getInt("training.batch"))
          + Float.BYTES * COPIES * sizes.allSynapses();
    } catch (ConfigException | IllegalArgumentException e) {
      return 0; // the trial fails by them, and tells
    }
  }

  /** Waits for as much, or for all if it is more than that. */
  Share take(long bytes) {
    return new Share((int) Math.max(1, Math.min(all, (bytes + UNIT - 1) / UNIT)));
  }

  /** Waits until nobody else has any of it. */
  Share takeAll() {
    return new Share(all);
  }

  /** What a trial has of it until it is closed. */
  final class Share implements AutoCloseable {
    private final int units;

    private Share(int units) {
      this.units = units;
      try {
        free.acquire(units);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TaskKilledException("the sweep was stopped");
      }
    }

    /** Whether nobody else has any of it. */
    boolean isAll() {
      return units == all;
    }

    @Override
    public void close() {
      free.release(units);
    }
  }
}
