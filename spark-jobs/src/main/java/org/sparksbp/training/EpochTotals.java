package org.sparksbp.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.sparksbp.learner.Work;
import org.sparksbp.measure.Measure;
import org.sparksbp.worker.MeasureBytes;

/** Sums over the rounds of an epoch. */
final class EpochTotals {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Measure measure;
  private Work work = Work.NONE;
  private double seconds;

  EpochTotals(Measure empty) {
    this.measure = empty;
  }

  /** Takes a round in. */
  void add(Stretch.Round round) {
    for (WorkerReport report : round.reports()) {
      report.addTo(measure);
      work = work.plus(report.work());
    }
    seconds += round.seconds();
  }

  Measure measure() {
    return measure;
  }

  Work work() {
    return work;
  }

  double seconds() {
    return seconds;
  }

  /** The sums, for a checkpoint inside an epoch. */
  JsonNode toJson() {
    ObjectNode json = JSON.createObjectNode();
    json.put("multiplyAccumulates", work.multiplyAccumulates())
        .put("synapticOperations", work.synapticOperations())
        .put("spikes", work.spikes())
        .put("seconds", seconds);
    return json.put("measure", MeasureBytes.of(measure));
  }

  /** The sums that {@link #toJson} gave. */
  static EpochTotals of(JsonNode json, Measure empty) throws IOException {
    EpochTotals totals = new EpochTotals(empty);
    MeasureBytes.mergeInto(empty, json.path("measure").binaryValue());
    totals.work =
        new Work(
            json.path("multiplyAccumulates").asLong(),
            json.path("synapticOperations").asLong(),
            json.path("spikes").asLong());
    totals.seconds = json.path("seconds").asDouble();
    return totals;
  }
}
