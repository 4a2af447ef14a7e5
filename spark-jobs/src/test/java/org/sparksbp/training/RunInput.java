package org.sparksbp.training;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Reads what a run has noted of itself, for tests of other packages. */
public final class RunInput {

  private RunInput() {}

  /** Reads a folder's {@code run.json}. */
  public static void read(Configuration hadoop, Path folder) throws IOException {
    var unused = RunFolder.recordedWorkers(hadoop, folder);
  }
}
