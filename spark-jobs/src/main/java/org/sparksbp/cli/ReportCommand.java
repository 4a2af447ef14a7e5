package org.sparksbp.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.report.ReportJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sbp report}. */
@Command(
    name = "report",
    description =
        "Writes an HTML page with the tables, statistics and figures of all sweeps in a folder,"
            + " and beside it the figures as PNG and the numbers as CSV.",
    sortOptions = false,
    footer = {"", "Examples:", "  sbp report --results results --output report"})
final class ReportCommand implements Callable<Integer> {

  @Mixin ResultsOption results;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      required = true,
      description = "Folder of the report; files of an earlier one are replaced.")
  String output;

  @Mixin CommonOptions common;

  @Override
  public Integer call() throws Exception {
    Configuration hadoop = Locations.hadoop(common);
    Path place = Locations.output(hadoop, "--output", output);
    ReportJob.Outcome outcome;
    try (OutputLease lease = OutputLease.of(hadoop, place, common)) {
      outcome = new ReportJob(hadoop).write(results.folder(hadoop), place);
    }
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
        .with("trials", outcome.trials())
        .with("failed", outcome.failed())
        .with("figures", outcome.figures())
        .with("page", page)
        .print(common);
    return ExitCode.DONE.number();
  }
}
