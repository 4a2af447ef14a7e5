package org.sparksbp.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.sparksbp.training.EpochReport;
import org.sparksbp.training.MetricsLine;

/**
 * What is known of a trial: all but the times is determined by its identity.
 *
 * @param id identity of the run
 * @param about task, parameters, data and the like, for readers of the file
 * @param status how far it is
 * @param reason why it failed or stopped; empty otherwise
 * @param complexity multiply-accumulates of one epoch and sample as the study counts them; 0 where
 *     the model could not be built
 * @param epochs reports of the epochs that have ended
 * @param times what it has taken
 */
public record TrialRecord(
    String id,
    ObjectNode about,
    TrialStatus status,
    String reason,
    double complexity,
    List<EpochReport> epochs,
    Times times) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What a trial has taken.
   *
   * @param wallSeconds from its start to its end, both parts of a resumed one together
   * @param cpuSeconds of its thread; 0 where it has run in many
   * @param peakMemoryBytes most memory that its process had, with all that ran in it; 0 if unknown
   */
  public record Times(double wallSeconds, double cpuSeconds, long peakMemoryBytes) {
    static final Times NONE = new Times(0, 0, 0);

    Times plus(Times later) {
      return new Times(
          wallSeconds + later.wallSeconds,
          cpuSeconds + later.cpuSeconds,
          Math.max(peakMemoryBytes, later.peakMemoryBytes));
    }
  }

  public TrialRecord {
    epochs = List.copyOf(epochs);
  }

  /** Whether it is never gone on with. */
  boolean isFinal() {
    return status != TrialStatus.PAUSED;
  }

  /** Whether it tells more than another record of the trial. */
  boolean tellsMoreThan(TrialRecord other) {
    return isFinal() == other.isFinal() ? epochs.size() > other.epochs.size() : isFinal();
  }

  /** See {@link TrialSummary#cutAt}. */
  public TrialRecord cutAt(int rung) {
    return rung == 0 || epochs.size() < rung
        ? this
        : new TrialRecord(
            id,
            about,
            TrialStatus.STOPPED,
            Reasons.rung(rung),
            complexity,
            epochs.subList(0, rung),
            times);
  }

  TrialSummary summary() {
    double[] errors = epochs.stream().mapToDouble(EpochReport::error).toArray();
    return new TrialSummary(id, status, errors, complexity, reason);
  }

  String toJson() {
    ObjectNode json = JSON.createObjectNode();
    json.put("trial", id);
    json.setAll(about);
    json.put("status", status.key()).put("reason", reason).put("complexityPerEpoch", complexity);
    json.putObject("times")
        .put("wallSeconds", times.wallSeconds())
        .put("cpuSeconds", times.cpuSeconds())
        .put("peakMemoryBytes", times.peakMemoryBytes());
    ArrayNode reports = json.putArray("epochs");
    epochs.forEach(report -> reports.add(MetricsLine.of(report)));
    return json.toString();
  }

  static TrialRecord of(String text) {
    try {
      ObjectNode json = (ObjectNode) JSON.readTree(text);
      List<EpochReport> epochs = new ArrayList<>();
      json.path("epochs").forEach(report -> epochs.add(MetricsLine.read(report)));
      JsonNode times = json.path("times");
      ObjectNode about = json.deepCopy();
      about.remove(List.of("trial", "status", "reason", "complexityPerEpoch", "times", "epochs"));
      return new TrialRecord(
          json.path("trial").asText(),
          about,
          TrialStatus.of(json.path("status").asText()),
          json.path("reason").asText(),
          json.path("complexityPerEpoch").asDouble(),
          epochs,
          new Times(
              times.path("wallSeconds").asDouble(),
              times.path("cpuSeconds").asDouble(),
              times.path("peakMemoryBytes").asLong()));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
