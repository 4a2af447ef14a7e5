package org.sparksbp.synthetic;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Writes made-up raw files of a task. */
public final class SyntheticData {

  private static final List<String> TASKS = List.of("mnist", "nettalk", "dvsgesture");

  private SyntheticData() {}

  /**
   * Writes the raw files and the marker; files of the same names are replaced.
   *
   * @param task {@code mnist}, {@code nettalk} or {@code dvsgesture}
   * @param directory on any Hadoop file system
   * @param samples {@code mnist}: images, of which a seventh are for test; {@code nettalk}: words;
   *     {@code dvsgesture}: clips, rounded up to whole recordings of eleven, two at least
   * @param seed decides every byte
   * @throws IllegalArgumentException if there is no such task or samples are too few
   */
  public static void generate(
      Configuration hadoop, String task, Path directory, int samples, long seed)
      throws IOException {
    if (!TASKS.contains(task)) {
      throw new IllegalArgumentException(
          "Invalid task: '" + task + "', must be one of " + String.join(", ", TASKS));
    }
    if (samples < 2) {
      throw new IllegalArgumentException(
          "Invalid samples: " + samples + ", must be at least 2: one to train, one to test");
    }
    // The marker comes first, so that not even a part of the data can pass as real.
    SyntheticMarker.write(hadoop, directory, task, seed);
    switch (task) {
      case "mnist" -> SyntheticDigits.write(hadoop, directory, samples, seed);
      case "nettalk" -> SyntheticDictionary.write(hadoop, directory, samples, seed);
      default -> SyntheticGestures.write(hadoop, directory, samples, seed);
    }
  }
}
