package org.sparksbp.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.sparksbp.cluster.YarnDriver;
import org.sparksbp.config.ConfigurationFile;
import org.sparksbp.config.InvalidConfigurationException;
import org.sparksbp.config.RunConfiguration;

/** Places on any Hadoop file system, as they are written on the command line. */
final class Locations {

  /** Of the 255 that file systems take, some are for names of files made beside. */
  private static final int MAX_NAME_BYTES = 240;

  private Locations() {}

  /**
   * The file systems as Spark will see them, without starting it: with the settings {@code
   * spark.hadoop.*} of this command. A process opens a file system once, with the settings of
   * whoever comes first, so that what is left out here would be lost to Spark too.
   *
   * @throws InvalidConfigurationException if one of Spark's options makes no sense
   */
  static Configuration hadoop(CommonOptions options) {
    SparkConf spark = new SparkConf();
    options.spark.applySettings(spark, System.getenv());
    return SparkHadoopUtil.get().newConfiguration(spark);
  }

  /** The place, with its file system in front; relative places are below the working directory. */
  static Path place(Configuration hadoop, String written) throws IOException {
    Path path = path(written);
    FileSystem files = path.getFileSystem(hadoop);
    Path place = files.makeQualified(path);
    if (YarnDriver.isHere()) {
      refuseContainersOwn(path, place);
    }
    return place;
  }

  /**
   * Refuses what would be read from, or written to, the folder that a container begins in and that
   * is deleted with it.
   */
  static void refuseContainersOwn(Path written, Path place) {
    if (!written.isAbsolute() && "file".equals(place.toUri().getScheme())) {
      throw new InvalidConfigurationException(
          "Invalid path "
              + written
              + ": the driver runs on a node of the cluster, in a folder of its own that is deleted at"
              + " the end, and relative paths are local ones here (fs.defaultFS); name a file system"
              + " (hdfs://...) or, where all nodes share one, a path from the root on");
    }
  }

  /**
   * A file or folder to write.
   *
   * @param option that names it
   * @throws InvalidConfigurationException if nothing can be called so
   */
  static Path written(Configuration hadoop, String option, String written) throws IOException {
    Path place = place(hadoop, written);
    checkNames(option, written, place);
    return place;
  }

