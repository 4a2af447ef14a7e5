package org.sparksbp.cli;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.config.InvalidConfigurationException;
import org.sparksbp.report.ReportJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sbp report}. */
@Command(
    name = "report",
    description =
        "Writes an HTML page with the tables, statistics and figures of all sweeps in a folder,"
            + " and beside it the figures as PNG and SVG and the numbers as CSV.",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  sbp report --results results --output report",
      "  sbp report --results results --output report --watch 30"
    })
final class ReportCommand implements Callable<Integer> {

  @Mixin ResultsOption results;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      required = true,
      description = "Folder of the report; files of an earlier one are replaced.")
  String output;

  @Option(
      names = "--sweep",
      paramLabel = "NAME",
      split = ",",
      description = "On these sweeps alone, by commas.")
  Set<String> sweeps = new LinkedHashSet<>();

  @Option(
      names = "--watch",
      arity = "0..1",
      paramLabel = "SECONDS",
      fallbackValue = "60",
      description =
          "Write it again whenever a sweep has written its tables, looking this often (default:"
              + " ${FALLBACK-VALUE} s), until all sweeps have finished or Ctrl-C.")
  Integer watch;

  @Mixin CommonOptions common;

  @Override
  public Integer call() throws Exception {
    if (watch != null && watch < 1) {
      throw new InvalidConfigurationException("Invalid --watch " + watch + ": it is less than 1");
    }
    Configuration hadoop = Locations.hadoop(common);
    Path place = Locations.output(hadoop, "--output", output);
    ReportJob job = new ReportJob(hadoop, sweeps);
    Path folder = results.folder(hadoop);
    try (OutputLease lease = OutputLease.of(hadoop, place, common)) {
      if (watch == null) {
        tell(job.write(folder, place));
        return ExitCode.DONE.number();
      }
      return watch(job, folder, place);
    }
  }

  private int watch(ReportJob job, Path folder, Path place) throws Exception {
    CountDownLatch stop = new CountDownLatch(1);
    SortedMap<String, Long> last = new TreeMap<>();
    if (job.written(folder).isEmpty()) {
      common.tell("Waiting for the tables of a sweep in " + results.written + " ...");
    }
    try (StopSignals signals = StopSignals.handledBy(stop::countDown)) {
      do {
        SortedMap<String, Long> written = job.written(folder);
        if (written.equals(last)) {
          continue;
        }
        ReportJob.Outcome outcome = job.write(folder, place, watch);
        tell(outcome);
        if (outcome.unfinished().isEmpty()) {
          return ExitCode.DONE.number();
        }
        last = written;
      } while (!stop.await(watch, TimeUnit.SECONDS));
      return signals.exitCode();
    }
  }

  private void tell(ReportJob.Outcome outcome) {
    String page = Locations.shown(outcome.page());
    common
        .out()
        .printf(
            Locale.ROOT,
            "%d sweeps, %d trials, %d of them failed, %d figures%n",
            outcome.sweeps(),
            outcome.trials(),
            outcome.failed(),
            outcome.figures());
    common.out().println("report: " + page);
    new ResultLine("report")
        .with("sweeps", outcome.sweeps())
        .with("unfinished", outcome.unfinished())
        .with("trials", outcome.trials())
        .with("failed", outcome.failed())
        .with("figures", outcome.figures())
        .with("page", page)
        .print(common);
  }
}
