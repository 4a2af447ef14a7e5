package org.sparksbp.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * All that the rest of a run depends on.
 *
 * @param run identity of the run
 * @param epochs epochs that have ended
 * @param rounds rounds of the epoch after these that have ended
 * @param parameters the flat vector
 * @param reports one JSON object for each epoch that has ended
 * @param partialEpoch sums of the epoch that has not ended, or null between epochs
 * @param memories folder of the workers' memories, or null if they have none; null when written
 */
public record Checkpoint(
    String run,
    int epochs,
    int rounds,
    float[] parameters,
    List<JsonNode> reports,
    JsonNode partialEpoch,
    Path memories) {

  public Checkpoint {
    reports = List.copyOf(reports);
  }
}