  /**
   * A folder to write to, which need not be there. What can be said before Spark starts is said
   * here.
   *
   * @param option that names it
   * @param inputs folders that are read and must not be written into
   * @throws InvalidConfigurationException if it is a file, cannot be created or is within an input
   */
  static Path output(Configuration hadoop, String option, String written, Path... inputs)
      throws IOException {
    Path place = written(hadoop, option, written);
    if (place.getParent() == null && "file".equals(place.toUri().getScheme())) {
      throw new InvalidConfigurationException(
          "Invalid %s %s: name a folder, not all of the file system".formatted(option, written));
    }
    for (Path input : inputs) {
      for (Path above = place; above != null; above = above.getParent()) {
        if (above.equals(input)) {
          throw new InvalidConfigurationException(
              "Invalid %s %s: it is within %s, which is read; name another folder"
                  .formatted(option, written, shown(input)));
        }
      }
    }
    FileSystem files = place.getFileSystem(hadoop);
    Path there = place;
    while (!files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    if (files.exists(there) && !files.getFileStatus(there).isDirectory()) {
      throw new InvalidConfigurationException(
          "Invalid %s %s: %s is a file; name a folder".formatted(option, written, shown(there)));
    }
    checkWritable(option, written, there);
    return place;
  }

  /**
   * A file to write, whose folder need not be there.
   *
   * @param option that names it
   * @throws InvalidConfigurationException if nothing can be called so, or created there, or if what
   *     is there is no file: a folder, or a device such as {@code /dev/null}, which a file would
   *     take the place of
   */
  static Path writtenFile(Configuration hadoop, String option, String written) throws IOException {
    Path place = written(hadoop, option, written);
    FileSystem files = place.getFileSystem(hadoop);
    Path above = place.getParent();
    while (above != null && above.getParent() != null && !files.exists(above)) {
      above = above.getParent();
    }
    if (above == null || isThereButNoFile(files, place)) {
      throw new InvalidConfigurationException(
          "Invalid %s %s: it is a folder or a device, name a file".formatted(option, written));
    }
    if (files.exists(above) && !files.getFileStatus(above).isDirectory()) {
      throw new InvalidConfigurationException(
          "Invalid %s %s: %s is a file, not a folder".formatted(option, written, shown(above)));
    }
    checkWritable(option, written, above);
    return place;
  }

  private static boolean isThereButNoFile(FileSystem files, Path place) throws IOException {
    URI uri = place.toUri();
    if ("file".equals(uri.getScheme())) {
      java.nio.file.Path local = java.nio.file.Path.of(uri);
      return Files.exists(local) && !Files.isRegularFile(local);
    }
    return files.exists(place) && files.getFileStatus(place).isDirectory();
  }

  private static void checkWritable(String option, String written, Path there) {
    URI uri = there.toUri();
    if ("file".equals(uri.getScheme()) && !Files.isWritable(java.nio.file.Path.of(uri))) {
      throw new InvalidConfigurationException(
          "Invalid %s %s: this user may not write to %s; name another folder, or have it allowed"
              .formatted(option, written, shown(there)));
    }
  }

  /** Names of Hadoop's paths may have a colon, but not those of files that are made below them. */
  private static void checkNames(String option, String written, Path place) {
    for (Path part = place; part.getParent() != null; part = part.getParent()) {
      if (part.getName().getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
        throw new InvalidConfigurationException(
            "Invalid "
                + option
                + " "
                + written
                + ": a name in it has more than "
                + MAX_NAME_BYTES
                + " bytes, which file systems do not take");
      }
      if (part.getName().indexOf(':') >= 0) {
        throw new InvalidConfigurationException(
            "Invalid "
                + option
                + " "
                + written
                + ": '"
                + part.getName()
                + "' has a colon, which Hadoop's file systems cannot have in names; name another"
                + " one");
      }
    }
  }

  private static Path path(String written) {
    try {
      // "run 10:30" is a name with a colon in it, and "run 10" no file system.
      boolean hasScheme = written.matches("[A-Za-z][A-Za-z0-9+.-]*:/.*");
      return hasScheme || written.isEmpty() ? new Path(written) : new Path(null, null, written);
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigurationException(
          "Invalid path '" + written + "': " + e.getMessage(), e);
    }
  }

  /** Reads a configuration file, with what it includes. */
  static void read(Configuration hadoop, String written, RunConfiguration.Builder into)
      throws IOException {
    Optional<ConfigurationFile> file;
    try {
      file = sentAlong(hadoop, written);
      if (file.isEmpty()) {
        file = ConfigurationFile.of(hadoop, path(written), written);
      }
    } catch (IOException e) {
      throw new InvalidConfigurationException(
          "Cannot read configuration " + written + ": " + e.getMessage(), e);
    }
    if (file.isEmpty()) {
      throw new InvalidConfigurationException(
          "Cannot read configuration "
              + written
              + ": there is no such file"
              + (YarnDriver.isHere()
                  ? " on the node that the driver runs on; have it sent along, as bin/sbp does"
                      + " (spark-submit: --files "
                      + written
                      + "), or name a file system (hdfs://...)"
                  : ""));
    }
    into.file(file.get());
  }

  /** A file of the machine that the command was given on: sent along, it has only its name left. */
  private static Optional<ConfigurationFile> sentAlong(Configuration hadoop, String written)
      throws IOException {
    Path path = path(written);
    return YarnDriver.isHere() && path.toUri().getScheme() == null
        ? ConfigurationFile.of(hadoop, new Path(null, null, path.getName()), written)
        : Optional.empty();
  }

  /** As a user would write it: local places without their scheme. */
  static String shown(Path path) {
    return "file".equals(path.toUri().getScheme()) ? path.toUri().getPath() : path.toString();
  }
}
