package org.sparksbp.sweep.results;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparksbp.storage.AtomicFile;
import org.sparksbp.storage.FolderListing;
import org.sparksbp.storage.RawFileSystem;
import org.sparksbp.sweep.plan.PlannedTrial;
import org.sparksbp.sweep.plan.TrialPlan;
import org.sparksbp.tensorboard.EventLog;
import org.sparksbp.tensorboard.RunEnd;

/**
 * Event files of a sweep's trials for TensorBoard, a folder each, {@code ARM-seed-SEED-TRIAL}. They
 * are written on the driver: as trials end, and with the tables for those that have none, because
 * they ended in an earlier call, in another sweep or at a rung.
 */
public final class TrialEvents implements TrialListener {

  private static final Logger LOG = LoggerFactory.getLogger(TrialEvents.class);
  private static final String PREFIX = "events.out.tfevents.";
  private static final int DIGITS_OF_TRIAL = 16;

  private final ResultsFolder results;
  private final Path folder;
  private final Map<String, List<EventFolder>> folders = new HashMap<>();
  private final Map<String, String> present = new HashMap<>();
  private final ExecutorService writer = Executors.newSingleThreadExecutor();

  /** Where a trial's file lies, and what it tells besides its record. */
  private record EventFolder(String name, SortedMap<String, String> parameters) {
    static EventFolder of(PlannedTrial trial) {
      String arm = trial.arm().replaceAll("[^\\w.-]", "_");
      String id = trial.id().substring(0, DIGITS_OF_TRIAL);
      SortedMap<String, String> parameters = new TreeMap<>(trial.writtenParameters());
      parameters.put("arm", trial.arm());
      parameters.put("seed", String.valueOf(trial.seed()));
      parameters.put("task", trial.task());
      parameters.put("model", trial.model());
      return new EventFolder(arm + "-seed-" + trial.seed() + "-" + id, parameters);
    }
  }

  /**
   * Looks for what is there.
   *
   * @param folder of the sweep's event files
   */
  public TrialEvents(ResultsFolder results, Path folder, TrialPlan plan) throws IOException {
    this.results = results;
    this.folder = folder;
    for (PlannedTrial trial : plan) {
      folders.computeIfAbsent(trial.id(), id -> new ArrayList<>(1)).add(EventFolder.of(trial));
    }
    files().mkdirs(folder);
    for (FileStatus found : FolderListing.files(results.hadoop(), folder)) {
      Path file = found.getPath();
      if (file.getName().startsWith(PREFIX)) {
        present.put(file.getParent().getName(), file.getName());
      }
    }
  }

  private FileSystem files() throws IOException {
    return RawFileSystem.of(results.hadoop(), folder);
  }

  /** Has the record read and told of on a thread of its own. */
  @Override
  public void ended(TrialSummary summary) {
    if (summary.hasEnded()) {
      writer.execute(() -> writeSoon(summary.id()));
    }
  }

  /** What fails here is tried again with the tables. */
  private void writeSoon(String id) {
    try {
      TrialRecord record = results.ended(id).orElse(null);
      if (record != null) {
        row(record);
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot write the event file of trial {} yet", id, e);
    }
  }

  /** Writes the files of a trial that has ended, those that are not there yet. */
  @Override
  public synchronized void row(TrialRecord record) throws IOException {
    if (!record.hasEnded()) {
      return;
    }
    String kind =
        String.format(
            Locale.ROOT,
            "%s.%d-%s",
            record.id().substring(0, DIGITS_OF_TRIAL),
            record.epochs().size(),
            record.status().key());
    for (EventFolder own : folders.get(record.id())) {
      String there = present.get(own.name());
      if (there == null || !there.endsWith(kind)) {
        String name = write(own, record, kind);
        if (there != null) {
          files().delete(new Path(new Path(folder, own.name()), there), false);
        }
        present.put(own.name(), name);
      }
    }
  }

  private String write(EventFolder own, TrialRecord record, String kind) throws IOException {
    double now = System.currentTimeMillis() / 1e3;
    SortedMap<String, String> about = new TreeMap<>(own.parameters());
    about.put("trial", record.id());
    about.put("data", record.about().data());
    about.put("software version", record.about().softwareVersion());
    about.put("status", record.status().key());
    about.put("reason", record.reason());
    EventLog log = new EventLog(own.parameters(), about, record.epochs());
    Path below = new Path(folder, own.name());
    String name = String.format(Locale.ROOT, "%s%010d.%s", PREFIX, (long) now, kind);
    RunEnd end = record.status() == TrialStatus.FAILED ? RunEnd.FAILED : RunEnd.DONE;
    AtomicFile.write(results.hadoop(), new Path(below, name), out -> log.writeTo(out, end, now));
    return name;
  }

  @Override
  public void close() {
    writer.shutdown();
    try {
      while (!writer.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.info("Still writing event files to {}", folder);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
