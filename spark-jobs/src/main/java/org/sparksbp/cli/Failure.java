package org.sparksbp.cli;

import com.typesafe.config.ConfigException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.sparksbp.config.InvalidConfigurationException;
import org.sparksbp.device.NoDeviceException;
import org.sparksbp.export.UnfitModelException;
import org.sparksbp.kernel.MissingKernelsException;
import org.sparksbp.modelfolder.InvalidModelException;
import org.sparksbp.storage.FolderInUseException;
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

  /**
   * Looks through the causes, then through what was suppressed beside them, for the first that says
   * what happened. An exception of a task is among the causes of the one that its job ends with:
   * Spark sends it home whole.
   */
  static Failure of(Throwable thrown) {
    return all(thrown).stream()
        .flatMap(each -> known(each).stream())
        .findFirst()
        .orElseGet(() -> unknown(thrown));
  }

  private static Set<Throwable> all(Throwable thrown) {
    Set<Throwable> found = new LinkedHashSet<>();
    for (Throwable each = thrown; each != null && found.add(each); ) {
      each = each.getCause();
    }
    for (Throwable each : List.copyOf(found)) {
      for (Throwable suppressed : each.getSuppressed()) {
        found.addAll(all(suppressed));
      }
    }
    return found;
  }

  private static Optional<Failure> known(Throwable thrown) {
    ExitCode code = null;
    if (thrown instanceof CommandLine.ParameterException
        || thrown instanceof InvalidConfigurationException
        || thrown instanceof ConfigException
        || thrown instanceof RunConflictException
        || thrown instanceof UnfitModelException
        || thrown instanceof NoDeviceException
        || thrown instanceof UnsupportedFileSystemException) {
      code = ExitCode.INVALID_COMMAND;
    } else if (thrown instanceof InvalidInputException || thrown instanceof InvalidModelException) {
      code = ExitCode.INVALID_DATA;
    } else if (thrown instanceof TrainingFailedException) {
      code = ExitCode.TRAINING_FAILED;
    } else if (thrown instanceof FolderInUseException) {
      code = ExitCode.FOLDER_IN_USE;
    } else if (thrown instanceof MissingKernelsException) {
      code = ExitCode.OTHER_FAILURE;
    } else if (thrown instanceof OutOfMemoryError) {
      return Optional.of(outOfMemory());
    } else if (thrown instanceof UnsatisfiedLinkError) {
      return Optional.of(noNativeLibrary(thrown.getMessage()));
    } else if (String.valueOf(thrown.getMessage()).contains("Cannot unpack lib")) {
      return Optional.of(notUnpacked(thrown.getMessage()));
    }
    return Optional.ofNullable(code).map(known -> new Failure(known, thrown.getMessage()));
  }

  private static Failure outOfMemory() {
    return new Failure(
        ExitCode.TRAINING_FAILED,
        "Cannot go on: out of memory. Give the driver more (SBP_HEAP=4g sbp ...), on a cluster the"
            + " executors (spark.executor.memory), or take fewer samples (--limit, training.limit)");
  }

  private static Failure noNativeLibrary(String said) {
    return new Failure(
        ExitCode.OTHER_FAILURE,
        String.format(
            Locale.ROOT,
            "Cannot load a native library (%s). Only bp-ann, by Deeplearning4j, needs some of its"
                + " own: this machine (%s, %s) has them if the program is built on it, or with its"
                + " Maven profile. Where the temporary folder or the home directory is mounted"
                + " noexec, set SBP_CACHE to a folder on a file system from which programs may run",
            said,
            System.getProperty("os.name"),
            System.getProperty("os.arch")));
  }

  /** The words are those of zstd-jni, in the message of what wraps its exception. */
  private static Failure notUnpacked(String said) {
    return new Failure(
        ExitCode.OTHER_FAILURE,
        "Cannot unpack a native library ("
            + said.substring(said.indexOf("Cannot unpack lib")).lines().findFirst().orElse("")
            + "): the folder for temporary files, "
            + System.getProperty("java.io.tmpdir")
            + ", is full or may not be written to. Set SBP_CACHE to a folder with room, from which"
            + " programs may run");
  }

  private static Failure unknown(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
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
