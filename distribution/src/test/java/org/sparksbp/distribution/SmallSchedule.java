package org.sparksbp.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A small sweep on made-up data with a store of its own, for schedules that are run for real. */
final class SmallSchedule {

  static final Path HOME = Path.of("target/spark-sbp").toAbsolutePath();

  /** As Airflow names the run of an interval. */
  static final String RUN_ID = "scheduled__2026-11-30T00:00:00+00:00";

  static final int TRIALS = 10;

  private static final int MINUTES = 4;

  private static final String SWEEP =
      """
      task = nettalk, model = snn, network.hidden = [6], compute.device = cpu
      training { epochs = 2, batch = 20 }
      sweep {
        arms { without { rule = symmetric-stdp }, with { rule = sbp } }
        seeds = [1, 2, 3, 4, 5]
      }
      """;

  private static Undisturbed undisturbed;

  private final Path folder;
  private final Path sweep;

  SmallSchedule(Path folder) throws IOException {
    this.folder = folder;
    this.sweep = Files.writeString(folder.resolve("small.conf"), SWEEP);
  }

  Path store() {
    return folder.resolve("store");
  }

  Path sweep() {
    return sweep;
  }

  /** What the schedules are set up by. */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("SBP_HOME", HOME.toString());
    settings.put("SBP_STORE", store().toString());
    settings.put("SBP_SWEEPS", "nettalk=" + sweep);
    settings.put("SBP_RAW", "generate");
    settings.put("SBP_SAMPLES", "100");
    settings.put("SPARK_LOCAL_IP", "127.0.0.1");
    // Processes that end so soon are not worth compiling well.
    settings.put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");
    return settings;
  }

  /** Starts a process; what it says goes to the log. */
  Process start(List<String> command, Map<String, String> more) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(folder.toFile()).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    builder.environment().remove("SPARK_HOME");
    builder.environment().putAll(settings());
    builder.environment().putAll(more);
    return builder.start();
  }

  Path log() {
    return folder.resolve("processes.log");
  }

  String said() throws IOException {
    return Files.exists(log()) ? Files.readString(log()) : "";
  }

  /** Waits for the end of a process, which is killed if there is none. */
  int ended(Process process) throws IOException, InterruptedException {
    try {
      assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as("no end: %s", said()).isTrue();
      return process.exitValue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** Waits until a trial has ended, and returns the sweeping process among the started ones. */
  ProcessHandle sweeping(Process started) throws IOException, InterruptedException {
    while (started.isAlive() && trials() == 0) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    ProcessHandle found =
        Stream.concat(Stream.of(started.toHandle()), started.descendants())
            .filter(SmallSchedule::isSweeping)
            .findFirst()
            .orElseThrow(() -> new AssertionError("nothing sweeps"));
    return found;
  }

  private static boolean isSweeping(ProcessHandle process) {
    try {
      String line = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
      return line.contains("org.sparksbp.cli.Sbp") && line.contains("\0sweep\0");
    } catch (IOException e) {
      return false; // it has ended
    }
  }

  /** Trials that have ended, of all intervals. */
  long trials() throws IOException {
    Path results = store().resolve("results");
    if (!Files.exists(results)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(results)) {
      return files
          .filter(file -> file.toString().contains("/trials/"))
          .filter(file -> file.getFileName().toString().matches("[0-9a-f]+\\.json"))
          .count();
    } catch (UncheckedIOException e) {
      return 0; // a file was renamed while the folder was read
    }
  }

  /** The folders of results, an interval each. */
  List<String> intervals() throws IOException {
    return names(store().resolve("results"));
  }

  /** The tables of an interval that no interruption may change, by file name. */
  SortedMap<String, String> tables(String interval) throws IOException {
    SortedMap<String, String> tables = new TreeMap<>();
    Path results = store().resolve("results").resolve(interval).resolve("small");
    for (String name : List.of("trials", "epochs", "comparison")) {
      for (String kind : List.of(".csv", ".parquet")) {
        byte[] content = Files.readAllBytes(results.resolve(name + kind));
        tables.put(name + kind, new String(content, StandardCharsets.ISO_8859_1));
      }
    }
    assertThat(store().resolve("reports").resolve(interval).resolve("report.html")).exists();
    return tables;
  }

  /**
   * A pass that nothing has disturbed, by the crontab's line; made once for all tests.
   *
   * @param exitCode of the line
   * @param said what cron would send by mail
   * @param intervals folders of results
   * @param logs names of the log files
   * @param tables of the first of these
   */
  record Undisturbed(
      int exitCode,
      String said,
      List<String> intervals,
      List<String> logs,
      SortedMap<String, String> tables) {}

  static synchronized Undisturbed undisturbed() throws IOException, InterruptedException {
    if (undisturbed == null) {
      Path folder = Files.createTempDirectory("spark-sbp-undisturbed");
      try {
        undisturbed = new SmallSchedule(folder).byCron();
      } finally {
        try (Stream<Path> files = Files.walk(folder)) {
          files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
      }
    }
    return undisturbed;
  }

  private Undisturbed byCron() throws IOException, InterruptedException {
    StringBuilder text = new StringBuilder();
    settings().forEach((name, value) -> text.append(name + "='" + value + "'\n"));
    Path logs = folder.resolve("logs");
    text.append("SBP_OPTIONS='--master local[2]'\nSBP_LOGS='" + logs + "'\n");
    text.append("JAVA_HOME='" + System.getProperty("java.home") + "'\n");
    Path settings = Files.writeString(folder.resolve("cron.conf"), text.toString());
    Process line =
        start(CronLine.withEnvironmentOfCron(folder, "--settings " + settings), Map.of());
    int code = ended(line);
    List<String> intervals = intervals();
    return new Undisturbed(code, said(), intervals, names(logs), tables(intervals.get(0)));
  }

  private static List<String> names(Path within) throws IOException {
    try (Stream<Path> entries = Files.list(within)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }
}
