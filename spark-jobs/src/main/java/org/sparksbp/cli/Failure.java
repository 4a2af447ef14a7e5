package org.sparksbp.cli;

import com.typesafe.config.ConfigException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.sparksbp.config.InvalidConfigurationException;
import org.sparksbp.modelfolder.InvalidModelException;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.training.RunConflictException;
import org.sparksbp.training.TrainingFailedException;
import picocli.CommandLine;

/**
 * What went wrong, for the person at the terminal.
 *
 * @param exitCode how the command ends
 * @param message one paragraph, without a stack trace
 */
record Failure(ExitCode exitCode, String message) {

  /** Where Spark tells an executor's exception by its text alone. */
  private static final Pattern TOLD_BY_SPARK =
      Pattern.compile(
          "(?m)^.*?org\\.sparksbp\\.[\\w.]*\\.(InvalidInputException|TrainingFailedException|MissingKernelsException): (.*)$");

  private static final Pattern OUT_OF_MEMORY = Pattern.compile("java\\.lang\\.OutOfMemoryError");

  /** Looks through the causes for the first that says what happened. */
  static Failure of(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = next(cause)) {
      Optional<Failure> known = known(cause);
      if (known.isPresent()) {
        return known.get();
      }
    }
    return toldBySpark(thrown).orElseGet(() -> unknown(thrown));
  }

  private static Throwable next(Throwable thrown) {
    return thrown.getCause() == thrown ? null : thrown.getCause();
  }

  private static Optional<Failure> known(Throwable thrown) {
    ExitCode code = null;
    if (thrown instanceof CommandLine.ParameterException
        || thrown instanceof InvalidConfigurationException
        || thrown instanceof ConfigException
        || thrown instanceof RunConflictException
        || thrown instanceof UnsupportedFileSystemException) {
      code = ExitCode.INVALID_COMMAND;
    } else if (thrown instanceof InvalidInputException || thrown instanceof InvalidModelException) {
      code = ExitCode.INVALID_DATA;
    } else if (thrown instanceof TrainingFailedException) {
      code = ExitCode.TRAINING_FAILED;
    } else if (thrown instanceof OutOfMemoryError) {
      return Optional.of(outOfMemory());
    }
    return Optional.ofNullable(code).map(known -> new Failure(known, thrown.getMessage()));
  }

  private static Failure outOfMemory() {
    return new Failure(
        ExitCode.TRAINING_FAILED,
        "Cannot go on: out of memory. Give the driver more (SBP_HEAP=4g sbp ...), on a cluster the"
            + " executors (spark.executor.memory), or take fewer samples (--limit, training.limit)");
  }

  private static Optional<Failure> toldBySpark(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = next(cause)) {
      String message = String.valueOf(cause.getMessage());
      Matcher told = TOLD_BY_SPARK.matcher(message);
      if (told.find()) {
        return Optional.of(
            new Failure(
                switch (told.group(1)) {
                  case "InvalidInputException" -> ExitCode.INVALID_DATA;
                  case "MissingKernelsException" -> ExitCode.OTHER_FAILURE;
                  default -> ExitCode.TRAINING_FAILED;
                },
                told.group(2)));
      }
      if (OUT_OF_MEMORY.matcher(message).find()) {
        return Optional.of(outOfMemory());
      }
    }
    return Optional.empty();
  }

  private static Failure unknown(Throwable thrown) {
    Throwable root = thrown;
    while (next(root) != null) {
      root = next(root);
    }
    String said = root.getMessage();
    boolean clear = said != null && said.startsWith("Cannot ");
    return new Failure(
        ExitCode.OTHER_FAILURE,
        clear
            ? said
            : root.getClass().getSimpleName()
                + (said == null ? "" : ": " + said.lines().findFirst().orElse(""))
                + " (--verbose shows where)");
  }
}
