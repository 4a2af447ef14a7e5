package org.sparksbp.table;

import java.util.List;

/**
 * A row of the table {@code epoch-times}.
 *
 * @param key which trial
 * @param epoch from 1
 * @param trainingSeconds of the epoch
 * @param evaluationSeconds of its test
 */
public record EpochTimesRow(
    TrialKey key, long epoch, double trainingSeconds, double evaluationSeconds) {

  public static final Column<EpochTimesRow, Long> EPOCH =
      Column.whole("epoch", EpochTimesRow::epoch);
  public static final Column<EpochTimesRow, Double> TRAINING_SECONDS =
      Column.number("training_seconds", EpochTimesRow::trainingSeconds);
  public static final Column<EpochTimesRow, Double> EVALUATION_SECONDS =
      Column.number("evaluation_seconds", EpochTimesRow::evaluationSeconds);

  /** A row a trial and epoch; clocks and machines determine it. */
  public static final TableSchema<EpochTimesRow> TABLE =
      TableSchema.<EpochTimesRow>named("epoch-times")
          .with(TrialKey.trialAlone(EpochTimesRow::key))
          .with(List.of(EPOCH, TRAINING_SECONDS, EVALUATION_SECONDS));
}
