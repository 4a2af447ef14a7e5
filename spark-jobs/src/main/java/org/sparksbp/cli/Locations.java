package org.sparksbp.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.sparksbp.config.InvalidConfigurationException;
import org.sparksbp.config.RunConfiguration;

/** Places on any Hadoop file system, as they are written on the command line. */
final class Locations {

  private Locations() {}

  /** The file systems as Spark will see them, without starting it. */
  static Configuration hadoop() {
    return SparkHadoopUtil.get().newConfiguration(new SparkConf());
  }

  /** The place, with its file system in front; relative places are below the working directory. */
  static Path place(Configuration hadoop, String written) throws IOException {
    Path path = path(written);
    FileSystem files = path.getFileSystem(hadoop);
    return files.makeQualified(path);
  }

  private static Path path(String written) {
    try {
      return new Path(written);
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigurationException(
          "Invalid path '" + written + "': " + e.getMessage(), e);
    }
  }

  /** Reads a configuration file; what it includes is found on the local file system only. */
  static void read(Configuration hadoop, String written, RunConfiguration.Builder into)
      throws IOException {
    Path path = path(written);
    if (path.toUri().getScheme() == null) {
      into.file(new File(written));
      return;
    }
    FileSystem files = path.getFileSystem(hadoop);
    if (!files.exists(path)) {
      throw new InvalidConfigurationException(
          "Cannot read configuration " + written + ": there is no such file");
    }
    try (InputStream in = files.open(path)) {
      into.text(written, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** As a user would write it: local places without their scheme. */
  static String shown(Path path) {
    return "file".equals(path.toUri().getScheme()) ? path.toUri().getPath() : path.toString();
  }
}
