package org.sparksbp.benchmark;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Writes synthetic raw files. */
@FunctionalInterface
public interface RawSource {

  /**
   * Writes raw files of a task.
   *
   * @param samples digits or recorded gestures
   * @param seed decides every byte
   */
  void generate(String task, Configuration hadoop, Path folder, int samples, long seed)
      throws IOException;
}
