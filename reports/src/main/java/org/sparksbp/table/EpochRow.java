package org.sparksbp.table;

import java.util.List;
import java.util.Map;
import org.sparksbp.learner.Work;

/**
 * A row of the table {@code epochs}.
 *
 * @param key which trial
 * @param epoch from 1
 * @param measures after the epoch by name, {@code test_error} and so on
 * @param complexity multiply-accumulates of one epoch and sample as the study counts them; NaN
 *     where unknown
 * @param trainingSamples learned
 * @param trainingWork of learning them
 * @param testWork of the test
 */
public record EpochRow(
    TrialKey key,
    long epoch,
    Map<String, Double> measures,
    double complexity,
    long trainingSamples,
    Work trainingWork,
    Work testWork) {

  /** Samples that measures are of; the error of the first that a row has is of its curve. */
  public static final List<String> SAMPLES = List.of("test", "validation", "train");

  public static final Column<EpochRow, Long> EPOCH = Column.whole("epoch", EpochRow::epoch);

  public static final ColumnGroup<EpochRow> MEASURES =
      ColumnGroup.<EpochRow>named("", "MEASURE").with(ColumnType.NUMBER, EpochRow::measures);

  public static final Column<EpochRow, Double> COMPLEXITY =
      Column.number("complexity_per_epoch", EpochRow::complexity);
  public static final Column<EpochRow, Long> TRAINING_SAMPLES =
      Column.whole("training_samples", EpochRow::trainingSamples);
  public static final Column<EpochRow, Long> MULTIPLY_ACCUMULATES =
      Column.whole("multiply_accumulates", row -> row.trainingWork().multiplyAccumulates());
  public static final Column<EpochRow, Long> GRADED_MULTIPLY_ACCUMULATES =
      Column.count(
          "graded_multiply_accumulates", row -> row.trainingWork().gradedMultiplyAccumulates());
  public static final Column<EpochRow, Long> SPIKING_PHASE_MULTIPLY_ACCUMULATES =
      Column.count(
          "spiking_phase_multiply_accumulates",
          row -> row.trainingWork().spikingPhaseMultiplyAccumulates());
  public static final Column<EpochRow, Long> SYNAPTIC_OPERATIONS =
      Column.whole("synaptic_operations", row -> row.trainingWork().synapticOperations());
  public static final Column<EpochRow, Long> SPIKES =
      Column.whole("spikes", row -> row.trainingWork().spikes());
  public static final Column<EpochRow, Long> TEST_MULTIPLY_ACCUMULATES =
      Column.whole("test_multiply_accumulates", row -> row.testWork().multiplyAccumulates());
  public static final Column<EpochRow, Long> TEST_GRADED_MULTIPLY_ACCUMULATES =
      Column.count(
          "test_graded_multiply_accumulates", row -> row.testWork().gradedMultiplyAccumulates());
  public static final Column<EpochRow, Long> TEST_SPIKING_PHASE_MULTIPLY_ACCUMULATES =
      Column.count(
          "test_spiking_phase_multiply_accumulates",
          row -> row.testWork().spikingPhaseMultiplyAccumulates());
  public static final Column<EpochRow, Long> TEST_SYNAPTIC_OPERATIONS =
      Column.whole("test_synaptic_operations", row -> row.testWork().synapticOperations());
  public static final Column<EpochRow, Long> TEST_SPIKES =
      Column.whole("test_spikes", row -> row.testWork().spikes());

  /** A row a trial and epoch; the configuration and the data determine it. */
  public static final TableSchema<EpochRow> TABLE =
      TableSchema.<EpochRow>named("epochs")
          .with(TrialKey.all(EpochRow::key))
          .with(List.of(EPOCH))
          .with(List.of(MEASURES))
          .with(List.of(COMPLEXITY, TRAINING_SAMPLES))
          .with(List.of(MULTIPLY_ACCUMULATES, GRADED_MULTIPLY_ACCUMULATES))
          .with(List.of(SPIKING_PHASE_MULTIPLY_ACCUMULATES, SYNAPTIC_OPERATIONS, SPIKES))
          .with(List.of(TEST_MULTIPLY_ACCUMULATES, TEST_GRADED_MULTIPLY_ACCUMULATES))
          .with(List.of(TEST_SPIKING_PHASE_MULTIPLY_ACCUMULATES))
          .with(List.of(TEST_SYNAPTIC_OPERATIONS, TEST_SPIKES));
}
