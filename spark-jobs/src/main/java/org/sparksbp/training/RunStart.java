package org.sparksbp.training;

import java.util.List;
import org.sparksbp.learner.NetworkShape;

/**
 * A run that begins or goes on.
 *
 * @param run identity of the run, hexadecimal
 * @param settings its settings, the number of workers decided
 * @param shape what the data prescribes
 * @param parameterCount length of the model's flat vector
 * @param trainSamples samples learned an epoch
 * @param testSamples samples tested after an epoch
 * @param earlier reports of the epochs that have ended before; none unless resumed
 * @param firstEpoch the epoch it begins with, from 1; later than 1 when resumed
 * @param firstRound the round in that epoch it begins with, from 0
 */
public record RunStart(
    String run,
    TrainingSettings settings,
    NetworkShape shape,
    int parameterCount,
    long trainSamples,
    long testSamples,
    List<EpochReport> earlier,
    int firstEpoch,
    int firstRound) {

  public RunStart {
    earlier = List.copyOf(earlier);
  }
}
