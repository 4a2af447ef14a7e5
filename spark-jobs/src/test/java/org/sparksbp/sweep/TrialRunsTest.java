package org.sparksbp.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.http.WebAddress;
import org.sparksbp.mlflow.Experiment;
import org.sparksbp.mlflow.MlflowStub;
import org.sparksbp.mlflow.TrackingServer;
import org.sparksbp.sweep.plan.SweepData;
import org.sparksbp.training.StartMode;

@Timeout(180)
class TrialRunsTest {

  private static final String[] PAIRS = {
    "sweep.arms { with { rule = sbp }, without { rule = no-such-rule } }", "sweep.seeds = [1, 2]"
  };

  @TempDir static Path shards;
  private static SweepData data;
  private static JavaSparkContext spark;

  @TempDir Path results;

  private MlflowStub server;
  private final List<String> warnings = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    data = SweepFixture.data(shards, 30, 12);
    spark = SweepFixture.spark();
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @BeforeEach
  void startServer() throws IOException {
    server = new MlflowStub();
    server.limitPages(3);
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void trialsAreNestedInTheRunOfTheirSweepAndToldOnce() throws IOException {
    SweepOutcome first = sweep(2, Duration.ofSeconds(60));
    assertThat(first.finished()).isFalse();
    assertThat(parent().status()).isEqualTo("KILLED");
    assertThat(trials()).hasSize(2);

    sweep(0, Duration.ofSeconds(60));

    assertThat(warnings).isEmpty();
    assertThat(parent().status()).isEqualTo("FINISHED");
    assertThat(parent().name()).isEqualTo("test");
    assertThat(parent().metric("done")).containsEntry(4L, 2.0);
    assertAllTrialsAreTold();
    int calls = server.calls().size();
    sweep(0, Duration.ofSeconds(60));
    assertThat(server.calls().subList(calls, server.calls().size()))
        .doesNotContain("POST mlflow/runs/log-batch", "POST mlflow/runs/create");
  }

  @Test
  void sweepGoesOnWithoutTheServerWhichIsToldByTheSameCommandLater() throws IOException {
    server.leave();

    assertThat(sweep(0, Duration.ofMillis(200)).finished()).isTrue();

    assertThat(warnings).hasSize(2);
    assertThat(warnings.get(0)).contains("training goes on");
    assertThat(warnings.get(1)).contains("4 trials", "the same command tells it later");
    server.comeBack();
    assertThat(sweep(0, Duration.ofSeconds(60)).ran()).isZero();
    assertAllTrialsAreTold();
  }

  private void assertAllTrialsAreTold() {
    SortedMap<String, SortedMap<Long, Double>> errors = new TreeMap<>();
    Path sweep = results.resolve("sweep/test");
    for (Map<String, String> trial : SweepFixture.rows(sweep.resolve("trials.csv"))) {
      errors.put(trial.get("trial"), new TreeMap<>());
    }
    for (Map<String, String> epoch : SweepFixture.rows(sweep.resolve("epochs.csv"))) {
      errors
          .get(epoch.get("trial"))
          .put(Long.valueOf(epoch.get("epoch")), Double.valueOf(epoch.get("test_error")));
    }
    assertThat(errors).hasSize(4);
    assertThat(trials()).hasSize(4);
    for (MlflowStub.Run trial : trials()) {
      boolean failed = trial.params().get("arm").equals("without");
      assertThat(trial.status()).isEqualTo(failed ? "FAILED" : "FINISHED");
      assertThat(trial.tags().get("sbp.reason")).contains(failed ? "no-such-rule" : "");
      assertThat(trial.metric("test/error")).isEqualTo(errors.get(trial.tags().get("sbp.run")));
      assertThat(trial.params()).containsKeys("seed", "task", "model");
    }
  }

  private SweepOutcome sweep(int mostTrials, Duration patience) throws IOException {
    SweepJob job = SweepFixture.job(spark, data, results.resolve("sweep"), PAIRS);
    TrackingServer known = new TrackingServer(WebAddress.of(server.address()), Map.of());
    job.trackBy(new Experiment(known, "sweeps"), patience, warnings::add);
    return job.run(StartMode.NEW, mostTrials);
  }

  private MlflowStub.Run parent() {
    return server.runs().stream()
        .filter(run -> run.tags().containsKey("sbp.sweep"))
        .findFirst()
        .orElseThrow();
  }

  private List<MlflowStub.Run> trials() {
    String parent = parent().id();
    return server.runs().stream()
        .filter(run -> parent.equals(run.tags().get("mlflow.parentRunId")))
        .toList();
  }
}
