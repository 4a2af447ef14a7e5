package org.sparksbp.training;

import java.util.List;
import org.sparksbp.learner.WorkerMemory;

/**
 * A run of one worker between two epochs: all that the rest of it depends on.
 *
 * @param parameters the flat vector
 * @param memory what the worker remembers
 * @param epochs reports of the epochs that have ended
 */
public record LocalState(float[] parameters, WorkerMemory memory, List<EpochReport> epochs) {

  public LocalState {
    epochs = List.copyOf(epochs);
  }
}
