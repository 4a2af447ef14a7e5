package org.sparksbp.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.averaging.AveragingEngine;
import org.sparksbp.checkpoint.ModelFiles;

/**
 * The perceptron trained by Deeplearning4j's master, beside the same training by our own rounds.
 */
class Deeplearning4jTrainingTest {

  private static JavaSparkContext spark;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    spark = TrainingFixture.context(TrainingFixture.sparkConf("local[2]"));
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @Test
  void theMasterAndOurRoundsGiveTheSameParametersOnTheSameSchedule() throws IOException {
    TrainingOutcome own = train("own", "averaging.engine = own");
    TrainingOutcome theirs = train("deeplearning4j", "averaging.engine = deeplearning4j");

    assertThat(parameters("deeplearning4j"))
        .containsExactly(parameters("own"), Offset.offset(1e-5f));
    assertThat(theirs.epochs().get(2).test().get("error"))
        .isCloseTo(own.epochs().get(2).test().get("error"), within(1e-9));
    assertThat(theirs.epochs().get(2).train().get("error")).isLessThan(0.5);
    assertThat(theirs.epochs().get(2).trainSamples()).isEqualTo(80);
    assertThat(theirs.epochs().get(2).trainingWork()).isEqualTo(own.epochs().get(2).trainingWork());
  }

  @Test
  void itIsTheDefaultOfThePerceptronAndOfNoOtherModel() {
    assertThat(TrainingSettings.of(configuration("")).rounds().engine())
        .isEqualTo(AveragingEngine.DEEPLEARNING4J);
    assertThat(TrainingSettings.of(TrainingFixture.configuration("")).rounds().engine())
        .isEqualTo(AveragingEngine.OWN);
  }

  @Test
  void itIsRefusedForOtherModels() {
    assertThatThrownBy(
            () ->
                TrainingSettings.of(
                    TrainingFixture.configuration("averaging.engine = deeplearning4j")))
        .isInstanceOf(ConfigException.BadValue.class)
        .hasMessageContaining("averaging.engine")
        .hasMessageContaining("bp-ann only");
  }

  private TrainingOutcome train(String name, String engine) throws IOException {
    return TrainingFixture.job(spark, folder.resolve(name), configuration(engine))
        .run(StartMode.NEW);
  }

  private float[] parameters(String name) throws IOException {
    return ModelFiles.read(
            new Configuration(),
            new org.apache.hadoop.fs.Path(folder.resolve(name).resolve("model").toUri()))
        .parameters();
  }

  /** 80 samples in batches of 10 for two workers: rounds of two batches, all of them full. */
  private static Config configuration(String override) {
    return TrainingFixture.configuration(
            override,
            "model = bp-ann, rule = bp, network.hidden = [7], training.limit = 80",
            "bp-ann.learning-rate = 0.02")
        .withFallback(ConfigFactory.parseResources("reference.conf"))
        .resolve();
  }
}
