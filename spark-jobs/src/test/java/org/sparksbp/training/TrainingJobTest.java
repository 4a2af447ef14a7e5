package org.sparksbp.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparksbp.training.TrainingFixture.configuration;
import static org.sparksbp.training.TrainingFixture.files;
import static org.sparksbp.training.TrainingFixture.inSpark;
import static org.sparksbp.training.TrainingFixture.job;
import static org.sparksbp.training.TrainingFixture.run;
import static org.sparksbp.training.TrainingFixture.stoppingJob;
import static org.sparksbp.training.TrainingFixture.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparksbp.checkpoint.ModelFiles;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.Learner;
import org.sparksbp.random.RandomStream;
import org.sparksbp.rounds.WorkerMemories;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;
import org.sparksbp.training.TrainingOutcome.Ending;

class TrainingJobTest {

  private static JavaSparkContext spark;

  @TempDir Path folder;

  @BeforeAll
  static void startSpark() {
    spark = TrainingFixture.context(TrainingFixture.sparkConf("local[2,4]"));
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"parameters", "updates"})
  void oneWorkerLearnsWhatALocalLoopDoes(String mode) throws IOException {
    Config configuration =
        configuration("training.workers = 1", "averaging.mode = " + mode, "softmax.memory = true");
    train(spark, folder, configuration);

    List<Sample> samples = TrainingFixture.samples("train", 97);
    try (Learner learner = new SoftmaxModelType().create(configuration, TrainingFixture.SHAPE)) {
      for (int epoch = 1; epoch <= 3; epoch++) {
        int[] order = RandomStream.of(7, "sample-order", epoch, 0).permutation(97);
        for (int batch = 0; batch < 10; batch++) {
          List<Sample> taken =
              java.util.stream.IntStream.range(batch * 10, Math.min(97, batch * 10 + 10))
                  .mapToObj(i -> samples.get(order[i]))
                  .toList();
          learner.learn(new SpikeBatch(taken), new BatchPosition(7, epoch, 0, batch));
        }
      }
      assertThat(model("model").parameters()).isEqualTo(learner.parameters());
    }
  }

  @Test
  void trainingLowersTheTestError() {
    List<EpochReport> epochs = train(spark, folder, configuration("training.epochs = 8")).epochs();
    assertThat(epochs).hasSize(8);
    assertThat(epochs.get(7).test().get("error")).isLessThan(0.3);
    assertThat(epochs.get(0).trainSamples()).isEqualTo(97);
    assertThat(epochs.get(0).trainingWork().multiplyAccumulates()).isEqualTo(97 * 39);
    assertThat(epochs.get(0).testWork().multiplyAccumulates()).isEqualTo(40 * 39);
  }

  @Test
  void theModelDoesNotDependOnTheNumberOfCores() {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    train(spark, two, configuration("softmax.memory = true"));
    spark.stop();
    try {
      inSpark("local[1]", single -> train(single, one, configuration("softmax.memory = true")));
    } finally {
      startSpark();
    }
    assertThat(files(one.resolve("model"))).isEqualTo(files(two.resolve("model")));
    assertThat(files(one.resolve("model"))).containsKeys("model.json", "weights-0.npy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void aTaskThatFailsAndIsTriedAgainChangesNothing(String memory) throws IOException {
    train(spark, folder.resolve("calm"), configuration("softmax.memory = " + memory));
    train(
        spark,
        folder.resolve("failing"),
        configuration("softmax.memory = " + memory, "softmax.failing = true"));
    assertThat(model("failing/model").parameters()).isEqualTo(model("calm/model").parameters());
  }

  @Test
  void moreWorkersThanATreeLevelHoldsTrainToTheSameBitsTwice() {
    Config configuration = configuration("training.workers = 19", "averaging.every = 1");
    train(spark, folder.resolve("a"), configuration);
    train(spark, folder.resolve("b"), configuration);
    assertThat(files(folder.resolve("a/model"))).isEqualTo(files(folder.resolve("b/model")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void aRunStoppedInsideAnEpochGoesOnToTheSameBits(String memory) throws IOException {
    Config configuration =
        configuration(
            "softmax.memory = " + memory,
            "averaging { every = 1, transport = spark-jobs }",
            "training.epochs = 4");
    TrainingOutcome whole = train(spark, folder.resolve("whole"), configuration);

    Path stopped = folder.resolve("stopped");
    TrainingJob stopping =
        stoppingJob(
            spark,
            stopped,
            configuration,
            stop ->
                new TrainingListener() {
                  @Override
                  public void roundFinished(RoundReport round) {
                    if (round.epoch() == 2 && round.round() == 2) {
                      stop.run();
                    }
                  }
                });
    TrainingOutcome interrupted = run(stopping, StartMode.NEW);
    assertThat(interrupted.ending()).isEqualTo(Ending.INTERRUPTED);
    assertThat(stopped.resolve("model")).doesNotExist();
    assertThat(stopped.resolve("checkpoints/epoch-00001-round-00003")).isDirectory();

    TrainingOutcome resumed = run(job(spark, stopped, configuration), StartMode.RESUME);
    assertThat(resumed.ending()).isEqualTo(Ending.FINISHED);
    assertThat(files(stopped.resolve("model"))).isEqualTo(files(folder.resolve("whole/model")));
    assertThat(files(stopped.resolve("best"))).isEqualTo(files(folder.resolve("whole/best")));
    assertThat(resumed.epochs().stream().map(EpochReport::train).toList())
        .isEqualTo(whole.epochs().stream().map(EpochReport::train).toList());
  }

  @Test
  void memoriesOutliveMoreRoundsThanAreHeldAtATime() {
    String[] settings = {"softmax.memory = true", "averaging.every = 1", "training.epochs = 12"};
    Config unchecked = configuration(settings);
    train(
        spark,
        folder.resolve("long"),
        with(unchecked, "checkpoint.every = 0\naveraging.transport = spark-jobs"));
    train(spark, folder.resolve("checked"), with(unchecked, "checkpoint.every = 1"));
    assertThat(12 * 5).isGreaterThan(2 * WorkerMemories.LONGEST_LINEAGE);
    assertThat(files(folder.resolve("long/model")))
        .isEqualTo(files(folder.resolve("checked/model")));
    assertThat(folder.resolve("long/.memories")).doesNotExist();
  }

  @Test
  void onlyTheNewestCheckpointsAreKept() throws IOException {
    train(spark, folder, configuration("training.epochs = 5", "checkpoint.keep = 2"));
    try (Stream<Path> kept = Files.list(folder.resolve("checkpoints"))) {
      assertThat(kept.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("epoch-00004", "epoch-00005");
    }
  }

  @Test
  void aFinishedRunIsNotDoneAgain() {
    TrainingOutcome first = train(spark, folder, configuration());
    TrainingOutcome second =
        train(
            spark,
            folder,
            configuration("checkpoint.every = 2"),
            new TrainingListener() {
              @Override
              public void roundFinished(RoundReport round) {
                throw new AssertionError("trained again");
              }
            });
    assertThat(second.ending()).isEqualTo(Ending.ALREADY_DONE);
    assertThat(second.epochs()).isEqualTo(first.epochs());
    assertThat(second.bestEpoch()).isEqualTo(first.bestEpoch());
  }

  @Test
  void aFolderOfAnotherRunIsRefusedWithWhatDiffers() {
    train(spark, folder, configuration());
    assertThatThrownBy(() -> train(spark, folder, configuration("softmax.rate = 0.25")))
        .isInstanceOf(RunConflictException.class)
        .hasMessageContaining("softmax.rate is 0.5 there, 0.25 here");
  }

  @Test
  void aCheckpointThatAnotherRunHasLeftIsNotGoneOnFrom() throws IOException {
    train(spark, folder.resolve("other"), configuration("seed = 8"));
    Path checkpoints = Files.createDirectories(folder.resolve("run/checkpoints"));
    Files.move(folder.resolve("other/checkpoints/epoch-00003"), checkpoints.resolve("epoch-00003"));

    assertThatThrownBy(() -> train(spark, folder.resolve("run"), configuration()))
        .isInstanceOf(RunConflictException.class)
        .hasMessageContaining("its newest checkpoint is of run");
  }

  @Test
  void anUnfinishedRunIsNotStartedAgainByMistake() {
    assertThatThrownBy(() -> train(spark, folder, configuration(), failingAfterEpoch(2)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> train(spark, folder, configuration()))
        .isInstanceOf(RunConflictException.class)
        .hasMessageContaining("--resume");
  }

  @Test
  void metricsHaveOneWholeLineAnEpochAlsoWhenResumedFromBeforeTheLast() throws IOException {
    Config configuration = configuration("training.epochs = 6", "checkpoint.every = 2");
    assertThatThrownBy(() -> train(spark, folder, configuration, failingAfterEpoch(3)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(Files.readAllLines(folder.resolve("metrics.jsonl"))).hasSize(3);
    Files.writeString(
        folder.resolve("metrics.jsonl"),
        "{\"epoch\": 4, \"tr",
        java.nio.file.StandardOpenOption.APPEND);

    TrainingOutcome outcome = run(job(spark, folder, configuration), StartMode.RESUME);
    List<String> lines = Files.readAllLines(folder.resolve("metrics.jsonl"));
    assertThat(lines).hasSize(6);
    for (int i = 0; i < 6; i++) {
      JsonNode line = new ObjectMapper().readTree(lines.get(i));
      assertThat(line.path("epoch").asInt()).isEqualTo(i + 1);
      assertThat(line.path("data").asText()).isEqualTo("made-up");
      assertThat(line.path("run").asText()).isEqualTo(outcome.run());
      assertThat(line.path("train").path("accuracy").isNumber()).isTrue();
      assertThat(line.path("test").path("error").asDouble())
          .isEqualTo(outcome.epochs().get(i).test().get("error"));
      assertThat(line.path("samplesPerSecond").asDouble()).isPositive();
    }
  }

  @Test
  void divergenceEndsTheRunAndKeepsTheLastGoodModel() throws IOException {
    Config configuration = configuration("softmax.diverge-in-epoch = 3", "training.epochs = 5");
    assertThatThrownBy(() -> train(spark, folder, configuration))
        .isInstanceOf(TrainingFailedException.class)
        .hasMessageContaining("epoch 3, round 0")
        .hasMessageContaining("outputs of batch 0 of worker 0")
        .hasMessageContaining("model of epoch 2 is kept in");
    assertThat(model("model").provenance().epochs()).isEqualTo(2);
    train(spark, folder.resolve("good"), configuration("training.epochs = 2"));
    assertThat(model("model").parameters()).isEqualTo(model("good/model").parameters());
  }

  @Test
  void aPlateauEndsTheRunEarly() {
    Config configuration =
        configuration(
            "softmax.rate = 0",
            "training.epochs = 20",
            "training.early-stopping { patience = 3, min-delta = 0.01 }");
    TrainingOutcome outcome = train(spark, folder, configuration);
    assertThat(outcome.ending()).isEqualTo(Ending.EARLY_STOPPED);
    assertThat(outcome.epochs()).hasSize(4);
    assertThat(outcome.bestEpoch()).isEqualTo(1);
    assertThat(folder.resolve("model/model.json")).exists();
  }

  @Test
  void theModelSaysWhereItComesFrom() throws IOException {
    TrainingOutcome outcome = train(spark, folder, configuration("training.limit = 30"));
    var saved = model("best");
    assertThat(saved.type()).isEqualTo("softmax");
    assertThat(saved.shape()).isEqualTo(TrainingFixture.SHAPE);
    assertThat(saved.provenance().run()).isEqualTo(outcome.run());
    assertThat(saved.provenance().dataFingerprint()).isEqualTo("made-up");
    assertThat(saved.provenance().epochs()).isEqualTo(outcome.bestEpoch());
    assertThat(saved.provenance().metrics())
        .isEqualTo(outcome.epochs().get(outcome.bestEpoch() - 1).measures());
    assertThat(saved.configuration().getInt("training.limit")).isEqualTo(30);
    assertThat(outcome.epochs().get(0).trainSamples()).isEqualTo(30);
  }

  private static Config with(Config configuration, String override) {
    return com.typesafe.config.ConfigFactory.parseString(override).withFallback(configuration);
  }

  private static TrainingListener failingAfterEpoch(int epoch) {
    return new TrainingListener() {
      @Override
      public void epochFinished(EpochReport report) {
        if (report.epoch() == epoch) {
          throw new IllegalStateException("the driver dies");
        }
      }
    };
  }

  private org.sparksbp.modelfolder.SavedModel model(String name) throws IOException {
    return ModelFiles.read(
        new Configuration(), new org.apache.hadoop.fs.Path(folder.resolve(name).toUri()));
  }
}
