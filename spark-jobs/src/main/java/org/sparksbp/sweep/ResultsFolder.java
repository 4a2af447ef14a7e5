package org.sparksbp.sweep;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;
import org.sparksbp.checkpoint.MemoryFile;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.snapshot.TrialSnapshots;
import org.sparksbp.storage.AtomicFile;
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

  private static final String PARAMETERS = "parameters";
  private static final String MEMORY = "memory/";

  private final SerializableConfiguration hadoop;
  private final String folder;

  ResultsFolder(Configuration hadoop, Path folder) {
    this.hadoop = new SerializableConfiguration(hadoop);
    this.folder = folder.toString();
  }

  public Configuration hadoop() {
    return hadoop.value();
  }

  Path folder() {
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
  void write(TrialRecord record) throws IOException {
    Path file =
        record.isFinal()
            ? finalFile(record.id())
            : pausedFile(record.id(), record.epochs().size(), "json");
    AtomicFile.write(hadoop(), file, record.toJson().getBytes(StandardCharsets.UTF_8));
    if (record.isFinal()) {
      deletePaused(record.id(), Integer.MAX_VALUE);
    }
  }

  /** Writes a record of a trial that waits, after the state that it goes on from. */
  void pause(TrialRecord record, LocalState state) throws IOException {
    Map<String, float[]> entries = new HashMap<>();
    entries.put(PARAMETERS, state.parameters());
    state.memory().entries().forEach((name, values) -> entries.put(MEMORY + name, values));
    int epochs = record.epochs().size();
    Path file = pausedFile(record.id(), epochs, "state");
    MemoryFile.write(hadoop(), file, new WorkerMemory(entries));
    write(record);
    deletePaused(record.id(), epochs);
  }

  private Path portraitFile(String id) {
    return new Path(new Path(folder, "portraits"), id + ".json");
  }

  /** Writes a portrait over an earlier one of the trial. */
  void write(TrialSnapshots portrait) throws IOException {
    AtomicFile.write(
        hadoop(),
        portraitFile(portrait.trial()),
        portrait.toJson().getBytes(StandardCharsets.UTF_8));
  }

  /** The portrait of a trial, if one was taken. */
  Optional<TrialSnapshots> portrait(String id) throws IOException {
    return read(portraitFile(id)).map(TrialSnapshots::of);
  }

  /** The record of a trial that has ended. */
  Optional<TrialRecord> ended(String id) throws IOException {
    return read(finalFile(id)).map(TrialRecord::of);
  }

  /**
   * The newest record and state to go on from.
   *
   * @param most epochs at most
   */
  Optional<Paused> paused(String id, int most) throws IOException {
    Paused found = null;
    for (FileStatus file : list(shard(id))) {
      String name = file.getPath().getName();
      if (name.startsWith(id + ".epoch-") && name.endsWith(".json")) {
        Optional<String> text = read(file.getPath());
        TrialRecord record = text.map(TrialRecord::of).orElse(null);
        Path state = record == null ? null : pausedFile(id, record.epochs().size(), "state");
        if (record != null
            && record.epochs().size() <= most
            && (found == null || record.tellsMoreThan(found.record()))
            && RawFileSystem.of(hadoop(), state).exists(state)) {
          found = new Paused(record, readState(state, record.epochs()));
        }
      }
    }
    return Optional.ofNullable(found);
  }

  /** A trial that waits. */
  record Paused(TrialRecord record, LocalState state) {}

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
  void deleteStates(String id) throws IOException {
    FileSystem files = RawFileSystem.of(hadoop(), new Path(folder));
    for (FileStatus file : list(shard(id))) {
      String name = file.getPath().getName();
      if (name.startsWith(id + ".epoch-") && name.endsWith(".state")) {
        files.delete(file.getPath(), false);
      }
    }
  }

  private void deletePaused(String id, int before) throws IOException {
    FileSystem files = RawFileSystem.of(hadoop(), new Path(folder));
    for (FileStatus file : list(shard(id))) {
      String name = file.getPath().getName();
      if (name.startsWith(id + ".epoch-") && epochs(id, name) < before) {
        files.delete(file.getPath(), false);
      }
    }
  }

  private static int epochs(String id, String name) {
    int from = id.length() + ".epoch-".length();
    return Integer.parseInt(name.substring(from, from + 5));
  }

  /** All files of single records, of trials that have ended and that wait. */
  List<Path> recordFiles() throws IOException {
    List<Path> found = new ArrayList<>();
    for (FileStatus shard : list(new Path(folder, "trials"))) {
      if (shard.isDirectory()) {
        for (FileStatus file : list(shard.getPath())) {
          String name = file.getPath().getName();
          if (name.endsWith(".json") && !name.startsWith(".")) {
            found.add(file.getPath());
          }
        }
      }
    }
    found.sort(null);
    return found;
  }

  /** Those of {@link #recordFiles} but of trials that have a state to go on from. */
  List<Path> restingFiles() throws IOException {
    List<Path> resting = new ArrayList<>();
    for (Path file : recordFiles()) {
      String state = file.getName().replaceFirst("json$", "state");
      if (!file.getName().contains(".epoch-")
          || !RawFileSystem.of(hadoop(), file).exists(new Path(file.getParent(), state))) {
        resting.add(file);
      }
    }
    return resting;
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
