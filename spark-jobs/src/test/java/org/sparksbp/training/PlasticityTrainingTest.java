package org.sparksbp.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparksbp.checkpoint.ModelFiles;
import org.sparksbp.kernel.KernelChoice;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ModelType;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;

/** The loop with the network it was made for. */
class PlasticityTrainingTest {

  private static JavaSparkContext spark;

  @TempDir Path folder;

  @BeforeAll
  static void startSpark() {
    spark = TrainingFixture.context(TrainingFixture.sparkConf("local[2]"));
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fresh", "carried"})
  void oneWorkerTrainsTheNetworkAsALocalLoopDoes(String state) throws IOException {
    Config configuration = configuration(state, "training.workers = 1");
    TrainingFixture.train(spark, folder, configuration);

    List<Sample> samples = TrainingFixture.samples("train", 97);
    try (Learner learner = ModelType.named("snn").create(configuration, TrainingFixture.SHAPE)) {
      for (int epoch = 1; epoch <= 2; epoch++) {
        for (int batch = 0; batch < 9; batch++) {
          List<Sample> taken =
              IntStream.range(batch * 10, batch * 10 + 10).mapToObj(samples::get).toList();
          learner.learn(new SpikeBatch(taken), new BatchPosition(7, epoch, 0, batch));
        }
      }
      assertThat(
              ModelFiles.read(
                      new Configuration(),
                      new org.apache.hadoop.fs.Path(folder.resolve("model").toUri()))
                  .parameters())
          .isEqualTo(learner.parameters());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fresh", "carried"})
  void twoWorkersStoppedAndResumedTrainToTheBytesOfAnUndisturbedRun(String state) {
    Config configuration = configuration(state, "training.workers = 2");
    TrainingFixture.train(spark, folder.resolve("whole"), configuration);
    TrainingJob stopping =
        TrainingFixture.stoppingJob(
            spark,
            folder.resolve("stopped"),
            configuration,
            stop ->
                new TrainingListener() {
                  @Override
                  public void roundFinished(RoundReport round) {
                    stop.run();
                  }
                });
    TrainingFixture.run(stopping, StartMode.NEW);
    TrainingFixture.run(
        TrainingFixture.job(spark, folder.resolve("stopped"), configuration), StartMode.RESUME);
    assertThat(TrainingFixture.files(folder.resolve("stopped/model")))
        .isEqualTo(TrainingFixture.files(folder.resolve("whole/model")));
  }

  @Test
  void modelNamesTheKernelsThatAutoWasDecidedToBe() throws IOException {
    Config configuration = configuration("fresh", "compute.kernels = auto");
    TrainingFixture.train(spark, folder, configuration);

    assertThat(
            ModelFiles.read(
                    new Configuration(),
                    new org.apache.hadoop.fs.Path(folder.resolve("model").toUri()))
                .configuration()
                .getString("compute.kernels"))
        .isEqualTo(KernelChoice.named("auto").name());
  }

  private static Config configuration(String state, String workers) {
    return TrainingFixture.configuration(
            "model = snn",
            "snn.state = " + state,
            "network.hidden = [8]",
            workers,
            "training { epochs = 2, limit = 90, shuffle = false }")
        .withFallback(ConfigFactory.parseResources("reference.conf"))
        .resolve();
  }
}
