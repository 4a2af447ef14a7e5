package org.sparksbp.cli;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.fetch.DataFetch;
import org.sparksbp.fetch.FetchProgress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sbp fetch}. */
@Command(
    name = "fetch",
    description = "Downloads a task's public raw files, goes on where it was cut off, checks sums.",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  sbp fetch mnist --to raw/mnist",
      "  sbp fetch fashion-mnist --to raw/fashion",
      "  sbp fetch nettalk --to raw/nettalk"
    })
final class FetchCommand implements Callable<Integer> {

  @Mixin RawDataOptions raw;

  @Mixin CommonOptions common;
  @Spec CommandSpec command;

  @Override
  public Integer call() throws Exception {
    if (raw.task.source().files().isEmpty()) {
      throw new ParameterException(
          command.commandLine(),
          "Cannot fetch " + raw.task.name() + ": " + raw.task.source().byHand());
    }
    Configuration hadoop = Locations.hadoop(common);
    Path place = Locations.output(hadoop, "--to", raw.folder);
    List<Path> files;
    try (OutputLease lease = OutputLease.of(hadoop, place, common);
        Progress progress = common.progress("bytes")) {
      files = new DataFetch(hadoop, raw.task.source(), shownBy(progress)).to(place);
    }
    files.forEach(file -> common.out().println(Locations.shown(file)));
    common
        .out()
        .printf(
            Locale.ROOT,
            "%d raw files of %s: %s%n",
            files.size(),
            raw.task.name(),
            Locations.shown(place));
    new ResultLine("fetch")
        .with("task", raw.task.name())
        .with("output", Locations.shown(place))
        .with("files", files.size())
        .print(common);
    return ExitCode.DONE.number();
  }

  private FetchProgress shownBy(Progress progress) {
    return new FetchProgress() {
      @Override
      public void bytes(String file, long done, long total) {
        progress.at(file, done, total, "");
      }

      @Override
      public void note(String message) {
        progress.close();
        common.tell(message);
      }
    };
  }
}
