package org.sparksbp.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that has ended.
 *
 * @param output both streams together
 */
record Run(int exitCode, String output) {

  private static final int MINUTES = 10;

  /**
   * Runs a command to its end; one that does not end is killed.
   *
   * @param folder working directory
   * @param environment added to this process's, of which {@code SPARK_HOME} is left out
   */
  static Run of(Path folder, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    return of(folder, environment, command, MINUTES);
  }

  /** The same for one that may take longer. */
  static Run of(Path folder, Map<String, String> environment, List<String> command, int minutes)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile("spark-sbp-process", ".log");
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
      builder.environment().remove("SPARK_HOME");
      builder.environment().putAll(environment);
      Process process = builder.start();
      try {
        if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
          throw new AssertionError(
              "no end in " + minutes + " minutes: " + command + "\n" + Files.readString(log));
        }
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      return new Run(process.exitValue(), Files.readString(log));
    } finally {
      Files.delete(log);
    }
  }
}
