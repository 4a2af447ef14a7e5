package org.sparksbp.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparksbp.training.TrainingFixture.configuration;
import static org.sparksbp.training.TrainingFixture.context;
import static org.sparksbp.training.TrainingFixture.files;
import static org.sparksbp.training.TrainingFixture.job;
import static org.sparksbp.training.TrainingFixture.localClusterConf;
import static org.sparksbp.training.TrainingFixture.run;
import static org.sparksbp.training.TrainingFixture.sparkConf;
import static org.sparksbp.training.TrainingFixture.stoppingJob;
import static org.sparksbp.training.TrainingFixture.train;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparksbp.training.TrainingOutcome.Ending;

/** Rounds averaged by all-reduce, held against rounds that are Spark jobs. */
class AllReduceTrainingTest {

  private static JavaSparkContext spark;

  @TempDir Path folder;

  @BeforeAll
  static void startSpark() {
    spark = context(sparkConf("local[64,1]"));
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @ParameterizedTest
  @CsvSource({
    "1, parameters, true",
    "2, parameters, false",
    "2, updates, true",
    "3, updates, false",
    "10, parameters, true",
    "8, updates, false",
    "10, updates, false",
    "64, parameters, false"
  })
  void giveTheBitsOfRoundsThatAreJobs(int workers, String mode, boolean memory) {
    String[] settings = {
      "training.workers = " + workers, "averaging.mode = " + mode, "softmax.memory = " + memory
    };
    TrainingOutcome jobs = train(spark, folder.resolve("jobs"), with("spark-jobs", settings));
    AllReduceStages stages = new AllReduceStages(spark);
    TrainingOutcome direct = train(spark, folder.resolve("direct"), with("direct", settings));

    assertThat(stages.count()).isPositive();
    assertThat(files(folder.resolve("direct/model")))
        .isEqualTo(files(folder.resolve("jobs/model")));
    assertThat(direct.run()).isEqualTo(jobs.run());
    assertThat(direct.epochs().stream().map(EpochReport::measures).toList())
        .isEqualTo(jobs.epochs().stream().map(EpochReport::measures).toList());
    assertThat(direct.epochs().stream().map(EpochReport::trainingWork).toList())
        .isEqualTo(jobs.epochs().stream().map(EpochReport::trainingWork).toList());
  }

  @Test
  void divergenceIsFoundInTheRoundInWhichItHappens() {
    for (String transport : new String[] {"spark-jobs", "direct"}) {
      Config configuration =
          with(transport, "softmax.diverge-in-epoch = 2", "softmax.diverge-from-batch = 3");
      assertThatThrownBy(() -> train(spark, folder.resolve(transport), configuration))
          .isInstanceOf(TrainingFailedException.class)
          .hasMessageContaining("epoch 2, round 3: the outputs of batch 3 of worker 0")
          .hasMessageContaining("model of epoch 1 is kept in");
    }
    assertThat(files(folder.resolve("direct/model")))
        .isEqualTo(files(folder.resolve("spark-jobs/model")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void aRunStoppedInsideAnEpochGoesOnToTheSameBits(String memory) {
    Config configuration = with("direct", "softmax.memory = " + memory);
    train(spark, folder.resolve("whole"), with("spark-jobs", "softmax.memory = " + memory));
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
                    stop.run();
                  }
                });
    assertThat(run(stopping, StartMode.NEW).ending()).isEqualTo(Ending.INTERRUPTED);
    assertThat(stopped.resolve("checkpoints/epoch-00000-round-00001")).isDirectory();

    assertThat(run(job(spark, stopped, configuration), StartMode.RESUME).ending())
        .isEqualTo(Ending.FINISHED);
    assertThat(files(stopped.resolve("model"))).isEqualTo(files(folder.resolve("whole/model")));
  }

  @Test
  void moreWorkersThanCoresTrainWithJobs() {
    AllReduceStages stages = new AllReduceStages(spark);
    train(spark, folder, with("auto", "training { workers = 65, epochs = 1 }"));
    assertThat(stages.count()).isZero();
    assertThat(folder.resolve("model/model.json")).exists();
  }

  @Test
  void whatCannotBeDirectIsRefusedWhereItIsDemanded() {
    Config configuration =
        with("direct", "model = bp-ann", "rule = bp", "averaging.engine = deeplearning4j")
            .withFallback(ConfigFactory.parseResources("reference.conf"))
            .resolve();
    assertThatThrownBy(() -> train(spark, folder, configuration))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("averaging.transport")
        .hasMessageContaining("averaging.engine is deeplearning4j");
  }

  @Test
  @Tag("slow")
  void executorsAverageAmongThemselvesEncryptedToTheBitsOfOneProcess() throws IOException {
    Config configuration =
        with("auto", "model = snn", "network.hidden = [8]", "training.epochs = 2")
            .withFallback(ConfigFactory.parseString("compute.kernels = plain"))
            .withFallback(ConfigFactory.parseResources("reference.conf"))
            .resolve();
    train(spark, folder.resolve("local"), configuration);
    spark.stop();
    SparkConf secured =
        localClusterConf()
            .set("spark.authenticate", "true")
            .set("spark.authenticate.secret", "a secret of this test")
            .set("spark.network.crypto.enabled", "true")
            .set("spark.network.crypto.authEngineVersion", "2")
            .set("spark.network.crypto.cipher", "AES/GCM/NoPadding");
    try (JavaSparkContext cluster = context(secured)) {
      AllReduceStages stages = new AllReduceStages(cluster);
      train(cluster, folder.resolve("cluster"), configuration);
      assertThat(stages.count()).isPositive();
    } finally {
      startSpark();
    }
    assertThat(files(folder.resolve("cluster/model")))
        .isEqualTo(files(folder.resolve("local/model")));
  }

  private static Config with(String transport, String... settings) {
    return configuration(settings)
        .withValue("averaging.transport", ConfigValueFactory.fromAnyRef(transport))
        .withValue("averaging.every", ConfigValueFactory.fromAnyRef(1));
  }

  /** Counts the Spark stages in which workers average directly, from now on. */
  private static final class AllReduceStages extends SparkListener {
    private final Set<Integer> stages = ConcurrentHashMap.newKeySet();
    private final JavaSparkContext watched;

    AllReduceStages(JavaSparkContext watched) {
      this.watched = watched;
      watched.sc().addSparkListener(this);
    }

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted stage) {
      if (stage.stageInfo().details().contains("rounds.AllReduceEngine.")) {
        stages.add(stage.stageInfo().stageId());
      }
    }

    int count() {
      try {
        watched.sc().listenerBus().waitUntilEmpty();
      } catch (java.util.concurrent.TimeoutException e) {
        throw new IllegalStateException(e);
      }
      watched.sc().removeSparkListener(this);
      return stages.size();
    }
  }
}
