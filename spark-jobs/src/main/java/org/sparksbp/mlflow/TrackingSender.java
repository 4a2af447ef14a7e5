package org.sparksbp.mlflow;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.sparksbp.http.RequestFailedException;

/**
 * Sends the newest content of one run from a thread of its own, and tries again while the server is
 * away.
 */
final class TrackingSender implements AutoCloseable {

  private static final long FIRST_PAUSE = 500;
  private static final long LONGEST_PAUSE = 30_000;

  /** While somebody waits for the end. */
  private static final long PAUSE_AT_THE_END = 1_000;

  private final Experiment experiment;
  private final Duration patience;
  private final Consumer<String> warnings;
  private final Thread thread = new Thread(this::run, "MLflow");

  private RunContent wanted;
  private Optional<Artifacts> artifacts = Optional.empty();
  private boolean closed;

  private RemoteRun run;
  private RunContent sent;
  private boolean warned;
  private volatile boolean refused;

  TrackingSender(Experiment experiment, Duration patience, Consumer<String> warnings) {
    this.experiment = experiment;
    this.patience = patience;
    this.warnings = warnings;
    thread.setDaemon(true);
  }

  /** Has the run told of as it is now, soon. */
  synchronized void send(RunContent content, Optional<Artifacts> files) {
    if (wanted == null) {
      thread.start();
    }
    wanted = content;
    artifacts = files;
    notifyAll();
  }

  private void run() {
    long pause = FIRST_PAUSE;
    try {
      for (RunContent next = next(); next != null; next = next()) {
        try {
          bring(next);
          pause = FIRST_PAUSE;
        } catch (RequestFailedException e) {
          if (Thread.currentThread().isInterrupted()) {
            return; // whoever has waited says so
          }
          if (!e.mayPass()) {
            refuse(e);
            return;
          }
          warnOnce(e);
          pause(pause);
          pause = Math.min(2 * pause, LONGEST_PAUSE);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      refused = true;
      warnings.accept("Cannot tell MLflow at " + experiment.server() + " of this run: " + e);
    }
  }

  /** What is to be sent; null if that is nothing any more. */
  private synchronized RunContent next() throws InterruptedException {
    while (wanted == sent && !closed) {
      wait();
    }
    return wanted == sent ? null : wanted;
  }

  private void bring(RunContent content) throws RequestFailedException {
    if (run == null) {
      Optional<RemoteRun> there = experiment.run(content.identity());
      run = there.isPresent() ? there.get() : experiment.create(content);
    }
    Optional<Artifacts> files;
    synchronized (this) {
      files = content == wanted ? artifacts : Optional.empty();
    }
    if (files.isPresent()) {
      copy(files.get());
    }
    experiment.complete(run, content);
    synchronized (this) {
      sent = content;
    }
  }

  private void copy(Artifacts files) throws RequestFailedException {
    try {
      files.copy(experiment.server(), run.artifacts());
    } catch (RequestFailedException e) {
      if (e.mayPass()) {
        throw e;
      }
      warnings.accept("Cannot copy the run's files to MLflow: " + TrackingTexts.said(e));
    } catch (IOException | RuntimeException e) {
      warnings.accept("Cannot copy the run's files to MLflow: " + e.getMessage());
    }
  }

  private void refuse(RequestFailedException e) {
    refused = true;
    warnings.accept(TrackingTexts.refused(experiment.server(), e));
  }

  private void warnOnce(RequestFailedException e) {
    if (!warned) {
      warned = true;
      warnings.accept(TrackingTexts.away(experiment.server(), e));
    }
  }

  /** New epochs end it no earlier, but who begins to wait for the end does. */
  private synchronized void pause(long millis) throws InterruptedException {
    boolean before = closed;
    long left = before ? Math.min(millis, PAUSE_AT_THE_END) : millis;
    long end = System.nanoTime() + left * 1_000_000;
    while (left > 0 && closed == before) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
      if (wanted == null) {
        return;
      }
    }
    try {
      thread.join(patience.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive() || (!refused && !isDone())) {
      thread.interrupt();
      warnings.accept(
          "Cannot tell MLflow at "
              + experiment.server()
              + " all of this run within "
              + patience.toSeconds()
              + " s: the same command tells it later");
    }
  }

  private synchronized boolean isDone() {
    return wanted == sent;
  }
}
