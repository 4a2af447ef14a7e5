package org.sparksbp.cli;

import picocli.CommandLine.Option;

/** The data set whose raw files a command puts somewhere, and where. */
final class RawDataOptions extends TaskArgument {

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the raw files.")
  String folder;
}
