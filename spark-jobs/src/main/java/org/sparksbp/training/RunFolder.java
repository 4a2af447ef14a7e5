package org.sparksbp.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparksbp.checkpoint.Checkpoints;
import org.sparksbp.checkpoint.ModelFiles;
import org.sparksbp.device.DeviceDescription;
import org.sparksbp.modelfolder.SavedModel;
import org.sparksbp.storage.AtomicFile;
import org.sparksbp.storage.CrashRecovery;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.storage.JsonFile;
import org.sparksbp.storage.LineFile;
import org.sparksbp.storage.RawFileSystem;

/**
 * The output folder of a run: {@code run.json}, {@code metrics.jsonl}, {@code checkpoints/}, {@code
 * best/} and, at the end, {@code model/}.
 */
final class RunFolder {

  private static final String RUN = "run.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Configuration hadoop;
  private final FileSystem files;
  private final Path folder;
  private final RunIdentity identity;
  private final DeviceDescription device;
  private final String hash;
  private final LineFile metrics;

  /**
   * What {@code run.json} has, its keys in this order.
   *
   * @param run identity of the run
   * @param finished whether the run is whole
   * @param data fingerprint of the data
   * @param device GPU that it computes on; null, and left out, if it computes on processors
   */
  private record RunFile(
      String run,
      boolean finished,
      String data,
      String softwareVersion,
      @JsonInclude(JsonInclude.Include.NON_NULL) DeviceDescription device,
      SortedMap<String, String> configuration) {}

  /** What is found in a folder. */
  enum Found {
    NOTHING,
    UNFINISHED,
    FINISHED
  }

  /**
   * A folder that need not be there.
   *
   * @param device GPU that the run computes on, if it does
   */
  RunFolder(
      Configuration hadoop, Path folder, RunIdentity identity, Optional<DeviceDescription> device)
      throws IOException {
    this.hadoop = hadoop;
    this.files = RawFileSystem.of(hadoop, folder);
    this.folder = files.makeQualified(folder);
    this.identity = identity;
    this.device = device.orElse(null);
    this.hash = identity.hash();
    this.metrics = new LineFile(hadoop, metricsFile());
  }

  /**
   * Takes the folder for the run.
   *
   * @return what it holds of this run
   * @throws RunConflictException if the run must not be started here
   */
  Found claim(StartMode mode) throws IOException {
    JsonNode earlier = readRun(hadoop, folder);
    if (earlier == null) {
      files.mkdirs(folder);
      writeRun(Found.UNFINISHED);
      return Found.NOTHING;
    }
    if (!hash.equals(earlier.path("run").asText())) {
      throw new RunConflictException(
          "Cannot train in "
              + folder
              + ": it holds another run: "
              + String.join("; ", identity.differences(RunIdentity.of(earlier)))
              + ". Choose another output folder or delete this one");
    }
    if (earlier.path("finished").asBoolean()) {
      return Found.FINISHED;
    }
    if (mode == StartMode.NEW) {
      throw new RunConflictException(
          "Cannot train in "
              + folder
              + ": it holds this run, not finished. Go on with --resume, or delete the folder");
    }
    CrashRecovery.clean(hadoop, folder, Duration.ZERO);
    // A killed process may have left memories of rounds that are now counted anew.
    files.delete(memories(), true);
    return Found.UNFINISHED;
  }

  /** The number of workers of the run that a folder holds; empty if it holds none. */
  static OptionalInt recordedWorkers(Configuration hadoop, Path folder) throws IOException {
    JsonNode run = readRun(hadoop, folder);
    int workers = run == null ? 0 : run.path("configuration").path("training.workers").asInt();
    return workers > 0 ? OptionalInt.of(workers) : OptionalInt.empty();
  }

  /** Notes that the run is whole. */
  void finish() throws IOException {
    writeRun(Found.FINISHED);
  }

  /** Identity of the run, hexadecimal. */
  String run() {
    return hash;
  }

  Checkpoints checkpoints() throws IOException {
    return new Checkpoints(hadoop, new Path(folder, "checkpoints"));
  }

  /** Where memories are written between two checkpoints; one folder a number. */
  Path memories(int number) {
    return new Path(memories(), String.valueOf(number));
  }

  private Path memories() {
    return new Path(folder, ".memories");
  }

  /** Deletes a folder of memories that no round needs any more. */
  void deleteMemories(Path memories) throws IOException {
    files.delete(memories, true);
  }

  Path model() {
    return new Path(folder, "model");
  }

  Path bestModel() {
    return new Path(folder, "best");
  }

  Path metricsFile() {
    return new Path(folder, "metrics.jsonl");
  }

  void writeModel(Path target, SavedModel model) throws IOException {
    ModelFiles.write(hadoop, target, model);
  }

  /** Makes these reports all that the metrics file has. */
  void restoreMetrics(List<EpochReport> reports, String dataFingerprint) throws IOException {
    metrics.replace(
        reports.stream().map(report -> line(report, dataFingerprint).toString()).toList());
  }

  void appendMetrics(EpochReport report, String dataFingerprint) throws IOException {
    metrics.append(line(report, dataFingerprint).toString());
  }

  ObjectNode line(EpochReport report, String dataFingerprint) {
    return MetricsLine.of(report, hash, dataFingerprint);
  }

  List<EpochReport> readMetrics() throws IOException {
    List<EpochReport> reports = new ArrayList<>();
    for (String line : metrics.read()) {
      try {
        reports.add(MetricsLine.read(JSON.readTree(line)));
      } catch (JsonProcessingException e) {
        throw invalidMetrics(reports.size() + 1, JsonFile.reason(e), e);
      } catch (UncheckedIOException e) {
        throw invalidMetrics(reports.size() + 1, e.getCause().getMessage(), e);
      }
    }
    return reports;
  }

  private InvalidInputException invalidMetrics(int line, String reason, Exception cause) {
    return new InvalidInputException(
        "Cannot read "
            + metricsFile()
            + ": line "
            + line
            + ", "
            + reason
            + "; it was cut or changed, delete the folder to train anew",
        cause);
  }

  private static JsonNode readRun(Configuration hadoop, Path folder) throws IOException {
    return JsonFile.find(
            hadoop,
            new Path(folder, RUN),
            text -> JSON.readValue(text, ObjectNode.class),
            "restore it, or delete the folder to train anew")
        .orElse(null);
  }

  private void writeRun(Found state) throws IOException {
    JsonNode json =
        JSON.valueToTree(
            new RunFile(
                hash,
                state == Found.FINISHED,
                identity.dataFingerprint(),
                identity.softwareVersion(),
                device,
                identity.configuration()));
    byte[] text = (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(hadoop, new Path(folder, RUN), text);
  }
}
