package org.sparksbp.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.sparksbp.report.SweepResults.DataSet;
import org.sparksbp.report.TrialResult.Spent;
import org.sparksbp.storage.InvalidInputException;

/** Reads the tables of all sweeps in a results folder. */
final class ResultsReader {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Configuration hadoop;

  ResultsReader(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /**
   * Reads the sweeps, ordered by name.
   *
   * @throws InvalidInputException if there are none or a file is damaged
   */
  List<SweepResults> read(Path results) throws IOException {
    FileSystem files = results.getFileSystem(hadoop);
    List<SweepResults> sweeps = new ArrayList<>();
    if (files.exists(results)) {
      FileStatus[] found = files.listStatus(results);
      Arrays.sort(found);
      for (FileStatus folder : found) {
        Path trials = new Path(folder.getPath(), "trials.parquet");
        if (folder.isDirectory()
            && files.exists(new Path(folder.getPath(), "sweep.json"))
            && files.exists(trials)) {
          sweeps.add(sweep(files, folder.getPath()));
        }
      }
    }
    if (sweeps.isEmpty()) {
      throw new InvalidInputException(
          "Cannot report on "
              + results
              + ": it holds no sweep with tables (NAME/sweep.json, NAME/trials.parquet); give the"
              + " folder that 'sbp sweep --output' was given");
    }
    return sweeps;
  }

  private SweepResults sweep(FileSystem files, Path folder) throws IOException {
    JsonNode about = json(files, new Path(folder, "sweep.json"));
    SortedMap<String, String> configuration = new TreeMap<>();
    about
        .path("configuration")
        .fields()
        .forEachRemaining(entry -> configuration.put(entry.getKey(), entry.getValue().asText()));
    return new SweepResults(
        folder.getName(),
        about.path("finished").asBoolean(),
        about.path("softwareVersion").asText(),
        commands(about),
        configuration,
        data(about),
        trials(folder));
  }

  private static List<String> commands(JsonNode about) {
    List<String> commands = new ArrayList<>();
    about.path("commands").forEach(command -> commands.add(command.asText()));
    return commands;
  }

  private static JsonNode json(FileSystem files, Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      return JSON.readTree(in);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          "Cannot read " + file + ": line " + e.getLocation().getLineNr() + " is no JSON", e);
    }
  }

  private static List<DataSet> data(JsonNode about) {
    List<DataSet> data = new ArrayList<>();
    for (JsonNode set : about.path("dataSets")) {
      data.add(
          new DataSet(
              set.path("task").asText(),
              set.path("fingerprint").asText(),
              set.path("synthetic").asBoolean() ? "synthetic" : "real",
              set.path("encoder").asText(),
              set.path("trainingSamples").asLong(),
              set.path("testSamples").asLong()));
    }
    if (data.isEmpty()) {
      for (String fingerprint : about.path("data").asText().split(" ")) {
        data.add(new DataSet("", fingerprint, "not recorded", "", -1, -1));
      }
    }
    return data;
  }

  private List<TrialResult> trials(Path folder) throws IOException {
    Map<Long, double[]> curves = curves(new Path(folder, "epochs.parquet"));
    Map<Long, Double> seconds = new HashMap<>();
    rows(
        new Path(folder, "trial-times.parquet"),
        row -> seconds.put(row.getLong("number", 0), number(row, "wall_seconds")));
    List<TrialResult> trials = new ArrayList<>();
    rows(
        new Path(folder, "trials.parquet"),
        row -> {
          long number = row.getLong("number", 0);
          trials.add(
              trial(
                  row,
                  curves.getOrDefault(number, new double[0]),
                  seconds.getOrDefault(number, Double.NaN)));
        });
    return trials;
  }

  /** Errors after each epoch by trial number: all that is kept of the largest table. */
  private Map<Long, double[]> curves(Path table) throws IOException {
    Map<Long, double[]> curves = new HashMap<>();
    rows(
        table,
        row -> {
          double error = number(row, "test_error");
          double known = Double.isNaN(error) ? number(row, "train_error") : error;
          int epoch = Math.toIntExact(row.getLong("epoch", 0));
          curves.merge(
              row.getLong("number", 0),
              new double[] {known},
              (curve, one) -> extended(curve, epoch, known));
        });
    return curves;
  }

  /** Rows of a trial come in the order of its epochs, from 1. */
  private static double[] extended(double[] curve, int epoch, double error) {
    double[] longer = Arrays.copyOf(curve, epoch);
    longer[epoch - 1] = error;
    return longer;
  }

  private static TrialResult trial(Group row, double[] errors, double wallSeconds) {
    return new TrialResult(
        text(row, "trial"),
        row.getLong("point", 0),
        text(row, "arm"),
        row.getLong("seed", 0),
        text(row, "task"),
        text(row, "model"),
        parameters(row),
        text(row, "status"),
        text(row, "reason"),
        number(row, "complexity_per_epoch"),
        errors,
        new Spent(
            number(row, "multiply_accumulates"),
            number(row, "synaptic_operations"),
            number(row, "energy_of_products_joules"),
            number(row, "energy_of_spikes_joules"),
            wallSeconds));
  }

  /** The columns between {@code model} and {@code data}. */
  private static SortedMap<String, String> parameters(Group row) {
    SortedMap<String, String> parameters = new TreeMap<>();
    boolean within = false;
    for (Type column : row.getType().getFields()) {
      if (column.getName().equals("data")) {
        break;
      }
      if (within && row.getFieldRepetitionCount(column.getName()) > 0) {
        boolean number =
            column.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.DOUBLE;
        parameters.put(
            column.getName(),
            number
                ? Numbers.plain(row.getDouble(column.getName(), 0))
                : text(row, column.getName()));
      }
      within |= column.getName().equals("model");
    }
    return parameters;
  }

  private static String text(Group row, String column) {
    return row.getFieldRepetitionCount(column) == 0 ? "" : row.getString(column, 0);
  }

  private static double number(Group row, String column) {
    if (!row.getType().containsField(column) || row.getFieldRepetitionCount(column) == 0) {
      return Double.NaN;
    }
    PrimitiveTypeName kind = row.getType().getType(column).asPrimitiveType().getPrimitiveTypeName();
    return kind == PrimitiveTypeName.INT64 ? row.getLong(column, 0) : row.getDouble(column, 0);
  }

  /** Reads row by row, so that no table is held whole. */
  private void rows(Path table, Consumer<Group> use) throws IOException {
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), table).withConf(hadoop).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        use.accept(row);
      }
    }
  }
}
