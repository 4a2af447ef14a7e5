package org.sparksbp.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparksbp.training.TrainingFixture.configuration;

import com.typesafe.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.http.WebAddress;
import org.sparksbp.training.EpochReport;
import org.sparksbp.training.StartMode;
import org.sparksbp.training.TrainingFailedException;
import org.sparksbp.training.TrainingFixture;
import org.sparksbp.training.TrainingJob;
import org.sparksbp.training.TrainingListener;
import org.sparksbp.training.TrainingOutcome;
import org.sparksbp.training.TrainingOutcome.Ending;

@Timeout(120)
class TrackedTrainingTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static JavaSparkContext spark;

  @TempDir Path folder;

  private MlflowStub server;
  private final List<String> warnings = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void startSpark() {
    spark = TrainingFixture.context(TrainingFixture.sparkConf("local[2]"));
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @BeforeEach
  void startServer() throws IOException {
    server = new MlflowStub();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void runHasAllSettingsEveryEpochAndItsFiles() throws IOException {
    TrainingOutcome outcome = train(StartMode.NEW, configuration());

    assertThat(warnings).isEmpty();
    assertThat(server.experimentNames()).containsExactly("curves");
    MlflowStub.Run run = only();
    assertThat(run.name()).isEqualTo("run");
    assertThat(run.status()).isEqualTo("FINISHED");
    assertThat(run.params())
        .containsEntry("training.batch", "10")
        .containsEntry("model", "softmax")
        .containsEntry("averaging.every", "2")
        .doesNotContainKey("checkpoint.every");
    assertThat(run.tags())
        .containsEntry("sbp.run", outcome.run())
        .containsEntry("sbp.data", "made-up")
        .containsEntry("mlflow.source.name", "sbp train")
        .containsKey("sbp.version");
    assertThat(outcome.epochs()).hasSize(3);
    for (EpochReport epoch : outcome.epochs()) {
      epoch
          .measures()
          .forEach(
              (name, value) ->
                  assertThat(run.metric(name.replace('.', '/')))
                      .as(name)
                      .hasSize(3)
                      .containsEntry((long) epoch.epoch(), value));
    }
    Path written = folder.resolve("run");
    String place = "0/" + run.id + "/artifacts/";
    for (String file : List.of("run.json", "metrics.jsonl")) {
      assertThat(server.files()).containsKey(place + file);
      assertThat(server.files().get(place + file))
          .isEqualTo(Files.readAllBytes(written.resolve(file)));
    }
    assertThat(server.files().keySet())
        .anyMatch(name -> name.startsWith(place + "model/"))
        .anyMatch(name -> name.startsWith(place + "best/"))
        .noneMatch(name -> name.contains("checkpoints") || name.endsWith(".crc"));
  }

  @Test
  void serverThatIsAwayIsToldOfAllWhenItIsBack() throws IOException {
    server.leave();
    TrainingListener atTheSecondEpoch =
        new TrainingListener() {
          @Override
          public void epochFinished(EpochReport epoch) {
            if (epoch.epoch() == 2) {
              try {
                server.comeBack();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
          }
        };

    TrainingOutcome outcome =
        train(StartMode.NEW, configuration("softmax.pause = 50"), atTheSecondEpoch);

    assertThat(only().metric("test/error")).isEqualTo(errors(outcome));
    assertThat(only().status()).isEqualTo("FINISHED");
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0)).contains(server.address(), "training goes on");
  }

  @Test
  void serverThatStaysAwayHindersNothingAndIsToldByTheSameCommandLater() throws IOException {
    server.leave();
    TrainingOutcome outcome;
    try (TrackedTraining tracked = tracked(configuration(), Duration.ofSeconds(1))) {
      outcome = run(StartMode.NEW, configuration(), tracked);
    }
    assertThat(outcome.ending()).isEqualTo(Ending.FINISHED);
    assertThat(warnings).hasSize(2);
    assertThat(warnings.get(1)).contains("the same command tells it later");
    server.comeBack();

    assertThat(train(StartMode.NEW, configuration()).ending()).isEqualTo(Ending.ALREADY_DONE);

    assertThat(only().metric("test/error")).isEqualTo(errors(outcome));
    assertThat(only().status()).isEqualTo("FINISHED");
  }

  @Test
  void resumedRunGoesOnInItsOwnRunAndHasNoEpochTwice() throws IOException {
    Config longer = configuration("training.epochs = 5");
    TrainingOutcome first;
    try (TrackedTraining tracked = tracked(longer, PATIENCE)) {
      TrainingJob stopping =
          TrainingFixture.stoppingJob(
              spark, folder.resolve("run"), longer, TrainingFixture.after(2), tracked);
      first = TrainingFixture.run(stopping, StartMode.NEW);
    }
    assertThat(first.ending()).isEqualTo(Ending.INTERRUPTED);
    assertThat(only().status()).isEqualTo("KILLED");
    assertThat(only().metric("test/error")).containsOnlyKeys(1L, 2L);

    TrainingOutcome whole = train(StartMode.RESUME, longer);

    assertThat(only().metric("test/error")).isEqualTo(errors(whole)).hasSize(5);
    assertThat(only().status()).isEqualTo("FINISHED");
    int calls = server.calls().size();
    train(StartMode.NEW, longer); // done already
    assertThat(only().metric("test/error")).hasSize(5);
    assertThat(server.calls().subList(calls, server.calls().size()))
        .doesNotContain("POST mlflow/runs/log-batch", "POST mlflow/runs/create");
    assertThat(server.refusals())
        .containsExactly("RESOURCE_DOES_NOT_EXIST: Could not find experiment");
  }

  @Test
  void sameRunElsewhereIsAnotherOne() throws IOException {
    train(StartMode.NEW, configuration());
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Path before = folder;
    folder = elsewhere;
    train(StartMode.NEW, configuration());
    folder = before;

    assertThat(server.runs()).hasSize(2);
  }

  @Test
  void failedRunIsToldAsFailed() {
    Config failing = configuration("softmax.diverge-in-epoch = 2");
    try (TrackedTraining tracked = tracked(failing, PATIENCE)) {
      run(StartMode.NEW, failing, tracked);
    } catch (TrainingFailedException e) {
      assertThat(e).isNotNull();
    }

    assertThat(only().status()).isEqualTo("FAILED");
    assertThat(only().metric("test/error")).containsOnlyKeys(1L);
  }

  @Test
  void userIsKnownByTheEnvironmentOrTheAddressAndNeverTold() throws IOException {
    server.want("Basic bWU6c2VjcmV0");
    String host = server.address().substring("http://".length());
    for (TrackingServer known :
        List.of(
            server("http://me:secret@" + host, Map.of()),
            server(
                server.address(),
                Map.of("MLFLOW_TRACKING_USERNAME", "me", "MLFLOW_TRACKING_PASSWORD", "secret")))) {
      assertThat(new Experiment(known, "curves").runs("a", "b")).isEmpty();
    }
    server.want("Bearer secret");
    TrackingServer byToken = server(server.address(), Map.of("MLFLOW_TRACKING_TOKEN", "secret"));
    assertThat(new Experiment(byToken, "curves").runs("a", "b")).isEmpty();
    server.want("Bearer other");

    try (TrackedTraining tracked = tracked(byToken, configuration(), PATIENCE)) {
      assertThat(run(StartMode.NEW, configuration(), tracked).ending()).isEqualTo(Ending.FINISHED);
    }

    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0))
        .contains("refuses: status 401", "You are not authenticated")
        .doesNotContain("secret");
  }

  @Test
  void longValuesAreCutToWhatTheServerTakes() throws IOException {
    server.limitValues(250);

    train(StartMode.NEW, configuration("softmax.note = \"" + "x".repeat(7000) + "\""));

    assertThat(only().params()).containsEntry("softmax.note", "x".repeat(250));
    assertThat(warnings).isEmpty();
  }

  @Test
  void filesAreCopiedToWhereTheServerOnThisMachineKeepsThem() throws IOException {
    server.keepFilesIn(folder.resolve("kept").toUri().toString().replaceFirst("/$", ""));

    train(StartMode.NEW, configuration());

    assertThat(folder.resolve("kept").resolve(only().id).resolve("artifacts/run.json"))
        .hasSameTextualContentAs(folder.resolve("run/run.json"));
    assertThat(warnings).isEmpty();
  }

  @Test
  void filesThatNoPlaceCanBeFoundForAreAWarning() throws IOException {
    server.keepFilesIn("nosuch://bucket");

    train(StartMode.NEW, configuration());

    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0)).startsWith("Cannot copy the run's files to MLflow");
    assertThat(only().status()).isEqualTo("FINISHED");
  }

  private static TrackingServer server(String address, Map<String, String> environment) {
    return new TrackingServer(WebAddress.of(address), environment);
  }

  private MlflowStub.Run only() {
    assertThat(server.runs()).hasSize(1);
    return server.runs().get(0);
  }

  private TrainingOutcome train(StartMode mode, Config configuration, TrainingListener... more)
      throws IOException {
    try (TrackedTraining tracked = tracked(configuration, PATIENCE)) {
      TrainingListener[] all = java.util.Arrays.copyOf(more, more.length + 1);
      all[more.length] = tracked;
      return run(mode, configuration, all);
    }
  }

  private TrainingOutcome run(StartMode mode, Config configuration, TrainingListener... listeners) {
    return TrainingFixture.run(
        TrainingFixture.job(spark, folder.resolve("run"), configuration, listeners), mode);
  }

  private TrackedTraining tracked(Config configuration, Duration patience) {
    return tracked(server(server.address(), Map.of()), configuration, patience);
  }

  private TrackedTraining tracked(TrackingServer known, Config configuration, Duration patience) {
    return new TrackedTraining(
        new Experiment(known, "curves"),
        new Configuration(),
        new org.apache.hadoop.fs.Path(folder.resolve("run").toString()),
        configuration,
        "made-up",
        patience,
        warnings::add);
  }

  private static SortedMap<Long, Double> errors(TrainingOutcome outcome) {
    SortedMap<Long, Double> errors = new TreeMap<>();
    outcome.epochs().forEach(epoch -> errors.put((long) epoch.epoch(), epoch.test().get("error")));
    return errors;
  }
}
