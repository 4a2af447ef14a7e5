package org.sparksbp.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparksbp.checksum.Checksum;
import org.sparksbp.config.InvalidConfigurationException;
import org.sparksbp.modelfolder.SavedModel;
import org.sparksbp.shard.Manifest;
import org.sparksbp.storage.CrashRecovery;
import org.sparksbp.storage.JsonFile;
import org.sparksbp.storage.RawFileSystem;
import org.sparksbp.task.Split;

/** What an evaluation leaves: the answers, then the summary, which says that all is there. */
final class EvaluationFolder {

  private static final String PREDICTIONS = "predictions";
  private static final String SUMMARY = "summary.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Configuration hadoop;
  private final Path folder;

  EvaluationFolder(Configuration hadoop, Path folder) {
    this.hadoop = hadoop;
    this.folder = folder;
  }

  /** What decides an evaluation's result, under the names that its summary has. */
  static Map<String, Object> identity(SavedModel model, Manifest data, Split split, long limit) {
    Map<String, Object> identity = new LinkedHashMap<>();
    identity.put("run", model.provenance().run());
    identity.put("epochs", model.provenance().epochs());
    identity.put("parameters", checksum(model.parameters()));
    identity.put("measuredOn", data.fingerprint());
    identity.put("split", split.lowerCaseName());
    identity.put("limit", limit);
    return identity;
  }

  private static String checksum(float[] parameters) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES);
    Checksum checksum = Checksum.sha256();
    for (float parameter : parameters) {
      checksum.add(bytes.putFloat(0, parameter).array());
    }
    return checksum.hex();
  }

  Path predictions() {
    return new Path(folder, PREDICTIONS);
  }

  Path summary() {
    return new Path(folder, SUMMARY);
  }

  /**
   * Makes room, if this evaluation is not done.
   *
   * @param written the folder, as the user has written it
   * @return the summary of the same evaluation, if that is whole
   * @throws InvalidConfigurationException if the folder holds anything else
   */
  Optional<JsonNode> claim(String written, Map<String, Object> identity) throws IOException {
    CrashRecovery.clean(hadoop, folder, Duration.ZERO);
    FileSystem files = RawFileSystem.of(hadoop, folder);
    Optional<JsonNode> summary =
        JsonFile.find(
            hadoop,
            summary(),
            text -> JSON.readValue(text, ObjectNode.class),
            "delete it to evaluate again");
    if (summary.isPresent()) {
      checkSame(written, identity, summary.get());
      return summary;
    }
    for (FileStatus entry : files.listStatus(folder)) {
      String name = entry.getPath().getName();
      if (!name.equals(PREDICTIONS) && !name.startsWith("_")) {
        throw new InvalidConfigurationException(
            "Invalid --output "
                + written
                + ": the folder is not empty, it holds "
                + name
                + "; name a new one");
      }
    }
    return Optional.empty();
  }

  private static void checkSame(String written, Map<String, Object> identity, JsonNode summary) {
    List<String> differences = new ArrayList<>();
    identity.forEach(
        (name, value) -> {
          String other = summary.path(name).asText();
          if (!other.equals(value.toString())) {
            differences.add(name + " is " + other + ", not " + value);
          }
        });
    if (!differences.isEmpty()) {
      throw new InvalidConfigurationException(
          "Invalid --output "
              + written
              + ": the folder is not empty, it holds another evaluation ("
              + String.join("; ", differences)
              + "); name a new one");
    }
  }
}
