package org.sparksbp.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparksbp.config.RunConfiguration;
import org.sparksbp.measure.ClassificationMeasure;
import org.sparksbp.shard.Manifest;
import org.sparksbp.shard.ShardEntry;
import org.sparksbp.sweep.plan.PlannedTrial;
import org.sparksbp.sweep.plan.SweepData;
import org.sparksbp.sweep.plan.SweepSettings;
import org.sparksbp.sweep.plan.TrialPlan;
import org.sparksbp.sweep.results.CompactedRecords;
import org.sparksbp.sweep.results.ResultsFolder;
import org.sparksbp.table.CsvLines;
import org.sparksbp.task.Split;
import org.sparksbp.training.ShardFixture;
import org.sparksbp.training.StartMode;
import org.sparksbp.training.TrainingFixture;

/** Small sweeps on made-up shards. */
public final class SweepFixture {

  private static final String BASE =
      """
      task = mnist, model = snn, rule = sbp, network.hidden = [4], seed = 1
      training { epochs = 3, batch = 5 }
      snn.duration = 1.0
      """;

  private SweepFixture() {}

  /** Writes a data set of three classes. */
  public static SweepData data(java.nio.file.Path folder, int train, int test) throws IOException {
    Configuration hadoop = new Configuration();
    Path place = new Path(folder.toUri());
    List<ShardEntry> shards =
        List.of(shard(hadoop, place, Split.TRAIN, train), shard(hadoop, place, Split.TEST, test));
    Manifest manifest = ShardFixture.manifest(hadoop, place, shards);
    return new SweepData(
        "mnist",
        place.toString(),
        manifest.fingerprint(),
        () -> ClassificationMeasure.ofSamples(TrainingFixture.CLASSES));
  }

  private static ShardEntry shard(Configuration hadoop, Path folder, Split split, int count)
      throws IOException {
    String name = split.lowerCaseName();
    return ShardFixture.shard(
        hadoop, folder, name + ".parquet", split, TrainingFixture.samples(name, count));
  }

  static RunConfiguration.Builder configuration(String... settings) {
    return RunConfiguration.builder().text("test", BASE + String.join("\n", settings));
  }

  /** Settings with more of them, which override the others. */
  static String[] with(String[] settings, String... more) {
    return Stream.concat(Stream.of(settings), Stream.of(more)).toArray(String[]::new);
  }

  /** The trials that settings come to. */
  public static List<PlannedTrial> plan(String... settings) {
    List<PlannedTrial> all = new java.util.ArrayList<>();
    planOf(settings).forEach(all::add);
    return all;
  }

  public static TrialPlan planOf(String... settings) {
    RunConfiguration.Builder base = configuration(settings);
    SweepSettings sweep = SweepSettings.of(base.build().config(), "test");
    return new TrialPlan(base, sweep, task -> "data", 1, UnaryOperator.identity());
  }

  static SweepJob job(
      JavaSparkContext spark, SweepData data, java.nio.file.Path results, String... settings) {
    return job(spark, data, results, new SweepListener() {}, settings);
  }

  static SweepJob job(
      JavaSparkContext spark,
      SweepData data,
      java.nio.file.Path results,
      SweepListener listener,
      String... settings) {
    return new SweepJob(
        spark, configuration(settings), "test", List.of(data), new Path(results.toUri()), listener);
  }

  public static SweepOutcome run(
      JavaSparkContext spark, SweepData data, java.nio.file.Path results, String... settings)
      throws IOException {
    return job(spark, data, results, settings).run(StartMode.NEW, 0);
  }

  public static JavaSparkContext spark() {
    return new JavaSparkContext(TrainingFixture.sparkConf("local[2]"));
  }

  /** The tables that no interruption may change, by file name, Parquet as text. */
  static SortedMap<String, String> tables(java.nio.file.Path sweep) {
    SortedMap<String, String> tables = new TreeMap<>();
    for (String name : List.of("trials", "epochs", "comparison")) {
      for (String kind : List.of(".csv", ".parquet")) {
        tables.put(name + kind, read(sweep.resolve(name + kind)));
      }
    }
    return tables;
  }

  static String read(java.nio.file.Path file) {
    try {
      return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rows of a table as maps from column to cell. */
  public static List<Map<String, String>> rows(java.nio.file.Path csv) {
    try (CSVParser parser =
        CSVParser.parse(
            csv,
            StandardCharsets.UTF_8,
            CsvLines.FORMAT.builder().setHeader().setSkipHeaderRecord(true).build())) {
      return parser.stream().map(CSVRecord::toMap).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Trials that have left a record of some kind in single files or in parts. */
  static long records(java.nio.file.Path results) throws IOException {
    ResultsFolder folder = new ResultsFolder(new Configuration(), new Path(results.toUri()));
    java.util.Set<String> trials = new java.util.HashSet<>();
    folder
        .recordFiles()
        .forEach(file -> trials.add(file.getName().substring(0, file.getName().indexOf('.'))));
    CompactedRecords compacted = new CompactedRecords(folder);
    for (Path part : compacted.files()) {
      compacted.summaries(part, (id, summary) -> trials.add(id));
    }
    return trials.size();
  }

  static long files(java.nio.file.Path folder, String suffix) throws IOException {
    if (!Files.exists(folder)) {
      return 0;
    }
    try (Stream<java.nio.file.Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(suffix)).count();
    }
  }
}
