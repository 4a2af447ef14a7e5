package org.sparksbp.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.sparksbp.sweep.plan.StoppedPoints;
import org.sparksbp.sweep.results.ResultsIndex;
import org.sparksbp.sweep.results.TrialListener;
import org.sparksbp.sweep.results.TrialSummary;
import org.sparksbp.sweep.tables.ResultTables;

/**
 * Writes a sweep's tables anew while it runs, when trials end: at most once in a settable time, and
 * so that writing takes a fiftieth of the driver's time at most.
 */
final class LiveTables implements TrialListener {

  private static final int REST_FOR_WORK = 50;

  /** Of the heap, for records that are held. */
  private static final int HEAP_SHARE = 8;

  private final ResultTables tables;
  private final ResultsIndex index;
  private final Supplier<StoppedPoints> stopped;
  private final long least;
  private long next;

  /**
   * Nothing is written before the time has passed once.
   *
   * @param least time between two writings
   */
  LiveTables(
      ResultTables tables, ResultsIndex index, Supplier<StoppedPoints> stopped, Duration least) {
    this.tables = tables;
    this.index = index;
    this.stopped = stopped;
    this.least = least.toNanos();
    this.next = System.nanoTime() + this.least;
  }

  @Override
  public void ended(TrialSummary summary) {
    long start = System.nanoTime();
    if (start - next < 0) {
      return;
    }
    try {
      long mostBytes = Runtime.getRuntime().maxMemory() / HEAP_SHARE;
      tables.writeWhileTraining(stopped.get(), index, mostBytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long end = System.nanoTime();
    next = end + Math.max(least, REST_FOR_WORK * (end - start));
  }
}
