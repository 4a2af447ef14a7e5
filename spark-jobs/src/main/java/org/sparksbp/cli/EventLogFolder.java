package org.sparksbp.cli;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.sparksbp.config.InvalidConfigurationException;

/** The folder of Spark's event log, which Spark itself does not make. */
final class EventLogFolder {

  private static final String FOLDER = "spark.eventLog.dir";

  private EventLogFolder() {}

  /**
   * Makes the folder that settings name, if they switch the log on.
   *
   * @throws InvalidConfigurationException if it cannot be made
   */
  static void create(SparkConf spark) {
    if (!spark.getBoolean("spark.eventLog.enabled", false) || !spark.contains(FOLDER)) {
      return;
    }
    String written = spark.get(FOLDER);
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(spark);
    try {
      Path folder = new Path(written);
      // As Spark does: without a scheme it is on this machine, whatever the default is.
      FileSystem files =
          folder.toUri().getScheme() == null
              ? FileSystem.getLocal(hadoop)
              : folder.getFileSystem(hadoop);
      files.mkdirs(folder);
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidConfigurationException(
          "Invalid "
              + FOLDER
              + " "
              + written
              + ": it cannot be made ("
              + e.getMessage()
              + "); name a folder that can be written to, or set spark.eventLog.enabled = false",
          e);
    }
  }
}
