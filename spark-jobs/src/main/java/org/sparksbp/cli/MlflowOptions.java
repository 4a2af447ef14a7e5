package org.sparksbp.cli;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.sparksbp.http.WebAddress;
import org.sparksbp.mlflow.Experiment;
import org.sparksbp.mlflow.TrackingServer;
import picocli.CommandLine.Option;

/** The MLflow tracking server that is told of runs. */
final class MlflowOptions {

  /** How long the end of a command waits for a server that is away. */
  private static final String PATIENCE = "spark.sbp.mlflow.totalTimeout";

  @Option(
      names = "--mlflow",
      paramLabel = "URL",
      converter = WebAddressConverter.class,
      description =
          "Also tell the MLflow tracking server of that address, http://HOST:PORT or https://HOST.")
  WebAddress server;

  @Option(
      names = "--mlflow-experiment",
      paramLabel = "NAME",
      defaultValue = "spark-sbp",
      description = "Experiment of the server's, made if it is not there (default: spark-sbp).")
  String experiment;

  /**
   * Whom to tell, if anybody.
   *
   * @param environment with what the server wants to know a user by
   */
  Optional<Experiment> experiment(Map<String, String> environment) {
    return Optional.ofNullable(server)
        .map(address -> new Experiment(new TrackingServer(address, environment), experiment));
  }

  Duration patience(SparkConf spark) {
    return Duration.ofMillis(Math.max(1, spark.getTimeAsMs(PATIENCE, "60s")));
  }
}
