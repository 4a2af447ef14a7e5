package org.sparksbp.sweep.execution;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import java.util.List;
import java.util.function.Function;
import org.sparksbp.sweep.plan.KeptModels;
import org.sparksbp.sweep.plan.PlannedTrial;
import org.sparksbp.sweep.plan.SweepSettings;
import org.sparksbp.sweep.results.SweepFolder;
import org.sparksbp.sweep.results.TrialDescription;
import org.sparksbp.sweep.results.TrialJson;

/**
 * What is to be trained.
 *
 * @param about the trial, as its record tells of it
 * @param configuration of the run
 * @param epochs to train up to
 * @param snapshots whether snapshots of the network are to be taken
 * @param modelFolder where the model of the best epoch is to be kept, below the results; empty for
 *     nowhere
 */
public record TrialRequest(
    TrialDescription about,
    Config configuration,
    int epochs,
    boolean snapshots,
    String modelFolder) {

  /** A request as it is sent to an executor, its configuration as text. */
  private record Sent(
      TrialDescription about,
      String configuration,
      int epochs,
      boolean snapshots,
      String modelFolder) {}

  /**
   * Asks for a trial of a plan.
   *
   * @param epochs to train up to
   * @param settings of the sweep
   * @param fingerprints of prepared data by task
   */
  static TrialRequest of(
      PlannedTrial trial,
      int epochs,
      SweepSettings settings,
      Function<String, String> fingerprints) {
    return new TrialRequest(
        TrialDescription.of(trial, settings.name(), fingerprints.apply(trial.task())),
        trial.configuration(),
        epochs,
        settings.takesSnapshots(trial),
        settings.keptModels() == KeptModels.NONE
            ? ""
            : SweepFolder.modelFolder(settings.name(), trial.id()));
  }

  String id() {
    return about.id();
  }

  String task() {
    return about.task();
  }

  /** Epochs of the whole trial, of which those asked for now may be the first. */
  int allEpochs() {
    return configuration.getInt("training.epochs");
  }

  String toJson() {
    String text = configuration.root().render(ConfigRenderOptions.concise());
    return TrialJson.write(new Sent(about, text, epochs, snapshots, modelFolder));
  }

  /** The requests of a Spark task. */
  static String toJson(List<TrialRequest> requests) {
    return new TrialTexts(requests.stream().map(TrialRequest::toJson).toList()).toJson();
  }

  static List<TrialRequest> listOf(String json) {
    return TrialTexts.of(json).stream().map(TrialRequest::of).toList();
  }

  static TrialRequest of(String json) {
    Sent sent = TrialJson.read(json, Sent.class);
    return new TrialRequest(
        sent.about,
        ConfigFactory.parseString(sent.configuration),
        sent.epochs,
        sent.snapshots,
        sent.modelFolder);
  }
}
