package org.sparksbp.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparksbp.report.SweepResults.DataSet;
import org.sparksbp.report.TrialResult.Spent;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.table.EpochRow;
import org.sparksbp.table.SweepDescription;
import org.sparksbp.table.TableReader;
import org.sparksbp.table.TableReader.StoredRow;
import org.sparksbp.table.TrialKey;
import org.sparksbp.table.TrialRow;
import org.sparksbp.table.TrialTimesRow;

/** Reads the tables of all sweeps in a results folder. */
final class ResultsReader {

  private static final String TABLE = "trials.parquet";

  private final Configuration hadoop;
  private final Set<String> only;

  /** Reads all sweeps. */
  ResultsReader(Configuration hadoop) {
    this(hadoop, Set.of());
  }

  /**
   * Reads some sweeps.
   *
   * @param only their names; empty for all
   */
  ResultsReader(Configuration hadoop, Set<String> only) {
    this.hadoop = hadoop;
    this.only = Set.copyOf(only);
  }

  /**
   * Reads the sweeps, ordered by name.
   *
   * @throws InvalidInputException if there are none, one that was named is not there, or a file is
   *     damaged
   */
  List<SweepResults> read(Path results) throws IOException {
    FileSystem files = results.getFileSystem(hadoop);
    List<SweepResults> sweeps = new ArrayList<>();
    Set<String> missing = new TreeSet<>(only);
    for (Path folder : folders(files, results)) {
      missing.remove(folder.getName());
      sweeps.add(sweep(folder));
    }
    if (!missing.isEmpty()) {
      throw new InvalidInputException(
          "Cannot report on "
              + results
              + ": it holds no tables of the sweep "
              + String.join(" and ", missing));
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

  /** Folders of the sweeps that have tables, by name. */
  private List<Path> folders(FileSystem files, Path results) throws IOException {
    List<Path> folders = new ArrayList<>();
    if (files.exists(results)) {
      for (FileStatus found : files.listStatus(results)) {
        Path folder = found.getPath();
        if (found.isDirectory()
            && (only.isEmpty() || only.contains(folder.getName()))
            && files.exists(new Path(folder, SweepDescription.FILE))
            && files.exists(new Path(folder, TABLE))) {
          folders.add(folder);
        }
      }
    }
    folders.sort(null);
    return folders;
  }

  /** When the sweeps' tables were written, ms since 1970, by sweep. */
  SortedMap<String, Long> written(Path results) throws IOException {
    FileSystem files = results.getFileSystem(hadoop);
    SortedMap<String, Long> written = new TreeMap<>();
    for (Path folder : folders(files, results)) {
      long table = files.getFileStatus(new Path(folder, TABLE)).getModificationTime();
      Path description = new Path(folder, SweepDescription.FILE);
      long described = files.getFileStatus(description).getModificationTime();
      written.put(folder.getName(), Math.max(table, described));
    }
    return written;
  }

  private SweepResults sweep(Path folder) throws IOException {
    SweepDescription about = SweepDescription.find(hadoop, folder).orElseThrow();
    return new SweepResults(
        folder.getName(),
        about.finished(),
        about.softwareVersion(),
        about.commands(),
        about.configuration(),
        about.changed(),
        data(about),
        trials(folder, about.finished()));
  }

  private static List<DataSet> data(SweepDescription about) {
    if (about.dataSets().isEmpty()) {
      return Arrays.stream(about.data().split(" ", -1))
          .map(fingerprint -> new DataSet("", fingerprint, "not recorded", "", -1, -1))
          .toList();
    }
    return about.dataSets().stream()
        .map(
            set ->
                new DataSet(
                    set.task(),
                    set.fingerprint(),
                    set.synthetic() ? "synthetic" : "real",
                    set.encoder(),
                    set.trainingSamples(),
                    set.testSamples()))
        .toList();
  }

  /** What a trial has taken. */
  private record Seconds(double wall, double cpu) {
    static final Seconds UNKNOWN = new Seconds(Double.NaN, Double.NaN);

    static Seconds of(StoredRow<TrialTimesRow> row) {
      double cpu = row.number(TrialTimesRow.CPU_SECONDS);
      return new Seconds(row.number(TrialTimesRow.WALL_SECONDS), cpu == 0 ? Double.NaN : cpu);
    }
  }

  /**
   * The trials; of a sweep that writes its tables just now those that all of its tables tell of.
   */
  private List<TrialResult> trials(Path folder, boolean finished) throws IOException {
    Map<Long, Curve> curves = curves(folder);
    Map<Long, Seconds> seconds = new HashMap<>();
    new TableReader<>(hadoop, TrialTimesRow.TABLE)
        .read(folder, row -> seconds.put(row.get(TrialKey.NUMBER), Seconds.of(row)));
    List<TrialResult> trials = new ArrayList<>();
    List<String> torn = new ArrayList<>();
    new TableReader<>(hadoop, TrialRow.TABLE)
        .read(
            folder,
            row -> {
              long number = row.get(TrialKey.NUMBER);
              Curve curve = curves.getOrDefault(number, Curve.EMPTY);
              if (curve.errors.length == row.get(TrialRow.EPOCHS)) {
                trials.add(trial(row, curve, seconds.getOrDefault(number, Seconds.UNKNOWN)));
              } else {
                torn.add(row.text(TrialKey.TRIAL));
              }
            });
    if (finished && !torn.isEmpty()) {
      throw new InvalidInputException(
          "Cannot report on "
              + folder
              + ": its tables trials and epochs do not have the same epochs of trial "
              + torn.get(0)
              + "; give the command that is in sweep.json again to write them anew");
    }
    return trials;
  }

  /** Errors after each epoch, and their standard errors. */
  private record Curve(double[] errors, double[] standardErrors) {
    static final Curve EMPTY = new Curve(new double[0], new double[0]);

    /** Rows of a trial come in the order of its epochs, from 1. */
    Curve with(int epoch, double error, double standardError) {
      double[] longer = Arrays.copyOf(errors, epoch);
      longer[epoch - 1] = error;
      double[] ofThem = Arrays.copyOf(standardErrors, epoch);
      ofThem[epoch - 1] = standardError;
      return new Curve(longer, ofThem);
    }
  }

  /** Curves by trial number: all that is kept of the largest table. */
  private Map<Long, Curve> curves(Path folder) throws IOException {
    Map<Long, Curve> curves = new HashMap<>();
    new TableReader<>(hadoop, EpochRow.TABLE)
        .read(
            folder,
            row -> {
              String samples =
                  EpochRow.SAMPLES.stream()
                      .filter(of -> !Double.isNaN(row.number(EpochRow.MEASURES, of + "_error")))
                      .findFirst()
                      .orElse("");
              long number = row.get(TrialKey.NUMBER);
              curves.put(
                  number,
                  curves
                      .getOrDefault(number, Curve.EMPTY)
                      .with(
                          Math.toIntExact(row.get(EpochRow.EPOCH)),
                          row.number(EpochRow.MEASURES, samples + "_error"),
                          row.number(EpochRow.MEASURES, samples + "_standard-error")));
            });
    return curves;
  }

  /** Before the tables told of it, all was chosen on test samples. */
  private static String selectedOn(StoredRow<TrialRow> row, double[] errors) {
    String told = row.text(TrialRow.SELECTED_ON);
    return told.isEmpty() && errors.length > 0 ? "test" : told;
  }

  private static TrialResult trial(StoredRow<TrialRow> row, Curve curve, Seconds seconds) {
    Long best = row.get(TrialRow.BEST_EPOCH);
    return new TrialResult(
        row.text(TrialKey.TRIAL),
        row.get(TrialKey.POINT),
        row.text(TrialKey.ARM),
        row.get(TrialKey.SEED),
        row.text(TrialKey.TASK),
        row.text(TrialKey.MODEL),
        parameters(row),
        row.text(TrialRow.STATUS),
        row.text(TrialRow.REASON),
        row.number(TrialRow.COMPLEXITY),
        curve.errors(),
        curve.standardErrors(),
        selectedOn(row, curve.errors()),
        row.number(TrialRow.BEST_ERROR),
        best == null ? 0 : Math.toIntExact(best),
        new Spent(
            row.number(TrialRow.MULTIPLY_ACCUMULATES),
            row.number(TrialRow.GRADED_MULTIPLY_ACCUMULATES),
            row.number(TrialRow.SPIKING_PHASE_MULTIPLY_ACCUMULATES),
            row.number(TrialRow.SYNAPTIC_OPERATIONS),
            row.number(TrialRow.ENERGY_OF_PRODUCTS),
            row.number(TrialRow.ENERGY_DRIVEN_BY_SPIKES),
            seconds.wall(),
            seconds.cpu()));
  }

  /** Values of the varied keys as they are written in a configuration. */
  private static SortedMap<String, String> parameters(StoredRow<TrialRow> row) {
    SortedMap<String, String> parameters = new TreeMap<>();
    row.get(TrialRow.VARIED)
        .forEach(
            (key, value) ->
                parameters.put(
                    key,
                    value instanceof Double number
                        ? NumberFormatting.plain(number)
                        : value.toString()));
    return parameters;
  }
}
