package org.sparksbp.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.sparksbp.config.InvalidConfigurationException;
import picocli.CommandLine.Option;

/**
 * What Spark is to run on and with, under the names that {@code spark-submit} has for it. The start
 * script hands these options to {@code spark-submit} where that starts the driver; where it does
 * not, in local mode, they are taken over here.
 */
final class SparkOptions {

  private static final String MASTER = "spark.master";

  /** Set by spark-submit, which has then read files of settings itself. */
  private static final String SUBMITTED = "spark.submit.deployMode";

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "Spark master to run on, for example local[2] or spark://host:7077 (default: local[*], or"
              + " what spark-submit was given).")
  String master;

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "One of Spark's settings; any number of times.")
  List<String> settings = new ArrayList<>();

  @Option(
      names = "--properties-file",
      paramLabel = "FILE",
      description =
          "Spark's settings, those of --conf aside (default: spark-defaults.conf of SPARK_CONF_DIR,"
              + " or of SPARK_HOME).")
  String propertiesFile;

  @Option(
      names = "--deploy-mode",
      paramLabel = "MODE",
      description = "Where the driver runs: client, or cluster on clusters (default: client).")
  String deployMode;

  /**
   * Adds them to what spark-submit has set.
   *
   * @param environment of this process
   * @throws InvalidConfigurationException if one makes no sense, or not together
   */
  void apply(SparkConf spark, Map<String, String> environment) {
    if (deployMode != null && !List.of("client", "cluster").contains(deployMode)) {
      throw new InvalidConfigurationException(
          "Invalid --deploy-mode " + deployMode + ": must be client or cluster");
    }
    applySettings(spark, environment);
    takeMaster(spark);
    if (!isSubmitted(spark) && "cluster".equals(deployMode)) {
      throw new InvalidConfigurationException(
          "Invalid --deploy-mode cluster: the driver of "
              + spark.get(MASTER)
              + " was not started by spark-submit; name a cluster by --master, or write client");
    }
  }

  /**
   * Adds the settings alone, for what needs no master.
   *
   * @param environment of this process
   * @throws InvalidConfigurationException if one makes no sense
   */
  void applySettings(SparkConf spark, Map<String, String> environment) {
    if (isSubmitted(spark)) {
      return;
    }
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw new InvalidConfigurationException("Invalid --conf " + setting + ": write KEY=VALUE");
      }
      spark.set(setting.substring(0, equals).trim(), setting.substring(equals + 1).trim());
    }
    file(environment).ifPresent(file -> read(file, spark));
  }

  private static boolean isSubmitted(SparkConf spark) {
    return spark.contains(SUBMITTED);
  }

  /** The same for another command of this process. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    if (master != null) {
      words.add("--master=" + master);
    }
    settings.forEach(setting -> words.add("--conf=" + setting));
    if (propertiesFile != null) {
      words.add("--properties-file=" + propertiesFile);
    }
    if (deployMode != null) {
      words.add("--deploy-mode=" + deployMode);
    }
    return words;
  }

  private void takeMaster(SparkConf spark) {
    String set = spark.get(MASTER, null);
    if (set != null && master != null && !set.equals(master)) {
      throw new InvalidConfigurationException(
          "Invalid --master "
              + master
              + ": spark-submit, or a setting, says "
              + MASTER
              + " = "
              + set
              + "; give one of them");
    }
    spark.setIfMissing(MASTER, master == null ? "local[*]" : master);
    String url = spark.get(MASTER);
    String valid =
        "local(\\[([1-9]\\d*|\\*)(,\\s*[1-9]\\d*)?])?"
            + "|local-cluster\\[\\s*\\d+\\s*,\\s*\\d+\\s*,\\s*\\d+\\s*]|yarn|[a-z0-9]+://.+";
    if (!url.matches(valid)) {
      throw new InvalidConfigurationException(
          "Invalid --master "
              + url
              + ": must be local, local[N] or local[*], spark://HOST:PORT, yarn or"
              + " k8s://https://HOST:PORT");
    }
  }

  private Optional<Path> file(Map<String, String> environment) {
    if (propertiesFile != null) {
      Path file = Path.of(propertiesFile);
      if (!Files.isReadable(file)) {
        throw new InvalidConfigurationException(
            "Invalid --properties-file " + propertiesFile + ": there is no such file to be read");
      }
      return Optional.of(file);
    }
    String ofSpark = environment.get("SPARK_HOME");
    return Stream.of(environment.get("SPARK_CONF_DIR"), ofSpark == null ? null : ofSpark + "/conf")
        .filter(folder -> folder != null && !folder.isEmpty())
        .findFirst() // one hides the other, as for spark-submit
        .map(folder -> Path.of(folder, "spark-defaults.conf"))
        .filter(Files::isReadable);
  }

  private static void read(Path file, SparkConf spark) {
    Properties properties = new Properties();
    try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(text);
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidConfigurationException("Cannot read " + file + ": " + e.getMessage(), e);
    }
    properties.stringPropertyNames().stream()
        .filter(key -> key.startsWith("spark."))
        .forEach(key -> spark.setIfMissing(key, properties.getProperty(key).trim()));
  }
}
