package org.sparksbp.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.sparksbp.config.InvalidConfigurationException;

/**
 * Where Spark's temporary files of this process go: below one folder of ours in each folder that is
 * named for them, where the next process finds what a killed one has left. Spark itself ends the
 * process with an exit code of its own when it can write to none.
 */
public final class LocalFolders {

  /** As Spark calls it. Where it is set Spark asks for no other, and puts its files right there. */
  static final String OF_SPARK = "SPARK_LOCAL_DIRS";

  /** Where the start script keeps the same, so that Spark does ask. */
  static final String MOVED = "SBP_LOCAL_DIRS";

  private static final String SETTING = "spark.local.dir";

  private LocalFolders() {}

  /**
   * Sets the folders, unless the cluster's manager gives them.
   *
   * @param environment of this process
   * @param notices told of each folder that is left out
   * @throws InvalidConfigurationException if none of them can be written to
   */
  public static void choose(
      SparkConf spark, Map<String, String> environment, Consumer<String> notices) {
    String master = spark.get("spark.master", "");
    if (master.startsWith("yarn") || master.startsWith("k8s:")) {
      return;
    }
    String fixed = environment.getOrDefault(OF_SPARK, "");
    if (!fixed.isEmpty()) {
      usable(fixed, notices);
      return;
    }
    String moved = environment.getOrDefault(MOVED, "");
    String named =
        moved.isEmpty() ? spark.get(SETTING, System.getProperty("java.io.tmpdir")) : moved;
    spark.set(
        SETTING,
        usable(named, notices).stream().map(Path::toString).collect(Collectors.joining(",")));
  }

  private static List<Path> usable(String named, Consumer<String> notices) {
    List<Path> own = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    for (String folder : Stream.of(named.split(",")).map(String::trim).toList()) {
      try {
        own.add(ProcessFolder.in(Files.createDirectories(Path.of(folder).toAbsolutePath())));
      } catch (IOException | IllegalArgumentException e) {
        refused.add("Cannot use " + folder + " for temporary files: " + reason(e));
      }
    }
    if (own.isEmpty()) {
      throw new InvalidConfigurationException(
          String.join("; ", refused)
              + ". Set "
              + OF_SPARK
              + " to a folder that can be written to and has room");
    }
    refused.forEach(line -> notices.accept(line + "; going on without it"));
    return own;
  }

  /** Exceptions of files that the system gives no reason for say theirs in their name. */
  private static String reason(Exception e) {
    boolean isBare = e instanceof java.nio.file.FileSystemException of && of.getReason() == null;
    return isBare || e.getMessage() == null
        ? e.getClass().getSimpleName() + " " + e.getMessage()
        : e.getMessage();
  }
}
