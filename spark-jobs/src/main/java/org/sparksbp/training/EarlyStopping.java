package org.sparksbp.training;

import java.util.List;

/**
 * When to stop before the last epoch.
 *
 * @param patience epochs without a better error, of the samples that are chosen by, after which
 *     training stops; 0 never stops
 * @param minDelta by how much an error must be lower than the best before it to count as better,
 *     from 0 to 1
 */
public record EarlyStopping(int patience, double minDelta) {

  /** Whether the error has not fallen enough for as many epochs as there is patience. */
  boolean isDue(List<EpochReport> reports) {
    if (patience == 0) {
      return false;
    }
    double lowest = Double.POSITIVE_INFINITY;
    int without = 0;
    for (EpochReport report : reports) {
      if (report.error() < lowest - minDelta) {
        lowest = report.error();
        without = 0;
      } else {
        without++;
      }
      if (without >= patience) {
        return true;
      }
    }
    return false;
  }
}
