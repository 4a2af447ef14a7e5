package org.sparksbp.mlflow;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.checksum.Checksum;
import org.sparksbp.mlflow.RunContent.Status;
import org.sparksbp.mlflow.RunContent.Step;
import org.sparksbp.modelfolder.SoftwareVersion;
import org.sparksbp.training.EpochReport;
import org.sparksbp.training.RunIdentity;
import org.sparksbp.training.TrainingListener;
import org.sparksbp.training.TrainingOutcome;
import org.sparksbp.training.TrainingOutcome.Ending;

/**
 * Tells a tracking server of a training run, from a thread of its own: training never waits for the
 * server and never fails of it. What waits to be sent are the reports that the run holds anyway.
 */
public final class TrackedTraining implements TrainingListener, AutoCloseable {

  private final Configuration hadoop;
  private final Path folder;
  private final Config configuration;
  private final String dataFingerprint;
  private final TrackingSender sender;
  private final List<Step> steps = new ArrayList<>();
  private RunContent told;

  /**
   * Prepares to tell; nothing is sent yet.
   *
   * @param folder of the run, whose name is the tracked run's
   * @param configuration of a run that turns out to be done already
   * @param patience how long {@link #close} waits for what is not sent yet
   * @param warnings receives a line when something cannot be told
   */
  public TrackedTraining(
      Experiment experiment,
      Configuration hadoop,
      Path folder,
      Config configuration,
      String dataFingerprint,
      Duration patience,
      Consumer<String> warnings) {
    this.hadoop = hadoop;
    this.folder = folder;
    this.configuration = configuration;
    this.dataFingerprint = dataFingerprint;
    this.sender = new TrackingSender(experiment, patience, warnings);
  }

  @Override
  public void started(RunStart start) {
    begin(start.run(), start.settings().configuration(), start.earlier());
    sender.send(told, Optional.empty());
  }

  private void begin(String run, Config decided, List<EpochReport> earlier) {
    long now = System.currentTimeMillis();
    steps.addAll(Step.of(earlier, now));
    RunIdentity identity = RunIdentity.of(decided, dataFingerprint, SoftwareVersion.current());
    SortedMap<String, String> parameters = new TreeMap<>();
    identity
        .configuration()
        .forEach((key, value) -> parameters.put(key, RunIdentity.unquoted(value)));
    Map<String, String> tags =
        Map.of(
            "sbp.run",
            run,
            "sbp.data",
            dataFingerprint,
            "sbp.version",
            identity.softwareVersion(),
            "sbp.output",
            folder.toString(),
            "mlflow.source.name",
            "sbp train",
            "mlflow.source.type",
            "JOB");
    told =
        new RunContent(
            Checksum.sha256(run + "\n" + folder),
            folder.getName(),
            Status.RUNNING,
            steps.isEmpty() ? now : steps.get(0).millis(),
            0,
            parameters,
            new TreeMap<>(tags),
            steps);
  }

  @Override
  public void epochFinished(EpochReport epoch) {
    steps.add(Step.of(epoch, System.currentTimeMillis()));
    tell(Status.RUNNING);
  }

  /** Tells of the end, and the whole of a run that was done already. */
  @Override
  public void finished(TrainingOutcome outcome) {
    if (told == null) {
      begin(outcome.run(), configuration, outcome.epochs());
    }
    tell(outcome.ending() == Ending.INTERRUPTED ? Status.KILLED : Status.FINISHED);
  }

  private void tell(Status status) {
    told =
        new RunContent(
            told.identity(),
            told.name(),
            status,
            told.started(),
            status == Status.RUNNING ? 0 : System.currentTimeMillis(),
            told.parameters(),
            told.tags(),
            steps);
    Optional<Artifacts> artifacts =
        status == Status.FINISHED ? Optional.of(new Artifacts(hadoop, folder)) : Optional.empty();
    sender.send(told, artifacts);
  }

  /** Waits, not too long, until all is told; a run without an end has failed. */
  @Override
  public void close() {
    if (told != null && told.status() == Status.RUNNING) {
      tell(Status.FAILED);
    }
    sender.close();
  }
}
