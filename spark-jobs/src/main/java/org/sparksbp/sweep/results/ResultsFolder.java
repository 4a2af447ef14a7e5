package org.sparksbp.sweep.results;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparksbp.checkpoint.MemoryFile;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.snapshot.TrialSnapshots;
import org.sparksbp.storage.AtomicFile;
import org.sparksbp.storage.FolderListing;
import org.sparksbp.storage.RawFileSystem;
import org.sparksbp.training.EpochReport;
import org.sparksbp.training.LocalState;

/**
 * The files of trials, which sweeps may share: {@code trials/ab/ab12....json} for a trial that has
 * ended, {@code ab12....epoch-00003.json} and {@code .state} for one that waits at a rung. No file
 * is ever changed in a way that takes from another sweep what it has seen.
 */
public final class ResultsFolder implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final Logger LOG = LoggerFactory.getLogger(ResultsFolder.class);

  /** What the name of a file ends with that was taken for a record and is none. */
  private static final String DAMAGED = ".damaged";

  private static final String PARAMETERS = "parameters";
  private static final String MEMORY = "memory/";

  private final SerializableConfiguration hadoop;
  private final String folder;

  public ResultsFolder(Configuration hadoop, Path folder) {
    this.hadoop = new SerializableConfiguration(hadoop);
    this.folder = folder.toString();
  }

  public Configuration hadoop() {
    return hadoop.value();
  }

  public Path folder() {
    return new Path(folder);
  }

  private Path shard(String id) {
    return new Path(new Path(folder, "trials"), id.substring(0, 2));
  }

  private Path finalFile(String id) {
    return new Path(shard(id), id + ".json");
  }

  private Path pausedFile(String id, int epochs, String kind) {
    return new Path(shard(id), String.format(Locale.ROOT, "%s.epoch-%05d.%s", id, epochs, kind));
  }

  /** Writes a record; a final one ends all waiting. */
  public void write(TrialRecord record) throws IOException {
    writeOnly(record);
    if (record.hasEnded()) {
      deletePaused(record.id(), name -> true);
    }
  }

  /** Writes a final record, which ends the waiting that was found before. */
  public void end(TrialRecord record, TrialFiles before) throws IOException {
    writeOnly(record);
    delete(before.waiting());
  }

  private void writeOnly(TrialRecord record) throws IOException {
    Path file =
        record.hasEnded()
            ? finalFile(record.id())
            : pausedFile(record.id(), record.epochs().size(), "json");
    AtomicFile.write(hadoop(), file, record.toJson().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes a record of a trial that waits, after the state that it goes on from, and deletes those
   * of fewer epochs that were found before.
   */
  public void pause(TrialRecord record, LocalState state, TrialFiles before) throws IOException {
    Map<String, float[]> entries = new HashMap<>();
    entries.put(PARAMETERS, state.parameters());
    state.memory().entries().forEach((name, values) -> entries.put(MEMORY + name, values));
    int epochs = record.epochs().size();
    Path file = pausedFile(record.id(), epochs, "state");
    MemoryFile.write(hadoop(), file, new WorkerMemory(entries));
    writeOnly(record);
    delete(before.waitingBefore(epochs));
  }

  private Path snapshotFile(String id) {
    return new Path(new Path(folder, "snapshots"), id + ".json");
  }

  /** Writes the snapshots of a trial over earlier ones. */
  public void write(TrialSnapshots snapshots) throws IOException {
    AtomicFile.write(
        hadoop(),
        snapshotFile(snapshots.trial()),
        snapshots.toJson().getBytes(StandardCharsets.UTF_8));
  }

  /** The snapshots of a trial, if some were taken. */
  public Optional<TrialSnapshots> snapshots(String id) throws IOException {
    return read(snapshotFile(id)).map(TrialSnapshots::of);
  }

  /** The record of a trial that has ended, by whatever sweep; it may have been put in a part. */
  public Optional<TrialRecord> ended(String id) throws IOException {
    return ended(files(id));
  }

  /** The record likewise, of a trial whose files have been looked for. */
  public Optional<TrialRecord> ended(TrialFiles files) throws IOException {
    Path file = finalFile(files.id());
    Optional<TrialRecord> single = files.has(file.getName()) ? record(file) : Optional.empty();
    return single.isPresent() ? single : new CompactedRecords(this).ended(files.id());
  }

  /** Looks for the single files of a trial, by one listing. */
  public TrialFiles files(String id) throws IOException {
    return TrialFiles.of(id, list(shard(id)));
  }

  /**
   * The record of a file; empty if it is not there or is none. What is none, cut by a full disk
   * say, is set aside as {@code .damaged}, so that its trial is trained again.
   */
  Optional<TrialRecord> record(Path file) throws IOException {
    return record(file, aside -> {});
  }

  /** The record of a file likewise, telling of what it sets aside. */
  Optional<TrialRecord> record(Path file, Consumer<Path> setAside) throws IOException {
    Optional<String> text = read(file);
    try {
      return text.map(TrialRecord::of);
    } catch (UncheckedIOException e) {
      Path aside = file.suffix(DAMAGED);
      LOG.warn("{} is no record of a trial and is set aside as {}", file, aside.getName(), e);
      AtomicFile.write(hadoop(), aside, text.orElseThrow().getBytes(StandardCharsets.UTF_8));
      RawFileSystem.of(hadoop(), file).delete(file, false);
      setAside.accept(aside);
      return Optional.empty();
    }
  }

  /** Deletes all that is known of trials, so that they are trained again. */
  public void forget(Set<String> ids) throws IOException {
    FileSystem files = RawFileSystem.of(hadoop(), new Path(folder));
    for (String id : ids) {
      files.delete(finalFile(id), false);
      files.delete(snapshotFile(id), false);
      deletePaused(id, name -> true);
    }
    new CompactedRecords(this).remove(ids);
  }

  /**
   * The newest record and state to go on from.
   *
   * @param most epochs at most
   */
  public Optional<Paused> paused(TrialFiles files, int most) throws IOException {
    Paused found = null;
    for (Path file : files.waiting()) {
      TrialRecord record = file.getName().endsWith(".json") ? record(file).orElse(null) : null;
      if (record != null
          && record.epochs().size() <= most
          && (found == null || record.tellsMoreThan(found.record()))) {
        Path state = pausedFile(files.id(), record.epochs().size(), "state");
        if (files.has(state.getName())) {
          found = new Paused(record, readState(state, record.epochs()));
        }
      }
    }
    return Optional.ofNullable(found);
  }

  /** A trial that waits. */
  public record Paused(TrialRecord record, LocalState state) {}

  private LocalState readState(Path file, List<EpochReport> epochs) throws IOException {
    Map<String, float[]> entries = MemoryFile.read(hadoop(), file).entries();
    Map<String, float[]> memory = new HashMap<>();
    entries.forEach(
        (name, values) -> {
          if (name.startsWith(MEMORY)) {
            memory.put(name.substring(MEMORY.length()), values);
          }
        });
    return new LocalState(entries.get(PARAMETERS), new WorkerMemory(Map.copyOf(memory)), epochs);
  }

  /** Deletes the states of a trial that no rung lets go on; its record stays. */
  public void deleteStates(String id) throws IOException {
    deletePaused(id, name -> name.endsWith(".state"));
  }

  private void deletePaused(String id, Predicate<String> which) throws IOException {
    delete(files(id).waiting().stream().filter(file -> which.test(file.getName())).toList());
  }

  void delete(List<Path> those) throws IOException {
    for (Path file : those) {
      RawFileSystem.of(hadoop(), file).delete(file, false);
    }
  }

  /** All files of single records, of trials that have ended and that wait. */
  public List<Path> recordFiles() throws IOException {
    return listedRecords().stream().map(FileStatus::getPath).toList();
  }

  /** The same files with what the listing tells of them. */
  List<FileStatus> listedRecords() throws IOException {
    return listedTrials().filter(file -> file.getPath().getName().endsWith(".json")).toList();
  }

  /** All files of trials, records and states. */
  List<Path> trialFiles() throws IOException {
    return listedTrials().map(FileStatus::getPath).toList();
  }

  private Stream<FileStatus> listedTrials() throws IOException {
    return FolderListing.files(hadoop(), new Path(folder, "trials")).stream()
        .filter(file -> !file.getPath().getName().startsWith("."))
        .sorted(Comparator.comparing(FileStatus::getPath));
  }

  /** The trial that a file of {@link #recordFiles} is of. */
  static String trialOf(Path recordFile) {
    String name = recordFile.getName();
    return name.substring(0, name.indexOf('.'));
  }

  /** A record's text; empty if another process has moved it into a part or gone beyond it. */
  Optional<String> read(Path file) throws IOException {
    return AtomicFile.read(hadoop(), file).map(text -> new String(text, StandardCharsets.UTF_8));
  }

  List<FileStatus> list(Path place) throws IOException {
    try {
      return List.of(RawFileSystem.of(hadoop(), place).listStatus(place));
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }
}
