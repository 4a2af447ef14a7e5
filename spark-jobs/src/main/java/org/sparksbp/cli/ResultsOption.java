package org.sparksbp.cli;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Option;

/** The results of commands that take those of sweeps. */
final class ResultsOption {

  @Option(
      names = "--results",
      paramLabel = "DIR",
      required = true,
      description = "Folder that 'sbp sweep --output' was given.")
  String written;

  Path folder(Configuration hadoop) throws IOException {
    return Locations.place(hadoop, written);
  }
}
