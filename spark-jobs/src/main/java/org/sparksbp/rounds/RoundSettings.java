package org.sparksbp.rounds;

import com.typesafe.config.Config;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sparksbp.averaging.AveragingEngine;
import org.sparksbp.averaging.AveragingLevels;
import org.sparksbp.averaging.AveragingMode;
import org.sparksbp.averaging.AveragingTransport;
import org.sparksbp.learner.CheckedSettings;

/**
 * The settings of a run that its rounds depend on.
 *
 * @param seed decides initial weights and the order of samples
 * @param sampleOrder whether a worker's samples change their order every epoch
 * @param shuffleWindow neighbouring samples of a worker that change their order among each other; 0
 *     for all
 * @param batch samples of a batch, at least 1
 * @param workers parts that the samples are divided into; 0 for as many as Spark has cores
 * @param averagingEvery batches of a worker in an averaging round; 0 for a round an epoch
 * @param mode how the workers' parameters become one
 * @param engine who trains and averages
 * @param transport how the workers' parameters come together; no part of a run's identity
 * @param levels in how many steps they do directly; no part of it either
 */
public record RoundSettings(
    long seed,
    SampleOrder sampleOrder,
    int shuffleWindow,
    int batch,
    int workers,
    int averagingEvery,
    AveragingMode mode,
    AveragingEngine engine,
    AveragingTransport transport,
    AveragingLevels levels)
    implements Serializable {

  /** The order in which a worker takes its samples. */
  public enum SampleOrder {
    /** As they lie in the data, every epoch. */
    FIXED,
    /** Drawn anew for every epoch from the run's seed. */
    SHUFFLED
  }

  /**
   * Reads the settings.
   *
   * @param configuration resolved, with every key of {@code reference.conf}
   * @throws com.typesafe.config.ConfigException naming the key that is missing or makes no sense
   */
  public static RoundSettings of(Config configuration) {
    CheckedSettings training = new CheckedSettings(configuration, "training");
    CheckedSettings averaging = new CheckedSettings(configuration, "averaging");
    AveragingMode mode =
        averaging.choice("mode", byKey(AveragingMode.values(), AveragingMode::key));
    return new RoundSettings(
        configuration.getLong("seed"),
        training.flag("shuffle") ? SampleOrder.SHUFFLED : SampleOrder.FIXED,
        training.atLeast("shuffle-window", 0),
        training.atLeast("batch", 1),
        training.atLeast("workers", 0),
        averaging.atLeast("every", 0),
        mode,
        engine(averaging, configuration.getString("model"), mode),
        averaging.choice("transport", byKey(AveragingTransport.values(), AveragingTransport::key)),
        averaging.choice("levels", byKey(AveragingLevels.values(), AveragingLevels::key)));
  }

  /** Deeplearning4j's master averages parameters of its own networks, and nothing else. */
  private static AveragingEngine engine(
      CheckedSettings averaging, String model, AveragingMode mode) {
    boolean possible = model.equals("bp-ann") && mode == AveragingMode.PARAMETERS;
    Map<String, Optional<AveragingEngine>> choices =
        Map.of(
            AveragingEngine.AUTO,
            Optional.empty(),
            AveragingEngine.OWN.key(),
            Optional.of(AveragingEngine.OWN),
            AveragingEngine.DEEPLEARNING4J.key(),
            Optional.of(AveragingEngine.DEEPLEARNING4J));
    AveragingEngine engine =
        averaging
            .choice("engine", choices)
            .orElse(possible ? AveragingEngine.DEEPLEARNING4J : AveragingEngine.OWN);
    if (engine == AveragingEngine.DEEPLEARNING4J && !possible) {
      throw averaging.bad(
          "engine",
          "deeplearning4j averages the parameters of bp-ann only: use own for other models and"
              + " for averaging.mode = updates");
    }
    return engine;
  }

  private static <T> Map<String, T> byKey(T[] values, Function<T, String> key) {
    return Arrays.stream(values).collect(Collectors.toMap(key, Function.identity()));
  }
}
