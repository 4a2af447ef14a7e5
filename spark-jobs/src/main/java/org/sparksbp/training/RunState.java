package org.sparksbp.training;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.sparksbp.checkpoint.Checkpoint;
import org.sparksbp.evaluation.EvaluationResult;
import org.sparksbp.evaluation.MeasureSource;
import org.sparksbp.learner.Work;

/** How far a run is: the driver's part of what its next round depends on. */
final class RunState {

  private final MeasureSource measures;
  private final List<EpochReport> reports;
  private final Path memories;
  private int rounds;
  private float[] parameters;
  private float[] epochStart;
  private EpochTotals totals;

  private RunState(
      MeasureSource measures, List<EpochReport> reports, float[] parameters, Path memories) {
    this.measures = measures;
    this.reports = new ArrayList<>(reports);
    this.parameters = parameters;
    this.epochStart = parameters;
    this.memories = memories;
    this.totals = new EpochTotals(measures.newMeasure());
  }

  static RunState initial(float[] parameters, MeasureSource measures) {
    return new RunState(measures, List.of(), parameters, null);
  }

  /** After whole epochs. */
  static RunState between(List<EpochReport> reports, float[] parameters, MeasureSource measures) {
    return new RunState(measures, reports, parameters, null);
  }

  static RunState finished(List<EpochReport> reports, MeasureSource measures) {
    return new RunState(measures, reports, null, null);
  }

  static RunState of(Checkpoint checkpoint, MeasureSource measures) throws IOException {
    List<EpochReport> reports = checkpoint.reports().stream().map(MetricsLine::read).toList();
    RunState state =
        new RunState(measures, reports, checkpoint.parameters(), checkpoint.memories());
    if (checkpoint.partialEpoch() != null) {
      state.rounds = checkpoint.rounds();
      state.totals = EpochTotals.of(checkpoint.partialEpoch(), measures.newMeasure());
      state.epochStart = null;
    }
    return state;
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

  /** The parameters at the end of the last epoch; null when resumed inside an epoch. */
  float[] epochStart() {
    return epochStart;
  }

  /** Folder of the memories that the run went on from, or null. */
  Path memories() {
    return memories;
  }

  List<EpochReport> reports() {
    return Collections.unmodifiableList(reports);
  }

  /** Sums of the epoch that has not ended, or null between epochs. */
  JsonNode partialEpoch() {
    return rounds == 0 ? null : totals.toJson();
  }

  /** Counts a round that has ended; its parameters may come later. */
  void endRound(Stretch.Round round) {
    totals.add(round);
    rounds++;
  }

  /** Takes the parameters after the last round that has ended. */
  void goOnFrom(float[] averaged) {
    parameters = averaged;
  }

  RoundReport roundReport(int roundsPerEpoch, double seconds) {
    return new RoundReport(
        epochs() + 1,
        rounds - 1,
        roundsPerEpoch,
        totals.measure().samples(),
        totals.measure().error(),
        seconds);
  }

  /**
   * Ends the epoch.
   *
   * @param test result on the test samples, or null without any
   */
  EpochReport endEpoch(EvaluationResult test) {
    EpochReport report =
        new EpochReport(
            epochs() + 1,
            totals.measure().values(),
            test == null ? new TreeMap<>() : test.measure().values(),
            totals.work(),
            test == null ? Work.NONE : test.work(),
            totals.measure().samples(),
            totals.seconds(),
            test == null ? 0 : test.seconds());
    reports.add(report);
    rounds = 0;
    totals = new EpochTotals(measures.newMeasure());
    epochStart = parameters;
    return report;
  }
}
