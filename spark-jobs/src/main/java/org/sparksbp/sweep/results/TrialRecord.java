package org.sparksbp.sweep.results;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.sparksbp.checksum.SealedJson;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.storage.JsonFile;
import org.sparksbp.training.EpochReport;

/**
 * What is known of a trial: all but the times is determined by its identity. In JSON its
 * description and the rest stand side by side.
 *
 * @param about the trial itself, for readers of the file
 * @param status how far it is
 * @param reason why it failed or stopped; empty otherwise
 * @param complexity multiply-accumulates of one epoch and sample as the study counts them; 0 where
 *     the model could not be built
 * @param times what it has taken
 * @param epochs reports of the epochs that have ended
 */
@JsonPropertyOrder({"status", "reason", "complexityPerEpoch", "times", "epochs"})
public record TrialRecord(
    @JsonIgnore TrialDescription about,
    TrialStatus status,
    String reason,
    @JsonProperty("complexityPerEpoch") double complexity,
    Times times,
    List<EpochReport> epochs) {

  /**
   * What a trial has taken.
   *
   * @param wallSeconds from its start to its end, both parts of a resumed one together
   * @param cpuSeconds of its thread; 0 where it has run in many
   * @param peakMemoryBytes most memory that its process had, with all that ran in it; 0 if unknown
   */
  public record Times(double wallSeconds, double cpuSeconds, long peakMemoryBytes) {
    public static final Times NONE = new Times(0, 0, 0);

    /** Of both parts of a trial. */
    public Times plus(Times later) {
      return new Times(
          wallSeconds + later.wallSeconds,
          cpuSeconds + later.cpuSeconds,
          Math.max(peakMemoryBytes, later.peakMemoryBytes));
    }
  }

  public TrialRecord {
    epochs = List.copyOf(epochs);
  }

  public String id() {
    return about.id();
  }

  /** Whether it is never gone on with. */
  public boolean hasEnded() {
    return status != TrialStatus.PAUSED;
  }

  /** Names of the measures of all its epochs, {@code train.error} and so on. */
  SortedSet<String> measures() {
    SortedSet<String> names = new TreeSet<>();
    epochs.forEach(epoch -> names.addAll(epoch.measures().keySet()));
    return names;
  }

  /** Whether it tells more than another record of the trial. */
  boolean tellsMoreThan(TrialRecord other) {
    return hasEnded() == other.hasEnded() ? epochs.size() > other.epochs.size() : hasEnded();
  }

  /** See {@link TrialSummary#cutAt}. */
  public TrialRecord cutAt(int rung) {
    return rung == 0 || epochs.size() < rung
        ? this
        : new TrialRecord(
            about,
            TrialStatus.STOPPED,
            StopReasons.rung(rung),
            complexity,
            times,
            epochs.subList(0, rung));
  }

  public TrialSummary summary() {
    double[] errors = epochs.stream().mapToDouble(EpochReport::error).toArray();
    double[] curve = epochs.stream().mapToDouble(EpochReport::curveError).toArray();
    double[] standardErrors =
        epochs.stream().mapToDouble(EpochReport::curveStandardError).toArray();
    return new TrialSummary(id(), status, complexity, reason, errors, curve, standardErrors);
  }

  String toJson() {
    ObjectNode json = TrialJson.MAPPER.valueToTree(about);
    json.setAll((ObjectNode) TrialJson.MAPPER.valueToTree(this));
    return SealedJson.seal(json).toString();
  }

  /**
   * Reads a record's line.
   *
   * @throws UncheckedIOException of an {@link InvalidInputException} if it is none
   */
  static TrialRecord of(String text) {
    try {
      JsonNode json = TrialJson.MAPPER.readTree(text);
      TrialDescription about = TrialJson.MAPPER.treeToValue(json, TrialDescription.class);
      TrialRecord rest = TrialJson.MAPPER.treeToValue(json, TrialRecord.class);
      if (!SealedJson.isIntact(json)) {
        throw invalid("it has not its own checksum", null);
      }
      if (about == null || about.id() == null || rest.status == null || rest.times == null) {
        throw invalid("a key is missing", null);
      }
      return new TrialRecord(
          about, rest.status, rest.reason, rest.complexity, rest.times, rest.epochs);
    } catch (JsonProcessingException e) {
      throw invalid(JsonFile.reason(e), e);
    }
  }

  private static UncheckedIOException invalid(String reason, Exception cause) {
    return new UncheckedIOException(
        new InvalidInputException("Invalid record of a trial: " + reason, cause));
  }
}
