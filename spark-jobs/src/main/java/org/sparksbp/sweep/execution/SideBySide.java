package org.sparksbp.sweep.execution;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparksbp.learner.Learner;
import org.sparksbp.pack.LearnerPack;
import org.sparksbp.sweep.results.TrialSummary;

/** Trains the trials of a Spark task with a pack, each in a thread of its own. */
final class SideBySide {

  private static final Logger LOG = LoggerFactory.getLogger(SideBySide.class);
  private static final long LOOK_MILLIS = 200;
  private static final long LEAVE_SECONDS = 30;

  private final LearnerPack pack;

  SideBySide(LearnerPack pack) {
    this.pack = pack;
  }

  /** Trains a trial with a member of the pack. */
  @FunctionalInterface
  interface Trial {
    TrialSummary train(TrialRequest request, Learner member) throws IOException;
  }

  /**
   * Trains as many trials as the pack has members; ends all if the task is to end or one throws.
   * When it returns, or throws, all have left the pack and its memory is free.
   */
  List<TrialSummary> run(List<TrialRequest> requests, Trial trial) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(requests.size());
    try {
      List<Future<TrialSummary>> running = new ArrayList<>();
      for (int i = 0; i < requests.size(); i++) {
        TrialRequest request = requests.get(i);
        Learner member = pack.member(i);
        running.add(threads.submit(() -> train(trial, request, member)));
      }
      List<TrialSummary> summaries = new ArrayList<>();
      for (Future<TrialSummary> one : running) {
        summaries.add(await(one));
      }
      return summaries;
    } finally {
      threads.shutdownNow();
      awaitAll(threads);
    }
  }

  /** A launch that was queued goes on to its end, whoever is interrupted. */
  private static void awaitAll(ExecutorService threads) {
    boolean interrupted = Thread.interrupted();
    try {
      if (!threads.awaitTermination(LEAVE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("Trials of a pack go on {} seconds after they were told to end", LEAVE_SECONDS);
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Leaves the pack whatever comes, or the others would wait for ever. */
  private static TrialSummary train(Trial trial, TrialRequest request, Learner member)
      throws IOException {
    try (member) {
      return trial.train(request, member);
    }
  }

  private static TrialSummary await(Future<TrialSummary> one) throws IOException {
    TaskContext task = TaskContext.get();
    while (true) {
      try {
        return one.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (task != null && task.isInterrupted()) {
          throw new TaskKilledException("the sweep was stopped");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TaskKilledException("the sweep was stopped");
      } catch (ExecutionException e) {
        if (e.getCause() instanceof IOException cause) {
          throw cause;
        }
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
  }
}
