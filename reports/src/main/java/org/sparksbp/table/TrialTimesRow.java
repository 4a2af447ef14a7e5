package org.sparksbp.table;

import java.util.List;
import java.util.Map;

/**
 * A row of the table {@code trial-times}.
 *
 * @param key which trial
 * @param wallSeconds from its start to its end
 * @param cpuSeconds of its thread; NaN where it has run in many
 * @param peakMemoryBytes most memory that its process had; 0 if unknown
 * @param trainingSeconds of all epochs
 * @param evaluationSeconds of all epochs
 * @param samplesPerSecond training samples learned a second; NaN where unknown
 * @param secondsToAccuracy training until an epoch has an accuracy, by its level as text, s;
 *     without levels that were not reached
 */
public record TrialTimesRow(
    TrialKey key,
    double wallSeconds,
    double cpuSeconds,
    long peakMemoryBytes,
    double trainingSeconds,
    double evaluationSeconds,
    double samplesPerSecond,
    Map<String, Double> secondsToAccuracy) {

  public static final Column<TrialTimesRow, Double> WALL_SECONDS =
      Column.number("wall_seconds", TrialTimesRow::wallSeconds);
  public static final Column<TrialTimesRow, Double> CPU_SECONDS =
      Column.number("cpu_seconds", TrialTimesRow::cpuSeconds);
  public static final Column<TrialTimesRow, Long> PEAK_MEMORY =
      Column.whole("peak_memory_bytes", TrialTimesRow::peakMemoryBytes);
  public static final Column<TrialTimesRow, Double> TRAINING_SECONDS =
      Column.number("training_seconds", TrialTimesRow::trainingSeconds);
  public static final Column<TrialTimesRow, Double> EVALUATION_SECONDS =
      Column.number("evaluation_seconds", TrialTimesRow::evaluationSeconds);
  public static final Column<TrialTimesRow, Double> SAMPLES_PER_SECOND =
      Column.number("samples_per_second", TrialTimesRow::samplesPerSecond);

  public static final ColumnGroup<TrialTimesRow> SECONDS_TO_ACCURACY =
      ColumnGroup.<TrialTimesRow>named("seconds_to_accuracy_", "LEVEL")
          .with(ColumnType.NUMBER, TrialTimesRow::secondsToAccuracy);

  /** A row a trial; clocks and machines determine it. */
  public static final TableSchema<TrialTimesRow> TABLE =
      TableSchema.<TrialTimesRow>named("trial-times")
          .with(TrialKey.trialAlone(TrialTimesRow::key))
          .with(List.of(WALL_SECONDS, CPU_SECONDS, PEAK_MEMORY))
          .with(List.of(TRAINING_SECONDS, EVALUATION_SECONDS, SAMPLES_PER_SECOND))
          .with(List.of(SECONDS_TO_ACCURACY));
}
