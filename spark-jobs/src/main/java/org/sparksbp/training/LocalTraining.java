package org.sparksbp.training;

import java.io.IOException;
import java.util.List;
import org.sparksbp.averaging.AveragingEngine;
import org.sparksbp.evaluation.LocalEvaluator;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.training.TrainingOutcome.Ending;
import org.sparksbp.worker.LearnerSource;

/**
 * Trains a model in the calling thread, to the bits of a {@link TrainingJob} of one worker. Writes
 * nothing.
 */
public final class LocalTraining {

  private final TrainingSettings settings;
  private final LocalData data;
  private final Learner first;
  private final LearnerSource learners;

  /**
   * How training has ended.
   *
   * @param ending finished when all epochs that were asked for are trained, or early stopped
   * @param state to go on from
   */
  public record Result(Ending ending, LocalState state) {}

  /**
   * Prepares a run.
   *
   * @param settings of one worker
   * @throws com.typesafe.config.ConfigException if the model's settings make no sense
   * @throws IllegalArgumentException if there is no such model, no training sample, more than one
   *     worker, or another averaging engine than this software's own
   */
  public LocalTraining(TrainingSettings settings, LocalData data) {
    if (settings.workers() != 1) {
      throw new IllegalArgumentException(
          "Cannot train in one thread: training.workers is " + settings.workers() + ", not 1");
    }
    if (settings.averagingEngine() != AveragingEngine.OWN) {
      throw new IllegalArgumentException(
          "Cannot train in one thread: averaging.engine is "
              + settings.averagingEngine().key()
              + ", not "
              + AveragingEngine.OWN.key());
    }
    if (data.train().isEmpty()) {
      throw new IllegalArgumentException("Cannot train: the data has no training samples");
    }
    this.settings = settings;
    this.data = data;
    ModelType.named(settings.model()).check(settings.configuration());
    this.learners = new LearnerSource(settings.model(), settings.configuration(), data.shape());
    this.first = learners.create();
  }

  /** Multiply-accumulates of one epoch and sample as the study counts them. */
  public double complexityPerEpoch() {
    return first.complexityPerEpoch();
  }

  /** The state before the first epoch. */
  public LocalState start() {
    return new LocalState(first.parameters(), WorkerMemory.EMPTY, List.of());
  }

  /**
   * Trains on.
   *
   * @param from state of this run
   * @param epochs the epoch to end with, from 1; at most the settings' epochs are trained
   * @param listeners told of rounds and epochs
   * @throws TrainingFailedException if parameters or outputs are no longer finite
   */
  public Result train(LocalState from, int epochs, List<TrainingListener> listeners)
      throws IOException {
    LocalRounds rounds = new LocalRounds(settings, data, learners, first.layout(), from.memory());
    LocalEvaluator evaluator = new LocalEvaluator(learners, data.test(), data.measures());
    RunState state = RunState.between(from.epochs(), from.parameters(), data.measures());
    TrainingLoop loop =
        new TrainingLoop(
            settings.earlyStopping(),
            rounds,
            data.test().isEmpty() ? parameters -> null : evaluator::evaluate,
            new NoRecords(),
            listeners,
            () -> false);
    Ending ending = loop.run(state, Math.min(epochs, settings.epochs()));
    return new Result(ending, new LocalState(state.parameters(), rounds.memory(), state.reports()));
  }

  private static final class NoRecords implements TrainingLoop.Records {
    @Override
    public void stretchEnded() {}

    @Override
    public void epochEnded(RunState state, EpochReport report) {}

    @Override
    public void stopping(RunState state) {}

    @Override
    public String keepLastGood(RunState state) {
      return "no model was kept";
    }
  }
}
