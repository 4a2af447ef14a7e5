package org.sparksbp.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.shard.Manifest;
import org.sparksbp.shard.ShardSet;
import org.sparksbp.storage.AtomicFile;
import org.sparksbp.storage.CrashRecovery;
import org.sparksbp.task.Split;
import org.sparksbp.training.RunConflictException;
import org.sparksbp.training.RunIdentity;
import org.sparksbp.training.StartMode;

/** A sweep's own folder in the results: {@code sweep.json} and the tables. */
final class SweepFolder {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Configuration hadoop;
  private final Path folder;
  private final RunIdentity identity;
  private final ArrayNode dataSets = JSON.createArrayNode();
  private final Set<String> commands = new LinkedHashSet<>();

  SweepFolder(Configuration hadoop, Path results, SweepSettings settings, RunIdentity identity) {
    this.hadoop = hadoop;
    this.folder = new Path(results, settings.name());
    this.identity = identity;
  }

  Path folder() {
    return folder;
  }

  Path file(String name) {
    return new Path(folder, name);
  }

  /** Notes what the prepared data is, for readers of the file. */
  void describe(SweepData data) throws IOException {
    Manifest manifest = ShardSet.open(hadoop, new Path(data.folder())).manifest();
    dataSets
        .addObject()
        .put("task", data.task())
        .put("fingerprint", data.fingerprint())
        .put("synthetic", manifest.synthetic())
        .put("encoder", manifest.settings().encoder())
        .put("trainingSamples", manifest.count(Split.TRAIN))
        .put("testSamples", manifest.count(Split.TEST));
  }

  /** Notes a command that works on the sweep, for readers of the file. */
  void note(String command) {
    commands.add(command);
  }

  /**
   * Takes the folder for the sweep.
   *
   * @throws RunConflictException if another sweep has not finished in it and {@code mode} is not
   *     {@link StartMode#RESUME}
   */
  void claim(StartMode mode) throws IOException {
    JsonNode earlier = read();
    if (mode == StartMode.NEW && earlier != null && !earlier.path("finished").asBoolean()) {
      List<String> differences = identity.differences(RunIdentity.of(earlier));
      if (!differences.isEmpty()) {
        throw new RunConflictException(
            "Cannot sweep in "
                + folder
                + ": it holds a sweep that is not finished and differs: "
                + String.join("; ", differences)
                + ". Go on with the changed settings by --resume, or give this sweep another"
                + " sweep.name");
      }
    }
    keepCommands(earlier, mode);
    CrashRecovery.clean(hadoop, folder, CrashRecovery.ABANDONED);
    write(false);
  }

  /** The commands of a sweep that is gone on with come before this one. */
  private void keepCommands(JsonNode earlier, StartMode mode) {
    if (earlier == null
        || (mode == StartMode.NEW && !earlier.path("sweep").asText().equals(identity.hash()))) {
      return;
    }
    List<String> now = List.copyOf(commands);
    commands.clear();
    earlier.path("commands").forEach(command -> commands.add(command.asText()));
    commands.addAll(now);
  }

  /** Notes that all trials have ended and the tables are whole. */
  void finish() throws IOException {
    write(true);
  }

  private JsonNode read() throws IOException {
    byte[] text = AtomicFile.read(hadoop, file("sweep.json")).orElse(null);
    return text == null ? null : JSON.readTree(text);
  }

  private void write(boolean finished) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("sweep", identity.hash())
        .put("finished", finished)
        .put("data", identity.dataFingerprint())
        .put("softwareVersion", identity.softwareVersion())
        .set("dataSets", dataSets);
    json.set("commands", JSON.valueToTree(commands));
    json.set("configuration", JSON.valueToTree(identity.configuration()));
    AtomicFile.write(
        hadoop,
        file("sweep.json"),
        (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
