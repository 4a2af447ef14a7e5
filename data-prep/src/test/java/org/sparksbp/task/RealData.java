package org.sparksbp.task;

import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Assumptions;

/** The folder of real data sets, where the environment names one. */
public final class RealData {

  private RealData() {}

  /** A path below it; skips the test where there is none. */
  public static Path path(String below) {
    String root = System.getenv("SBP_DATA");
    Assumptions.assumeTrue(root != null && !root.isEmpty(), "SBP_DATA is not set");
    return below.isEmpty() ? new Path(root) : new Path(root, below);
  }
}
