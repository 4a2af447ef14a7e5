package org.sparksbp.table;

import java.util.List;
import java.util.Map;
import org.sparksbp.learner.Work;

/**
 * A row of the table {@code trials}.
 *
 * @param key which trial
 * @param varied values of the varied keys
 * @param data fingerprint of the prepared data
 * @param softwareVersion of the run
 * @param status {@code done}, {@code stopped}, {@code failed} or {@code paused}
 * @param reason why it failed or stopped; null otherwise
 * @param epochs that have ended
 * @param selectedOn whose error is chosen by: {@code validation}, {@code test} or {@code train};
 *     null without epochs
 * @param testErrorAtBest error on the test samples after the best epoch, a fraction of 1; NaN
 *     without epochs or test samples
 * @param bestError lowest error after an epoch of the samples that are chosen by, a fraction of 1;
 *     NaN without epochs
 * @param bestEpoch the first epoch with it, from 1; null without epochs
 * @param lastMeasures measures after the last epoch by name, {@code test_error} and so on
 * @param complexity multiply-accumulates of one epoch and sample as the study counts them; NaN
 *     where unknown
 * @param work of training
 * @param productsToAccuracy multiply-accumulates of training up to the first epoch that has an
 *     accuracy, by its level as text; without levels that were not reached
 * @param joulesOfProducts energy estimated from the multiply-accumulates, J
 * @param joulesDrivenBySpikes energy estimated from the synaptic operations and the graded
 *     products, J; NaN where these are unknown
 * @param epochsToAccuracy first epoch that has an accuracy on the samples that are chosen by, by
 *     its level as text; without levels that were not reached
 */
public record TrialRow(
    TrialKey key,
    VariedValues varied,
    String data,
    String softwareVersion,
    String status,
    String reason,
    long epochs,
    String selectedOn,
    double testErrorAtBest,
    double bestError,
    Long bestEpoch,
    Map<String, Double> lastMeasures,
    double complexity,
    Work work,
    Map<String, Long> productsToAccuracy,
    double joulesOfProducts,
    double joulesDrivenBySpikes,
    Map<String, Long> epochsToAccuracy) {

  public static final ColumnGroup<TrialRow> VARIED =
      ColumnGroup.<TrialRow>named("", "KEY")
          .with(ColumnType.TEXT, row -> row.varied().texts())
          .with(ColumnType.NUMBER, row -> row.varied().numbers());

  public static final Column<TrialRow, String> DATA = Column.text("data", TrialRow::data);
  public static final Column<TrialRow, String> SOFTWARE_VERSION =
      Column.text("software_version", TrialRow::softwareVersion);
  public static final Column<TrialRow, String> STATUS = Column.text("status", TrialRow::status);
  public static final Column<TrialRow, String> REASON = Column.text("reason", TrialRow::reason);
  public static final Column<TrialRow, Long> EPOCHS = Column.whole("epochs", TrialRow::epochs);
  public static final Column<TrialRow, String> SELECTED_ON =
      Column.text("selected_on", TrialRow::selectedOn);
  public static final Column<TrialRow, Double> TEST_ERROR_AT_BEST =
      Column.number("test_error_at_best", TrialRow::testErrorAtBest);
  public static final Column<TrialRow, Double> BEST_ERROR =
      Column.number("best_error", TrialRow::bestError);
  public static final Column<TrialRow, Long> BEST_EPOCH =
      Column.whole("best_epoch", TrialRow::bestEpoch);

  public static final ColumnGroup<TrialRow> LAST_MEASURES =
      ColumnGroup.<TrialRow>named("last_", "MEASURE")
          .with(ColumnType.NUMBER, TrialRow::lastMeasures);

  public static final Column<TrialRow, Double> COMPLEXITY =
      Column.number("complexity_per_epoch", TrialRow::complexity);
  public static final Column<TrialRow, Long> MULTIPLY_ACCUMULATES =
      Column.whole("multiply_accumulates", row -> row.work().multiplyAccumulates());

  public static final ColumnGroup<TrialRow> PRODUCTS_TO_ACCURACY =
      ColumnGroup.<TrialRow>named("multiply_accumulates_to_accuracy_", "LEVEL")
          .with(ColumnType.WHOLE, TrialRow::productsToAccuracy);

  public static final Column<TrialRow, Long> GRADED_MULTIPLY_ACCUMULATES =
      Column.count("graded_multiply_accumulates", row -> row.work().gradedMultiplyAccumulates());
  public static final Column<TrialRow, Long> SPIKING_PHASE_MULTIPLY_ACCUMULATES =
      Column.count(
          "spiking_phase_multiply_accumulates",
          row -> row.work().spikingPhaseMultiplyAccumulates());
  public static final Column<TrialRow, Long> SYNAPTIC_OPERATIONS =
      Column.whole("synaptic_operations", row -> row.work().synapticOperations());
  public static final Column<TrialRow, Long> SPIKES =
      Column.whole("spikes", row -> row.work().spikes());
  public static final Column<TrialRow, Double> ENERGY_OF_PRODUCTS =
      Column.number("energy_of_products_joules", TrialRow::joulesOfProducts);

  /** Not the name of a column of earlier tables, in which graded products cost nothing. */
  public static final Column<TrialRow, Double> ENERGY_DRIVEN_BY_SPIKES =
      Column.number("energy_driven_by_spikes_joules", TrialRow::joulesDrivenBySpikes);

  public static final ColumnGroup<TrialRow> EPOCHS_TO_ACCURACY =
      ColumnGroup.<TrialRow>named("epochs_to_accuracy_", "LEVEL")
          .with(ColumnType.WHOLE, TrialRow::epochsToAccuracy);

  /** A row a trial; the configuration and the data determine it. */
  public static final TableSchema<TrialRow> TABLE =
      TableSchema.<TrialRow>named("trials")
          .with(TrialKey.all(TrialRow::key))
          .with(List.of(VARIED))
          .with(List.of(DATA, SOFTWARE_VERSION, STATUS, REASON, EPOCHS))
          .with(List.of(SELECTED_ON, TEST_ERROR_AT_BEST, BEST_ERROR, BEST_EPOCH))
          .with(List.of(LAST_MEASURES))
          .with(List.of(COMPLEXITY, MULTIPLY_ACCUMULATES))
          .with(List.of(PRODUCTS_TO_ACCURACY))
          .with(List.of(GRADED_MULTIPLY_ACCUMULATES, SPIKING_PHASE_MULTIPLY_ACCUMULATES))
          .with(List.of(SYNAPTIC_OPERATIONS, SPIKES))
          .with(List.of(ENERGY_OF_PRODUCTS, ENERGY_DRIVEN_BY_SPIKES))
          .with(List.of(EPOCHS_TO_ACCURACY));
}
