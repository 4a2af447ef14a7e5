package org.sparksbp.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparksbp.training.TrainingFixture.configuration;
import static org.sparksbp.training.TrainingFixture.context;
import static org.sparksbp.training.TrainingFixture.files;
import static org.sparksbp.training.TrainingFixture.inSpark;
import static org.sparksbp.training.TrainingFixture.job;
import static org.sparksbp.training.TrainingFixture.killAnExecutor;
import static org.sparksbp.training.TrainingFixture.localClusterConf;
import static org.sparksbp.training.TrainingFixture.run;
import static org.sparksbp.training.TrainingFixture.train;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that really die. */
@Tag("slow")
class ProcessDeathTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void anExecutorKilledInTheMiddleOfTrainingChangesNoByteOfTheModel(String memory)
      throws IOException {
    String[] settings = {"softmax.memory = " + memory, "averaging.every = 1"};
    inSpark("local[2]", spark -> train(spark, folder.resolve("calm"), configuration(settings)));

    AtomicInteger killed = new AtomicInteger();
    try (JavaSparkContext cluster = context(localClusterConf())) {
      train(
          cluster,
          folder.resolve("killed"),
          configuration(settings),
          new TrainingListener() {
            @Override
            public void roundFinished(RoundReport round) {
              if (round.epoch() == 2 && round.round() == 2) {
                killed.addAndGet(killAnExecutor());
              }
            }
          });
    }
    assertThat(killed).hasValue(1);
    assertThat(files(folder.resolve("killed/model")))
        .isEqualTo(files(folder.resolve("calm/model")));
  }

  @Test
  void anExecutorKilledWhileWorkersAverageDirectlyChangesNoByteOfTheModel() throws Exception {
    String[] settings = {"averaging.every = 1", "softmax.pause = 30", "training.epochs = 4"};
    inSpark("local[2]", spark -> train(spark, folder.resolve("calm"), configuration(settings)));

    AtomicInteger killed = new AtomicInteger();
    try (JavaSparkContext cluster = context(localClusterConf());
        AutoCloseable killer = killingInTheThirdAllReduce(cluster, killed)) {
      train(cluster, folder.resolve("killed"), configuration(settings));
    }
    assertThat(killed).hasValue(1);
    assertThat(files(folder.resolve("killed/model")))
        .isEqualTo(files(folder.resolve("calm/model")));
  }

  /** Kills when the tasks of a stage have begun that must run at once. */
  private static AutoCloseable killingInTheThirdAllReduce(
      JavaSparkContext cluster, AtomicInteger killed) {
    ExecutorService killer = Executors.newSingleThreadExecutor();
    AtomicInteger started = new AtomicInteger();
    cluster
        .sc()
        .addSparkListener(
            new SparkListener() {
              private final Set<Integer> allReduces = ConcurrentHashMap.newKeySet();

              @Override
              public void onStageSubmitted(SparkListenerStageSubmitted stage) {
                if (stage.stageInfo().details().contains("rounds.AllReduceEngine.")) {
                  allReduces.add(stage.stageInfo().stageId());
                }
              }

              @Override
              public void onTaskStart(SparkListenerTaskStart task) {
                if (allReduces.contains(task.stageId()) && started.incrementAndGet() == 6) {
                  killer.execute(() -> killed.addAndGet(killAnExecutor()));
                }
              }
            });
    return killer::shutdown;
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void aKilledDriverResumedTrainsToTheSameBytes(String memory) throws Exception {
    String setting = "softmax.memory = " + memory;
    Path killed = folder.resolve("killed");
    Process driver = startDriver(killed, setting);
    try (BufferedReader out = driver.inputReader(StandardCharsets.UTF_8)) {
      String line;
      do {
        line = out.readLine();
        assertThat(line).as("the driver ended before its time").isNotNull();
      } while (!line.equals(DyingDriver.LAST_WORDS));
    } finally {
      driver.destroyForcibly().waitFor();
    }
    assertThat(killed.resolve("model")).doesNotExist();

    inSpark(
        "local[2]",
        spark -> {
          run(job(spark, killed, configuration(setting)), StartMode.RESUME);
          return train(spark, folder.resolve("calm"), configuration(setting));
        });
    assertThat(files(killed.resolve("model"))).isEqualTo(files(folder.resolve("calm/model")));
    assertThat(Files.readAllLines(killed.resolve("metrics.jsonl"))).hasSize(3);
  }

  private static Process startDriver(Path output, String setting) throws IOException {
    return TrainingFixture.java(
            List.of(), DyingDriver.class.getName(), output.toString(), setting, "2")
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
