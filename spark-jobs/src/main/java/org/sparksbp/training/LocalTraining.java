package org.sparksbp.training;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.sparksbp.averaging.AveragingEngine;
import org.sparksbp.device.DeviceChoice;
import org.sparksbp.evaluation.EvaluationResult;
import org.sparksbp.evaluation.LocalEvaluator;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.rounds.EpochSchedule;
import org.sparksbp.rounds.LocalEngine;
import org.sparksbp.rounds.RoundSettings;
import org.sparksbp.rounds.RoundTask;
import org.sparksbp.spike.Sample;
import org.sparksbp.training.TrainingOutcome.Ending;
import org.sparksbp.worker.LearnerSource;
import org.sparksbp.worker.SampleBlocks;

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
    this(settings, data, null);
  }

  /**
   * Prepares a run, see the other constructor.
   *
   * @param learner to learn and infer with, which stays the caller's; null for one of its own
   */
  public LocalTraining(TrainingSettings settings, LocalData data, Learner learner) {
    if (settings.workers() != 1) {
      throw new IllegalArgumentException(
          "Cannot train in one thread: training.workers is " + settings.workers() + ", not 1");
    }
    if (settings.rounds().engine() != AveragingEngine.OWN) {
      throw new IllegalArgumentException(
          "Cannot train in one thread: averaging.engine is "
              + settings.rounds().engine().key()
              + ", not "
              + AveragingEngine.OWN.key());
    }
    if (data.train().isEmpty()) {
      throw new IllegalArgumentException("Cannot train: the data has no training samples");
    }
    this.settings = settings;
    this.data = data;
    ModelType.named(settings.model()).check(settings.configuration());
    LearnerSource own = new LearnerSource(settings.model(), settings.configuration(), data.shape());
    this.learners = learner == null ? own : own.lending(learner);
    // Asked for its start and its cost alone, which no card need compute.
    this.first =
        new LearnerSource(
                settings.model(), DeviceChoice.onProcessor(settings.configuration()), data.shape())
            .create();
  }

  /** Multiply-accumulates of one epoch and sample as the study counts them. */
  public double complexityPerEpoch() {
    return first.complexityPerEpoch();
  }

  /** How the flat vector of parameters is laid out. */
  public ParameterLayout layout() {
    return first.layout();
  }

  /** The state before the first epoch. */
  public LocalState start() {
    return new LocalState(first.parameters(), WorkerMemory.EMPTY, List.of());
  }

  /** Trains on, keeping nothing, see the other method. */
  public Result train(LocalState from, int epochs, List<TrainingListener> listeners)
      throws IOException {
    return train(from, epochs, listeners, BestEpochs.NONE);
  }

  /**
   * Trains on.
   *
   * @param from state of this run
   * @param epochs the epoch to end with, from 1; at most the settings' epochs are trained
   * @param listeners told of rounds and epochs
   * @param best told of epochs that are the best of the whole run so far
   * @throws TrainingFailedException if parameters or outputs are no longer finite
   */
  public Result train(
      LocalState from, int epochs, List<TrainingListener> listeners, BestEpochs best)
      throws IOException {
    RoundSettings rounds = settings.rounds();
    EpochSchedule schedule = EpochSchedule.of(rounds, data.train().size());
    LocalEngine engine =
        new LocalEngine(
            new RoundTask(learners, data.measures(), rounds, schedule),
            SampleBlocks.local(data.train()),
            from.memory());
    EpochEvaluation evaluation =
        new EpochEvaluation(
            settings.selection(data.validation().size(), data.test().size()),
            measuring(data.validation()),
            measuring(data.test()));
    RunState state = RunState.between(from.epochs(), from.parameters(), data.measures());
    TrainingLoop loop =
        new TrainingLoop(
            settings.earlyStopping(),
            schedule.roundsPerEpoch(),
            engine,
            evaluation,
            new BestAlone(best),
            listeners,
            () -> false);
    Ending ending = loop.run(state, Math.min(epochs, settings.epochs()));
    return new Result(ending, new LocalState(state.parameters(), engine.memory(), state.reports()));
  }

  private Optional<Function<float[], EvaluationResult>> measuring(List<Sample> samples) {
    LocalEvaluator evaluator = new LocalEvaluator(learners, samples, data.measures());
    return samples.isEmpty() ? Optional.empty() : Optional.of(evaluator::evaluate);
  }

  /** Nothing is kept but what is asked for of the best epochs. */
  private record BestAlone(BestEpochs best) implements TrainingLoop.Records {
    @Override
    public void roundsEnded() {}

    @Override
    public void epochEnded(RunState state, EpochReport report) throws IOException {
      if (state.bestEpoch() == report.epoch()) {
        best.best(report, state.parameters());
      }
    }

    @Override
    public void stopping(RunState state) {}

    @Override
    public KeptModel keepLastGood(RunState state) {
      return KeptModel.NONE;
    }
  }
}
