package org.sparksbp.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparksbp.modelfolder.InvalidModelException;
import org.sparksbp.npy.FloatArrayFile;
import org.sparksbp.npy.InvalidNpyException;

/**
 * The checkpoints of a run, a folder each: {@code epoch-00003} at an epoch's end, {@code
 * epoch-00003-round-00012} inside the epoch that follows. The names' order is the run's.
 */
public final class Checkpoints {

  private static final String STATE = "checkpoint.json";
  private static final String PARAMETERS = "parameters.npy";
  private static final Pattern NAME = Pattern.compile("epoch-\\d{5}(-round-\\d{5})?");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FileSystem files;
  private final Path folder;

  /** What writes the workers' memories to a folder. */
  @FunctionalInterface
  public interface Memories {
    void write(Path folder);
  }

  public Checkpoints(Configuration hadoop, Path folder) throws IOException {
    this.files = folder.getFileSystem(hadoop);
    this.folder = files.makeQualified(folder);
  }

  /**
   * Writes a checkpoint aside and renames it.
   *
   * @param memories writes the workers' memories, or null if they have none
   * @return the checkpoint's folder
   */
  public Path write(Checkpoint checkpoint, Memories memories) throws IOException {
    Path target = new Path(folder, name(checkpoint));
    Path aside = new Path(folder, "." + target.getName() + ".writing");
    files.delete(aside, true);
    files.mkdirs(aside);
    if (memories != null) {
      memories.write(aside);
    }
    int size = checkpoint.parameters().length;
    try (OutputStream out = files.create(new Path(aside, PARAMETERS), true)) {
      FloatArrayFile.write(out, List.of(size), checkpoint.parameters(), 0);
    }
    ObjectNode state = JSON.createObjectNode();
    state
        .put("run", checkpoint.run())
        .put("epochs", checkpoint.epochs())
        .put("rounds", checkpoint.rounds())
        .put("parameters", size)
        .put("memories", memories != null);
    state.set("partialEpoch", checkpoint.partialEpoch());
    state.set("reports", JSON.valueToTree(checkpoint.reports()));
    try (OutputStream out = files.create(new Path(aside, STATE), true)) {
      out.write(JSON.writeValueAsBytes(state));
    }
    files.delete(target, true);
    if (!files.rename(aside, target)) {
      throw new IOException("Cannot rename " + aside + " to " + target);
    }
    return target;
  }

  /** Reads the newest checkpoint, if there is one. */
  public Optional<Checkpoint> newest() throws IOException {
    List<Path> all = all();
    return all.isEmpty() ? Optional.empty() : Optional.of(read(all.get(all.size() - 1)));
  }

  /** Deletes all but the newest checkpoints and what an interrupted write has left. */
  public void keep(int newest) throws IOException {
    List<Path> all = all();
    for (Path old : all.subList(0, Math.max(0, all.size() - newest))) {
      files.delete(old, true);
    }
    for (FileStatus file : files.listStatus(folder)) {
      if (file.getPath().getName().endsWith(".writing")) {
        files.delete(file.getPath(), true);
      }
    }
  }

  private List<Path> all() throws IOException {
    if (!files.exists(folder)) {
      return List.of();
    }
    return Arrays.stream(files.listStatus(folder))
        .map(FileStatus::getPath)
        .filter(path -> NAME.matcher(path.getName()).matches())
        .sorted()
        .toList();
  }

  private Checkpoint read(Path path) throws IOException {
    JsonNode state;
    try (InputStream in = files.open(new Path(path, STATE))) {
      state = JSON.readTree(in);
    }
    float[] parameters = new float[state.path("parameters").asInt()];
    Path array = new Path(path, PARAMETERS);
    try (InputStream in = files.open(array)) {
      FloatArrayFile.read(in, List.of(parameters.length), parameters, 0);
    } catch (InvalidNpyException e) {
      throw new InvalidModelException("Invalid array file " + array + ": " + e.getMessage(), e);
    }
    List<JsonNode> reports = new ArrayList<>();
    state.path("reports").forEach(reports::add);
    JsonNode partial = state.get("partialEpoch");
    return new Checkpoint(
        state.path("run").asText(),
        state.path("epochs").asInt(),
        state.path("rounds").asInt(),
        parameters,
        reports,
        partial == null || partial.isNull() ? null : partial,
        state.path("memories").asBoolean() ? path : null);
  }

  private static String name(Checkpoint checkpoint) {
    String epoch = String.format(Locale.ROOT, "epoch-%05d", checkpoint.epochs());
    return checkpoint.rounds() == 0
        ? epoch
        : epoch + String.format(Locale.ROOT, "-round-%05d", checkpoint.rounds());
  }
}
