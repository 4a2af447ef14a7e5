package org.sparksbp.checkpoint;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparksbp.modelfolder.InvalidModelException;
import org.sparksbp.npy.FloatArrayFile;
import org.sparksbp.npy.InvalidNpyException;
import org.sparksbp.storage.AtomicFolder;
import org.sparksbp.storage.CrashRecovery;
import org.sparksbp.storage.JsonFile;
import org.sparksbp.storage.RawFileSystem;

/**
 * The checkpoints of a run, a folder each: {@code epoch-00003} at an epoch's end, {@code
 * epoch-00003-round-00012} inside the epoch that follows, numbers as long as they need be. What has
 * no {@link WholeMarker}, or other files than that says, is no checkpoint.
 */
public final class Checkpoints {

  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final String STATE = "checkpoint.json";
  private static final String PARAMETERS = "parameters.npy";
  private static final Pattern NAME = Pattern.compile("epoch-(\\d{5,9})(?:-round-(\\d{5,9}))?");
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final Configuration hadoop;
  private final FileSystem files;
  private final Path folder;

  /** Those on an object store that were found whole: it loses none, and asking it costs. */
  private final Set<Path> knownWhole = new HashSet<>();

  /** {@code checkpoint.json}, its keys in this order. */
  private record State(
      String run,
      int epochs,
      int rounds,
      int parameters,
      boolean memories,
      JsonNode partialEpoch,
      List<JsonNode> reports) {}

  /** What writes the workers' memories to a folder. */
  @FunctionalInterface
  public interface Memories {
    void write(Path folder);
  }

  public Checkpoints(Configuration hadoop, Path folder) throws IOException {
    this.hadoop = hadoop;
    this.files = RawFileSystem.of(hadoop, folder);
    this.folder = files.makeQualified(folder);
  }

  /**
   * Writes a checkpoint, in place of an earlier one of the same round.
   *
   * @param memories writes the workers' memories, or null if they have none
   * @return the checkpoint's folder
   */
  public Path write(Checkpoint checkpoint, Memories memories) throws IOException {
    Path target = new Path(folder, name(checkpoint));
    int size = checkpoint.parameters().length;
    State state =
        new State(
            checkpoint.run(),
            checkpoint.epochs(),
            checkpoint.rounds(),
            size,
            memories != null,
            checkpoint.partialEpoch(),
            checkpoint.reports());
    try (AtomicFolder written = new AtomicFolder(hadoop, target)) {
      if (memories != null) {
        memories.write(written.temporary());
      }
      written.write(
          PARAMETERS, out -> FloatArrayFile.write(out, List.of(size), checkpoint.parameters(), 0));
      written.write(STATE, out -> out.write(JSON.writeValueAsBytes(state)));
      WholeMarker.write(hadoop, written.temporary());
      written.commit();
    }
    if (RawFileSystem.isObjectStore(files, target)) {
      knownWhole.add(target);
    }
    return target;
  }

  /**
   * Reads the newest checkpoint that is whole, if there is any checkpoint; tells in the log which
   * it leaves out.
   *
   * @throws InvalidModelException if there are some and none is whole
   */
  public Optional<Checkpoint> newest() throws IOException {
    CrashRecovery.restore(hadoop, folder);
    List<Path> all = all();
    List<String> damaged = new ArrayList<>();
    for (int number = all.size() - 1; number >= 0; number--) {
      Path path = all.get(number);
      Optional<String> fault = WholeMarker.fault(hadoop, path);
      if (fault.isEmpty()) {
        return Optional.of(read(path));
      }
      damaged.add(path.getName() + ": " + fault.get());
      LOG.warn("Leaving out the checkpoint {}: {}", path, fault.get());
    }
    if (damaged.isEmpty()) {
      return Optional.empty();
    }
    throw new InvalidModelException(
        "Cannot go on from "
            + folder
            + ": no checkpoint in it is whole ("
            + String.join("; ", damaged)
            + "). Delete the run's folder to begin anew");
  }

  /**
   * Deletes all but the newest checkpoints that have all their files, and what an interrupted write
   * has left.
   */
  public void keep(int newest) throws IOException {
    int kept = 0;
    List<Path> all = all();
    for (int number = all.size() - 1; number >= 0; number--) {
      Path path = all.get(number);
      if (kept < newest && isWhole(path)) {
        kept++;
      } else {
        files.delete(path, true);
        knownWhole.remove(path);
      }
    }
    CrashRecovery.clean(hadoop, folder, Duration.ZERO);
  }

  private boolean isWhole(Path path) throws IOException {
    return knownWhole.contains(path) || WholeMarker.hasAll(hadoop, path);
  }

  /** In the run's order. */
  private List<Path> all() throws IOException {
    FileStatus[] found;
    try {
      found = files.listStatus(folder);
    } catch (FileNotFoundException e) {
      return List.of();
    }
    return Arrays.stream(found)
        .map(FileStatus::getPath)
        .filter(path -> NAME.matcher(path.getName()).matches())
        .sorted(Comparator.comparingInt(Checkpoints::epoch).thenComparingInt(Checkpoints::round))
        .toList();
  }

  private static int epoch(Path path) {
    return number(path, 1);
  }

  private static int round(Path path) {
    return number(path, 2);
  }

  private static int number(Path path, int group) {
    Matcher name = NAME.matcher(path.getName());
    return name.matches() && name.group(group) != null ? Integer.parseInt(name.group(group)) : 0;
  }

  private Checkpoint read(Path path) throws IOException {
    Path description = new Path(path, STATE);
    State state =
        JsonFile.find(
                hadoop,
                description,
                text -> JSON.readValue(text, State.class),
                "delete its folder to go on from the checkpoint before")
            .orElseThrow(() -> new InvalidModelException("Missing checkpoint " + description));
    if (state.run() == null || state.reports() == null || state.parameters() < 0) {
      throw new InvalidModelException(
          "Invalid checkpoint " + description + ": it has no run, no reports or no parameters");
    }
    float[] parameters;
    Path array = new Path(path, PARAMETERS);
    try (InputStream in = files.open(array)) {
      parameters =
          FloatArrayFile.readGrowing(
              in, List.of(state.parameters()), new float[0], 0, state.parameters());
    } catch (InvalidNpyException e) {
      throw new InvalidModelException("Invalid array file " + array + ": " + e.getMessage(), e);
    }
    JsonNode partial = state.partialEpoch();
    return new Checkpoint(
        state.run(),
        state.epochs(),
        state.rounds(),
        parameters,
        state.reports(),
        partial == null || partial.isNull() ? null : partial,
        state.memories() ? path : null);
  }

  private static String name(Checkpoint checkpoint) {
    String epoch = String.format(Locale.ROOT, "epoch-%05d", checkpoint.epochs());
    return checkpoint.rounds() == 0
        ? epoch
        : epoch + String.format(Locale.ROOT, "-round-%05d", checkpoint.rounds());
  }
}
