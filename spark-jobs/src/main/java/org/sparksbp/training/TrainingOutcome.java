package org.sparksbp.training;

import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * How a call to train has ended.
 *
 * @param ending why it ended
 * @param run identity of the run, hexadecimal
 * @param epochs reports of all epochs of the run, those before a resume included
 * @param bestEpoch epoch with the lowest error, the first of equals; 0 before the first
 * @param model folder of the model of the last epoch; only written when the run has ended
 * @param bestModel folder of the model of the best epoch
 * @param metrics file of the epochs' metrics
 */
public record TrainingOutcome(
    Ending ending,
    String run,
    List<EpochReport> epochs,
    int bestEpoch,
    Path model,
    Path bestModel,
    Path metrics) {

  /** Why training ended. */
  public enum Ending {
    /** All epochs are trained. */
    FINISHED,
    /** The error has stopped falling. */
    EARLY_STOPPED,
    /** A stop was requested; the run can be resumed. */
    INTERRUPTED,
    /** The folder already holds this run, whole; nothing was done. */
    ALREADY_DONE
  }

  public TrainingOutcome {
    epochs = List.copyOf(epochs);
  }
}
