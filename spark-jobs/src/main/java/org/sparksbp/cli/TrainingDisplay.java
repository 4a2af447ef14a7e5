package org.sparksbp.cli;

import java.util.Locale;
import java.util.Map;
import org.sparksbp.measure.Measure;
import org.sparksbp.training.EpochReport;
import org.sparksbp.training.Selection;
import org.sparksbp.training.TrainingListener;
import org.sparksbp.training.TrainingListener.RoundReport;
import org.sparksbp.training.TrainingListener.RunStart;

/** Shows training as it goes: a line an epoch, and progress within it. */
final class TrainingDisplay implements TrainingListener, AutoCloseable {

  private final CommonOptions options;
  private final Progress progress;
  private RunStart run;

  TrainingDisplay(CommonOptions options) {
    this.options = options;
    this.progress = options.progress("samples");
  }

  @Override
  public void started(RunStart start) {
    run = start;
    ComputesOn.tell(start.settings().configuration(), options);
    options
        .out()
        .printf(
            Locale.ROOT,
            "%s on %s, %s: %,d parameters, %,d training, %,d validation and %,d test samples,"
                + " %d workers%n",
            start.settings().model(),
            start.settings().task(),
            start.settings().configuration().getString("rule"),
            start.parameterCount(),
            start.trainSamples(),
            start.validationSamples(),
            start.testSamples(),
            start.settings().workers());
    if (start.selection() == Selection.TEST) {
      options
          .out()
          .println("chosen on test samples: what they tell of this run is not of unseen samples");
    }
    if (start.firstEpoch() > 1 || start.firstRound() > 0) {
      options.out().printf(Locale.ROOT, "going on in epoch %d%n", start.firstEpoch());
    }
    options.out().flush();
  }

  @Override
  public void roundFinished(RoundReport round) {
    progress.at(
        "epoch " + round.epoch(),
        round.epochSamples(),
        run.trainSamples(),
        "training error " + percent(round.trainError()));
  }

  @Override
  public void epochFinished(EpochReport epoch) {
    progress.close();
    StringBuilder line = new StringBuilder();
    line.append("epoch ").append(epoch.epoch()).append(" of ").append(run.settings().epochs());
    line.append(": training error ").append(percent(epoch.train().get("error")));
    if (!epoch.validation().isEmpty()) {
      line.append(", validation error ").append(percent(epoch.validation().get("error")));
    }
    if (!epoch.test().isEmpty()) {
      line.append(", test error ").append(percent(epoch.test().get("error")));
    }
    line.append(stuck(epoch.test().isEmpty() ? epoch.train() : epoch.test()));
    line.append(
        String.format(
            Locale.ROOT,
            ", %.1f s, %,.0f samples/s",
            epoch.trainingSeconds() + epoch.evaluationSeconds(),
            epoch.samplesPerSecond()));
    options.out().println(line);
    options.out().flush();
  }

  /** A network in saturation learns no more, and whoever looks on is to know why. */
  static String stuck(Map<String, Double> measures) {
    double share = measures.getOrDefault(Measure.STUCK_OUTPUTS, 0.0);
    return share > 0 ? ", outputs stuck " + percent(share) : "";
  }

  @Override
  public void close() {
    progress.close();
  }

  static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * fraction);
  }
}
