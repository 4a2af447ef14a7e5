package org.sparksbp.sweep.results;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sparksbp.modelfolder.SoftwareVersion;
import org.sparksbp.sweep.plan.PlannedTrial;

/**
 * What is known of a trial before it is trained, for readers of its record.
 *
 * @param id identity of the run, in JSON {@code trial}
 * @param sweep name of the sweep that asked for it first
 * @param point number in that sweep's plan
 * @param arm in that sweep
 * @param seed of the run
 * @param task name of the task
 * @param model its name in the configuration
 * @param rule its name in the configuration
 * @param parameters settings of point and arm, as they would be written in a file
 * @param data identity of the prepared data
 * @param softwareVersion that has trained it
 */
public record TrialDescription(
    @JsonProperty("trial") String id,
    String sweep,
    int point,
    String arm,
    long seed,
    String task,
    String model,
    String rule,
    SortedMap<String, String> parameters,
    String data,
    String softwareVersion) {

  public TrialDescription {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }

  /**
   * A trial of a plan.
   *
   * @param data identity of the prepared data
   */
  public static TrialDescription of(PlannedTrial trial, String sweep, String data) {
    return new TrialDescription(
        trial.id(),
        sweep,
        trial.point(),
        trial.arm(),
        trial.seed(),
        trial.task(),
        trial.model(),
        trial.configuration().getString("rule"),
        trial.writtenParameters(),
        data,
        SoftwareVersion.current());
  }
}
