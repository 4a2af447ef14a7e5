package org.sparksbp.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.sparksbp.checkpoint.Checkpoint;
import org.sparksbp.learner.Work;
import org.sparksbp.measure.Measure;
import org.sparksbp.rounds.RoundBatch;
import org.sparksbp.training.TrainingListener.RoundReport;
import org.sparksbp.worker.MeasureSource;
import org.sparksbp.worker.Tally;

/** How far a run is: the driver's part of what its next round depends on. */
final class RunState {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final MeasureSource measures;
  private final List<EpochReport> reports;
  private final Optional<Path> memories;
  private float[] parameters;
  private Optional<float[]> epochStart;

  /** Of the epoch that has not ended: its rounds that have, and the sums over them. */
  private int rounds;

  private Measure measure;
  private Work work = Work.NONE;
  private double seconds;

  /**
   * The sums over an epoch that has not ended, as a checkpoint holds them.
   *
   * @param gradedMultiplyAccumulates null in checkpoints from before it was counted
   * @param spikingPhaseMultiplyAccumulates likewise
   * @param measure the bytes of a {@link Tally}
   */
  private record PartialEpoch(
      long multiplyAccumulates,
      Long gradedMultiplyAccumulates,
      Long spikingPhaseMultiplyAccumulates,
      long synapticOperations,
      long spikes,
      double seconds,
      byte[] measure) {}

  private RunState(
      MeasureSource measures,
      List<EpochReport> reports,
      float[] parameters,
      Optional<Path> memories) {
    this.measures = measures;
    this.reports = new ArrayList<>(reports);
    this.parameters = parameters;
    this.epochStart = Optional.of(parameters);
    this.memories = memories;
    this.measure = measures.newMeasure();
  }

  /** After whole epochs, or before the first. */
  static RunState between(List<EpochReport> reports, float[] parameters, MeasureSource measures) {
    return new RunState(measures, reports, parameters, Optional.empty());
  }

  static RunState of(Checkpoint checkpoint, MeasureSource measures) throws IOException {
    List<EpochReport> reports = checkpoint.reports().stream().map(MetricsLine::read).toList();
    RunState state =
        new RunState(
            measures, reports, checkpoint.parameters(), Optional.ofNullable(checkpoint.memories()));
    if (checkpoint.partialEpoch() != null) {
      state.goOnWith(
          checkpoint.rounds(), JSON.treeToValue(checkpoint.partialEpoch(), PartialEpoch.class));
    }
    return state;
  }

  private void goOnWith(int roundsEnded, PartialEpoch sums) {
    rounds = roundsEnded;
    work =
        new Work(
            sums.multiplyAccumulates(),
            MetricsLine.read(sums.gradedMultiplyAccumulates()),
            MetricsLine.read(sums.spikingPhaseMultiplyAccumulates()),
            sums.synapticOperations(),
            sums.spikes());
    seconds = sums.seconds();
    new Tally(sums.measure(), work).addTo(measure);
    epochStart = Optional.empty();
  }

  /** Epochs that have ended. */
  int epochs() {
    return reports.size();
  }

  /** Rounds of the epoch after these that have ended. */
  int rounds() {
    return rounds;
  }

  float[] parameters() {
    return parameters;
  }

  /** The parameters at the end of the last epoch; none when resumed inside an epoch. */
  Optional<float[]> epochStart() {
    return epochStart;
  }

  /** Folder of the memories that the run went on from, if it did. */
  Optional<Path> memories() {
    return memories;
  }

  List<EpochReport> reports() {
    return Collections.unmodifiableList(reports);
  }

  /** The report of the last epoch that has ended. */
  EpochReport lastReport() {
    return reports.get(reports.size() - 1);
  }

  /** The epoch with the lowest error, the first of equals; 0 if there is none. */
  int bestEpoch() {
    int best = 0;
    double lowest = Double.POSITIVE_INFINITY;
    for (EpochReport report : reports) {
      if (report.error() < lowest) {
        lowest = report.error();
        best = report.epoch();
      }
    }
    return best;
  }

  /** Sums of the epoch that has not ended, or null between epochs. */
  JsonNode partialEpoch() {
    return rounds == 0
        ? null
        : JSON.valueToTree(
            new PartialEpoch(
                work.multiplyAccumulates(),
                MetricsLine.written(work.gradedMultiplyAccumulates()),
                MetricsLine.written(work.spikingPhaseMultiplyAccumulates()),
                work.synapticOperations(),
                work.spikes(),
                seconds,
                Tally.of(measure, work).measure()));
  }

  /** Counts a round that has ended; its parameters may come later. */
  void endRound(RoundBatch.Round round) {
    for (Tally tally : round.tallies()) {
      tally.addTo(measure);
      work = work.plus(tally.work());
    }
    seconds += round.seconds();
    rounds++;
  }

  /** Takes the parameters after the last round that has ended. */
  void goOnFrom(float[] averaged) {
    parameters = averaged;
  }

  RoundReport roundReport(int roundsPerEpoch, double roundSeconds) {
    return new RoundReport(
        epochs() + 1, rounds - 1, roundsPerEpoch, measure.samples(), measure.error(), roundSeconds);
  }

  /**
   * Ends the epoch.
   *
   * @param evaluation of its last parameters
   */
  EpochReport endEpoch(EpochEvaluation.Result evaluation) {
    EpochReport report =
        new EpochReport(
            epochs() + 1,
            measure.values(),
            evaluation.validationMeasures(),
            evaluation.testMeasures(),
            evaluation.selection(),
            work,
            evaluation.testWork(),
            measure.samples(),
            seconds,
            evaluation.seconds());
    reports.add(report);
    rounds = 0;
    measure = measures.newMeasure();
    work = Work.NONE;
    seconds = 0;
    epochStart = Optional.of(parameters);
    return report;
  }
}
