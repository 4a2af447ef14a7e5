package org.sparksbp.sweep;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparksbp.storage.RawFileSystem;
import org.sparksbp.sweep.plan.PlannedTrial;
import org.sparksbp.sweep.plan.StoppedPoints;
import org.sparksbp.sweep.plan.TrialPlan;
import org.sparksbp.sweep.results.ResultsFolder;
import org.sparksbp.sweep.results.ResultsIndex;
import org.sparksbp.sweep.results.SweepFolder;
import org.sparksbp.sweep.results.TrialListener;
import org.sparksbp.sweep.results.TrialSummary;

/**
 * Deletes the models that a sweep need not keep: of pairs of point and arm whose seeds have all
 * ended and that are not the best of their task. Executors write a model of every trial, for which
 * will be best is known only later; now and then on the way the others are deleted.
 */
final class BestModels implements TrialListener {

  /** Errors are as good as equal to within this share: sums of seeds are rounded. */
  private static final double ROUNDING = 1e-9;

  /** Trials that end between two deletions. */
  private static final int TRIALS_BETWEEN = 64;

  private final ResultsFolder results;
  private final Path folder;
  private final TrialPlan plan;
  private final ResultsIndex index;
  private final Supplier<StoppedPoints> stopped;
  private int ended;

  /**
   * Deletes nothing yet.
   *
   * @param sweep name of the sweep
   */
  BestModels(
      ResultsFolder results,
      String sweep,
      TrialPlan plan,
      ResultsIndex index,
      Supplier<StoppedPoints> stopped) {
    this.results = results;
    this.folder = new Path(results.folder(), SweepFolder.modelFolder(sweep));
    this.plan = plan;
    this.index = index;
    this.stopped = stopped;
  }

  /** A point with an arm. */
  private record Pair(int point, String arm) {}

  /** What the seeds of a pair have come to; its error is infinite where one has failed. */
  private static final class Seeds {
    private String task;
    private double error;
    private boolean allEnded = true;
    private final Set<String> trials = new HashSet<>();
  }

  @Override
  public void ended(TrialSummary summary) {
    if (++ended % TRIALS_BETWEEN == 0) {
      try {
        deleteOthers();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Deletes the models that are not needed, by what has ended so far; what executors are writing
   * meanwhile has other names.
   */
  void deleteOthers() throws IOException {
    FileSystem files = RawFileSystem.of(results.hadoop(), folder);
    Set<String> unneeded = unneeded();
    for (FileStatus model : models(files)) {
      if (unneeded.contains(model.getPath().getName())) {
        files.delete(model.getPath(), true);
      }
    }
  }

  private FileStatus[] models(FileSystem files) throws IOException {
    try {
      return files.listStatus(folder);
    } catch (FileNotFoundException none) {
      return new FileStatus[0];
    }
  }

  private Set<String> unneeded() {
    Map<Pair, Seeds> pairs = pairs();
    Map<String, Double> lowest = new HashMap<>();
    for (Seeds seeds : pairs.values()) {
      if (seeds.allEnded) {
        lowest.merge(seeds.task, seeds.error, Math::min);
      }
    }
    Set<String> unneeded = new HashSet<>();
    pairs.values().forEach(seeds -> unneeded.addAll(seeds.trials));
    for (Seeds seeds : pairs.values()) {
      if (!seeds.allEnded || seeds.error <= lowest.get(seeds.task) * (1 + ROUNDING)) {
        unneeded.removeAll(seeds.trials);
      }
    }
    return unneeded;
  }

  private Map<Pair, Seeds> pairs() {
    StoppedPoints now = stopped.get();
    Map<Pair, Seeds> pairs = new HashMap<>();
    for (PlannedTrial trial : plan) {
      int rung = now.stoppedAt(trial.point());
      Optional<TrialSummary> summary = index.get(trial.id()).map(found -> found.cutAt(rung));
      Seeds seeds = pairs.computeIfAbsent(new Pair(trial.point(), trial.arm()), p -> new Seeds());
      seeds.task = trial.task();
      seeds.trials.add(trial.id());
      seeds.allEnded &= summary.isPresent() && summary.get().hasEnded();
      seeds.error += summary.map(found -> found.best(Integer.MAX_VALUE)).orElse(0.0);
    }
    return pairs;
  }
}
