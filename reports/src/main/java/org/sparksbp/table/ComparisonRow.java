package org.sparksbp.table;

import java.util.List;

/**
 * A row of the table {@code comparison}.
 *
 * @param key of the arm's first trial
 * @param varied values of the varied keys
 * @param seeds of the sweep
 * @param seedsCompared whose curves could be compared
 * @param levelsFrom lowest error level, a fraction of 1, mean over the seeds compared; NaN where
 *     unknown, as the others
 * @param levelsTo highest error level, likewise
 * @param shareInLevels epochs whose error is within the levels, as a share of all, likewise
 * @param meanEpochs mean over the seeds compared
 * @param meanEpochsDeviation standard deviation over the seeds
 * @param complexity multiply-accumulates of one epoch and sample as the study counts them
 * @param cost mean over the seeds
 * @param costDeviation standard deviation over the seeds
 * @param errorCap highest error of the cost's levels, a fraction of 1; NaN for none
 * @param notComparable why seeds could not be compared; null if all could
 */
public record ComparisonRow(
    TrialKey key,
    VariedValues varied,
    long seeds,
    long seedsCompared,
    double levelsFrom,
    double levelsTo,
    double shareInLevels,
    double meanEpochs,
    double meanEpochsDeviation,
    double complexity,
    double cost,
    double costDeviation,
    double errorCap,
    String notComparable) {

  public static final ColumnGroup<ComparisonRow> VARIED =
      ColumnGroup.<ComparisonRow>named("", "KEY")
          .with(ColumnType.TEXT, row -> row.varied().texts())
          .with(ColumnType.NUMBER, row -> row.varied().numbers());

  public static final Column<ComparisonRow, Long> SEEDS =
      Column.whole("seeds", ComparisonRow::seeds);
  public static final Column<ComparisonRow, Long> SEEDS_COMPARED =
      Column.whole("seeds_compared", ComparisonRow::seedsCompared);
  public static final Column<ComparisonRow, Double> LEVELS_FROM =
      Column.number("levels_from", ComparisonRow::levelsFrom);
  public static final Column<ComparisonRow, Double> LEVELS_TO =
      Column.number("levels_to", ComparisonRow::levelsTo);
  public static final Column<ComparisonRow, Double> SHARE_IN_LEVELS =
      Column.number("share_of_epochs_in_levels", ComparisonRow::shareInLevels);
  public static final Column<ComparisonRow, Double> MEAN_EPOCHS =
      Column.number("mean_epochs", ComparisonRow::meanEpochs);
  public static final Column<ComparisonRow, Double> MEAN_EPOCHS_DEVIATION =
      Column.number("mean_epochs_standard_deviation", ComparisonRow::meanEpochsDeviation);
  public static final Column<ComparisonRow, Double> COMPLEXITY =
      Column.number("complexity_per_epoch", ComparisonRow::complexity);
  public static final Column<ComparisonRow, Double> COST =
      Column.number("cost", ComparisonRow::cost);
  public static final Column<ComparisonRow, Double> COST_DEVIATION =
      Column.number("cost_standard_deviation", ComparisonRow::costDeviation);
  public static final Column<ComparisonRow, Double> ERROR_CAP =
      Column.number("error_cap", ComparisonRow::errorCap);
  public static final Column<ComparisonRow, String> NOT_COMPARABLE =
      Column.text("not_comparable", ComparisonRow::notComparable);

  /** A row a point and arm; the configuration and the data determine it. */
  public static final TableSchema<ComparisonRow> TABLE =
      TableSchema.<ComparisonRow>named("comparison")
          .with(
              List.of(
                  TrialKey.POINT.of(ComparisonRow::key),
                  TrialKey.ARM.of(ComparisonRow::key),
                  TrialKey.TASK.of(ComparisonRow::key),
                  TrialKey.MODEL.of(ComparisonRow::key)))
          .with(List.of(VARIED))
          .with(List.of(SEEDS, SEEDS_COMPARED, LEVELS_FROM, LEVELS_TO, SHARE_IN_LEVELS))
          .with(List.of(MEAN_EPOCHS, MEAN_EPOCHS_DEVIATION))
          .with(List.of(COMPLEXITY, COST, COST_DEVIATION, ERROR_CAP))
          .with(List.of(NOT_COMPARABLE));
}
