package org.sparksbp.cli;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Option;

/** The trained model of commands that take one. */
final class ModelOption {

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Folder of a model, as 'sbp train' leaves it.")
  String written;

  Path folder(Configuration hadoop) throws IOException {
    return Locations.place(hadoop, written);
  }
}
