package org.sparksbp.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.sweep.SweepProgress;
import org.sparksbp.training.EpochReport;
import org.sparksbp.training.TrainingFixture;
import org.sparksbp.training.TrainingListener;
import org.sparksbp.training.TrainingOutcome;

/** The metrics as Prometheus gets them: from Spark's page, while a job runs. */
class PrometheusTest {

  private static JavaSparkContext spark;

  @TempDir Path folder;

  @BeforeAll
  static void startSparkWithTheShippedSettings() throws IOException {
    SparkConf conf = TrainingFixture.sparkConf("local[2]");
    Properties settings = new Properties();
    try (var text = Files.newBufferedReader(Path.of("../conf/spark/monitoring.conf"))) {
      settings.load(text);
    }
    settings.forEach((key, value) -> conf.set((String) key, ((String) value).trim()));
    conf.set("spark.ui.port", "0").set("spark.eventLog.enabled", "false");
    spark = TrainingFixture.context(conf);
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @Test
  void roundsSamplesAndErrorsAreThereAtEveryEpochOfTraining() {
    List<Map<String, Double>> seen = new ArrayList<>();
    List<Double> errors = new ArrayList<>();
    TrainingListener reader =
        new TrainingListener() {
          @Override
          public void epochFinished(EpochReport epoch) {
            errors.add(epoch.error());
            seen.add(read());
          }
        };

    TrainingOutcome outcome =
        TrainingFixture.train(
            spark,
            folder.resolve("run"),
            TrainingFixture.configuration(),
            new TrainingMetrics(spark),
            reader);

    assertThat(outcome.epochs()).hasSize(3);
    for (int epoch = 1; epoch <= 3; epoch++) {
      Map<String, Double> then = seen.get(epoch - 1);
      assertThat(then).containsEntry("training_epochs_Value", (double) epoch);
      assertThat(then).containsEntry("training_samples_Count", epoch * 97.0);
      assertThat(then)
          .containsEntry("training_rounds_Count", epoch * seen.get(0).get("training_rounds_Count"));
      assertThat(then.get("training_samplesPerSecond_Value")).isPositive();
      assertThat(then).containsEntry("training_error_Value", errors.get(epoch - 1));
      assertThat(then)
          .containsEntry(
              "training_bestError_Value",
              errors.subList(0, epoch).stream().min(Double::compare).get());
    }
  }

  @Test
  void trialsOfASweepAreCounted() {
    SweepMetrics metrics = new SweepMetrics(spark);
    assertThat(read()).containsEntry("sweep_trials_Value", Double.NaN);

    metrics.started(new SweepProgress("s", 8, 0, 0, 2, Double.POSITIVE_INFINITY, "", Double.NaN));
    assertThat(read())
        .containsEntry("sweep_trials_Value", 8.0)
        .containsEntry("sweep_bestError_Value", Double.NaN);
    metrics.trialEnded(new SweepProgress("s", 8, 3, 1, 2, 0.25, "a", 10));

    assertThat(read())
        .containsEntry("sweep_trials_Value", 8.0)
        .containsEntry("sweep_done_Value", 3.0)
        .containsEntry("sweep_failed_Value", 1.0)
        .containsEntry("sweep_running_Value", 2.0)
        .containsEntry("sweep_bestError_Value", 0.25);
  }

  /** Numbers of this software by the last part of their names. */
  private static Map<String, Double> read() {
    Map<String, Double> found = new TreeMap<>();
    Pattern line = Pattern.compile("metrics_spark_driver_sbp_(\\w+)\\{[^}]*} (\\S+)");
    try {
      URI uri =
          URI.create(
              spark.sc().uiWebUrl().get().replaceFirst("//[^:]+", "//127.0.0.1")
                  + "/metrics/prometheus");
      String text =
          HttpClient.newBuilder()
              .followRedirects(HttpClient.Redirect.NORMAL) // to the same with a slash behind it
              .build()
              .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
              .body();
      Matcher lines = line.matcher(text);
      while (lines.find()) {
        found.put(lines.group(1), Double.parseDouble(lines.group(2)));
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return found;
  }
}
