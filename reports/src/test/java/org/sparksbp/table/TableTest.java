package org.sparksbp.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.learner.Work;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.table.TableReader.StoredRow;

class TableTest {

  private static final Configuration HADOOP = new Configuration();
  private static final TrialKey KEY = new TrialKey(7, "ab12", 3, "with, \"it\"", 5, "mnist", "snn");

  @TempDir private Path folder;

  private static TableSchema<TrialRow> trials() {
    Map<String, ColumnType<?>> keys = new LinkedHashMap<>();
    keys.put("rule", ColumnType.TEXT);
    keys.put("snn.alpha", ColumnType.TEXT);
    keys.put("snn.beta", ColumnType.NUMBER);
    return TrialRow.TABLE
        .filled(TrialRow.VARIED, keys)
        .filled(TrialRow.LAST_MEASURES, List.of("test_error"), ColumnType.NUMBER)
        .filled(TrialRow.PRODUCTS_TO_ACCURACY, List.of("0.9", "0.99"), ColumnType.WHOLE)
        .filled(TrialRow.EPOCHS_TO_ACCURACY, List.of("0.9", "0.99"), ColumnType.WHOLE);
  }

  private static TrialRow row() {
    return new TrialRow(
        KEY,
        new VariedValues(Map.of("rule", "sbp"), Map.of("snn.beta", 0.25)),
        "data",
        "1",
        "done",
        null,
        4,
        "validation",
        0.25,
        Double.NaN,
        null,
        Map.of("test_error", 0.125),
        108000,
        new Work(1L << 40, 1L << 38, Work.UNKNOWN, 2, 3),
        Map.of("0.9", 1L << 39),
        0.5,
        Double.POSITIVE_INFINITY,
        Map.of("0.9", 3L));
  }

  private <R> void write(TableSchema<R> schema, List<R> rows) throws IOException {
    Path csv = folder.resolve(schema.name() + ".csv");
    Path parquet = folder.resolve(schema.name() + ".parquet");
    try (TableWriter<R> writer =
        new TableWriter<>(
            schema,
            Files.newOutputStream(csv),
            HadoopOutputFile.fromPath(new org.apache.hadoop.fs.Path(parquet.toUri()), HADOOP))) {
      for (R row : rows) {
        writer.write(row);
      }
    }
  }

  private <R> void read(TableSchema<R> schema, Consumer<StoredRow<R>> use) throws IOException {
    new TableReader<>(HADOOP, schema).read(new org.apache.hadoop.fs.Path(folder.toUri()), use);
  }

  @Test
  void csvHasTheColumnsInTheirOrderAndNothingWhereUnknown() throws IOException {
    write(trials(), List.of(row()));

    assertThat(Files.readString(folder.resolve("trials.csv")))
        .isEqualTo(
            "number,trial,point,arm,seed,task,model,rule,snn.alpha,snn.beta,data,software_version,"
                + "status,reason,epochs,selected_on,test_error_at_best,best_error,best_epoch,"
                + "last_test_error,complexity_per_epoch,multiply_accumulates,"
                + "multiply_accumulates_to_accuracy_0.9,multiply_accumulates_to_accuracy_0.99,"
                + "graded_multiply_accumulates,spiking_phase_multiply_accumulates,"
                + "synaptic_operations,spikes,energy_of_products_joules,energy_driven_by_spikes_joules,"
                + "epochs_to_accuracy_0.9,epochs_to_accuracy_0.99\n"
                + "7,ab12,3,\"with, \"\"it\"\"\",5,mnist,snn,sbp,,0.25,data,1,done,,4,validation,0.25,,,0.125,"
                + "108000.0,1099511627776,549755813888,,274877906944,,2,3,0.5,,3,\n");
  }

  @Test
  void readerFindsTheGroupsOfTheFile() throws IOException {
    write(trials(), List.of(row(), row()));

    List<StoredRow<TrialRow>> rows = new ArrayList<>();
    read(TrialRow.TABLE, rows::add);

    assertThat(rows).hasSize(2);
    StoredRow<TrialRow> read = rows.get(0);
    assertThat(read.get(TrialKey.NUMBER)).isEqualTo(7);
    assertThat(read.text(TrialKey.ARM)).isEqualTo(KEY.arm());
    assertThat(read.get(TrialRow.VARIED))
        .isEqualTo(Map.<String, Object>of("rule", "sbp", "snn.beta", 0.25));
    assertThat(read.get(TrialRow.EPOCHS_TO_ACCURACY)).isEqualTo(Map.<String, Object>of("0.9", 3L));
    assertThat(read.number(TrialRow.LAST_MEASURES, "test_error")).isEqualTo(0.125);
    assertThat(read.number(TrialRow.LAST_MEASURES, "train_error")).isNaN();
    assertThat(read.number(TrialRow.MULTIPLY_ACCUMULATES)).isEqualTo(0x1p40);
    assertThat(read.get(TrialRow.REASON)).isNull();
    assertThat(read.text(TrialRow.REASON)).isEmpty();
    assertThat(read.number(TrialRow.BEST_ERROR)).isNaN();
    assertThat(read.get(TrialRow.BEST_EPOCH)).isNull();
  }

  @Test
  void columnsOfOtherVersionsAreUnknownOrPassedOver() throws IOException {
    Column<TrialKey, String> later = Column.text("added_later", TrialKey::task);
    write(
        TableSchema.<TrialKey>named("trials").with(List.of(TrialKey.NUMBER, TrialKey.MODEL, later)),
        List.of(KEY));

    read(
        TrialRow.TABLE,
        row -> {
          assertThat(row.get(TrialKey.NUMBER)).isEqualTo(7);
          assertThat(row.text(TrialKey.TRIAL)).isEmpty();
          assertThat(row.number(TrialRow.COMPLEXITY)).isNaN();
          assertThat(row.get(TrialRow.LAST_MEASURES)).isEmpty();
        });
  }

  @Test
  void columnOfAnotherTypeIsNamed() throws IOException {
    Column<TrialKey, String> point = Column.text("point", TrialKey::arm);
    write(TableSchema.<TrialKey>named("trials").with(List.of(point)), List.of(KEY));

    assertThatThrownBy(() -> read(TrialRow.TABLE, row -> {}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("trials.parquet: column point is not of type INT64");
  }

  @Test
  void schemaRefusesGroupsThatCouldNotBeFoundAndTablesThatAreNotFilled() {
    assertThatThrownBy(
            () -> TableSchema.<TrialRow>named("trials").with(List.of(TrialRow.LAST_MEASURES)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("last_MEASURE is not behind a fixed column");
    assertThatThrownBy(TrialRow.TABLE::columns)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("KEY are not filled in");
    assertThatThrownBy(
            () ->
                TrialRow.TABLE.filled(TrialRow.EPOCHS_TO_ACCURACY, List.of("0.9"), ColumnType.TEXT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("epochs_to_accuracy_0.9");
  }

  @Test
  void cellsAreQuotedOnlyWhereTheyWouldBeReadOtherwise() {
    assertThat(CsvLines.line(Arrays.asList("", "#", " a ", null, "b,c", "\"", "d\ne", 1.0)))
        .isEqualTo(",#, a ,,\"b,c\",\"\"\"\",\"d\ne\",1.0\n");
  }
}
