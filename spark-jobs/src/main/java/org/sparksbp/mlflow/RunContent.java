package org.sparksbp.mlflow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sparksbp.training.EpochReport;
import org.sparksbp.training.EpochScalars;

/**
 * What a tracked run is to have.
 *
 * @param identity tells it from all others of the experiment, hexadecimal
 * @param name that people see
 * @param status how it goes
 * @param started milliseconds since 1970
 * @param ended likewise; 0 while it runs
 * @param parameters by name
 * @param tags by name, those of the server's own ({@code mlflow.}) among them
 * @param steps metrics, by rising step
 */
public record RunContent(
    String identity,
    String name,
    Status status,
    long started,
    long ended,
    SortedMap<String, String> parameters,
    SortedMap<String, String> tags,
    List<Step> steps) {

  /** How a run goes, as the server calls it. */
  public enum Status {
    RUNNING,
    FINISHED,
    FAILED,
    /** It was stopped and may be gone on with. */
    KILLED
  }

  /**
   * Metrics of a moment.
   *
   * @param number such as the epoch
   * @param millis since 1970
   * @param metrics by name
   */
  public record Step(long number, long millis, SortedMap<String, Double> metrics) {

    /** Those of an epoch. */
    public static Step of(EpochReport epoch, long millis) {
      return new Step(epoch.epoch(), millis, EpochScalars.of(epoch));
    }

    /** Those of epochs that have ended before, their times counted back by what they took. */
    public static List<Step> of(List<EpochReport> epochs, long end) {
      double millis = end - epochs.stream().mapToDouble(Step::millisOf).sum();
      List<Step> steps = new ArrayList<>();
      for (EpochReport epoch : epochs) {
        millis += millisOf(epoch);
        steps.add(of(epoch, (long) millis));
      }
      return steps;
    }

    private static double millisOf(EpochReport epoch) {
      return 1e3 * (epoch.trainingSeconds() + epoch.evaluationSeconds());
    }

    /** As the server takes them; it has no place for what is not finite. */
    List<ObjectNode> toJson() {
      List<ObjectNode> json = new ArrayList<>();
      for (Map.Entry<String, Double> metric : metrics.entrySet()) {
        if (Double.isFinite(metric.getValue())) {
          json.add(
              JsonNodeFactory.instance
                  .objectNode()
                  .put("key", metric.getKey())
                  .put("value", metric.getValue())
                  .put("timestamp", millis)
                  .put("step", number));
        }
      }
      return json;
    }
  }

  public RunContent {
    parameters = new TreeMap<>(parameters);
    tags = new TreeMap<>(tags);
    steps = List.copyOf(steps);
  }
}
