package org.sparksbp.sweep;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sparksbp.config.InvalidConfigurationException;

/**
 * Which trials that have ended are forgotten, so that they are trained again.
 *
 * @param failed all that have failed
 * @param beginnings of identities, each of one trial
 */
public record TrainAgain(boolean failed, List<String> beginnings) {

  /** None. */
  public static final TrainAgain NONE = new TrainAgain(false, List.of());

  public TrainAgain {
    beginnings = List.copyOf(beginnings);
  }

  /**
   * The trials of a sweep that are meant.
   *
   * @param planned identities of all of the sweep's trials
   * @param failedOnes trials that have failed, of other sweeps too
   * @throws InvalidConfigurationException if a beginning is that of no or of many trials
   */
  Set<String> chosen(Set<String> planned, Set<String> failedOnes) {
    Set<String> chosen = new HashSet<>(failed ? failedOnes : Set.of());
    chosen.retainAll(planned);
    for (String beginning : beginnings) {
      List<String> meant = planned.stream().filter(id -> id.startsWith(beginning)).toList();
      if (beginning.isEmpty() || meant.size() != 1) {
        throw new InvalidConfigurationException(
            "Invalid --forget "
                + beginning
                + ": "
                + meant.size()
                + " trials of the sweep begin so; the column trial of trials.csv has their names");
      }
      chosen.add(meant.get(0));
    }
    return chosen;
  }
}
