package org.sparksbp.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * The part of a trial's record that the driver holds for every trial.
 *
 * @param id identity of the run
 * @param status how far it is
 * @param errors after each epoch
 * @param complexity as in the record
 * @param reason as in the record
 */
public record TrialSummary(
    String id, TrialStatus status, double[] errors, double complexity, String reason) {

  private static final ObjectMapper JSON = new ObjectMapper();

  boolean isFinal() {
    return status != TrialStatus.PAUSED;
  }

  /** Whether nothing is left to be done to have that many epochs. */
  boolean reaches(int epochs) {
    return isFinal() || errors.length >= epochs;
  }

  /** The lowest error of the first epochs; infinite where the trial failed before their end. */
  double best(int epochs) {
    double best = Double.POSITIVE_INFINITY;
    for (int epoch = 0; epoch < Math.min(epochs, errors.length); epoch++) {
      best = Math.min(best, errors[epoch]);
    }
    boolean failed = status == TrialStatus.FAILED && errors.length < epochs;
    return failed ? Double.POSITIVE_INFINITY : best;
  }

  /**
   * As the sweep has it that stopped the trial at a rung, however far it is.
   *
   * @param rung epochs; 0 for none
   */
  public TrialSummary cutAt(int rung) {
    return rung == 0 || errors.length < rung
        ? this
        : new TrialSummary(
            id, TrialStatus.STOPPED, Arrays.copyOf(errors, rung), complexity, Reasons.rung(rung));
  }

  boolean tellsMoreThan(TrialSummary other) {
    return isFinal() == other.isFinal() ? errors.length > other.errors.length : isFinal();
  }

  String toJson() {
    ObjectNode json = JSON.createObjectNode();
    json.put("trial", id)
        .put("status", status.key())
        .put("complexity", complexity)
        .put("reason", reason);
    ArrayNode values = json.putArray("errors");
    for (double error : errors) {
      values.add(error);
    }
    return json.toString();
  }

  static TrialSummary of(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      double[] errors = new double[json.path("errors").size()];
      for (int epoch = 0; epoch < errors.length; epoch++) {
        errors[epoch] = json.path("errors").get(epoch).asDouble();
      }
      return new TrialSummary(
          json.path("trial").asText(),
          TrialStatus.of(json.path("status").asText()),
          errors,
          json.path("complexity").asDouble(),
          json.path("reason").asText());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
