package org.sparksbp.cli;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Where raw files come from, by task. */
final class RawData {

  private RawData() {}

  /** Downloads the public raw files and returns their places. */
  static List<Path> fetch(String task, Configuration hadoop, Path folder, Progress progress)
      throws IOException {
    throw new UnsupportedOperationException("Cannot fetch " + task + ": not written yet");
  }
}
