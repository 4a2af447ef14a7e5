package org.sparksbp.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sparksbp.training.TrainingFixture.configuration;
import static org.sparksbp.training.TrainingFixture.context;
import static org.sparksbp.training.TrainingFixture.files;
import static org.sparksbp.training.TrainingFixture.inSpark;
import static org.sparksbp.training.TrainingFixture.signal;
import static org.sparksbp.training.TrainingFixture.train;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.storage.RDDInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparksbp.training.TrainingFixture;
import org.sparksbp.training.TrainingListener;

/** A task of an executor that hangs is run a second time on another machine. */
@Tag("slow")
class SpeculationTest {

  private static final int HELD_SECONDS = 4;

  @TempDir static Path clusterFolder;

  private static LoopbackCluster cluster;
  private static Process slowWorker;

  @TempDir Path folder;

  @BeforeAll
  static void startCluster() throws Exception {
    cluster = new LoopbackCluster(clusterFolder, 2);
    slowWorker = cluster.addWorker("127.0.0.2", 2);
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  /** Whichever of the two ends first; Spark never repeats tasks that average among themselves. */
  @ParameterizedTest
  @CsvSource({"spark-jobs, false", "spark-jobs, true", "direct, false"})
  void tasksThatAreRunTwiceChangeNoByte(String transport, boolean memory) {
    Config configuration =
        configuration(
            "averaging.every = 1",
            "averaging.transport = " + transport,
            "softmax.memory = " + memory,
            "softmax.pause = 30");
    inSpark("local[2]", spark -> train(spark, folder.resolve("calm"), configuration));
    RunTwice runTwice = new RunTwice();
    try (JavaSparkContext spark = context(speculating())) {
      awaitExecutors(spark);
      spark.sc().addSparkListener(runTwice);
      train(
          spark,
          folder.resolve("slow"),
          configuration,
          new TrainingListener() {
            @Override
            public void roundFinished(RoundReport round) {
              if (round.epoch() == 2 && round.round() == 1) {
                holdSlowExecutor();
              }
            }
          });
    }
    assertThat(files(folder.resolve("slow/model"))).isEqualTo(files(folder.resolve("calm/model")));
    if (transport.equals("spark-jobs")) {
      assertThat(runTwice.tasks).hasPositiveValue();
    } else {
      assertThat(runTwice.stagesThatAverage).isNotEmpty();
      assertThat(runTwice.ofThese).hasValue(0);
    }
  }

  /** Counts second runs, also of those tasks that average among themselves. */
  private static final class RunTwice extends SparkListener {
    private final Set<Integer> stagesThatAverage = ConcurrentHashMap.newKeySet();
    private final AtomicInteger tasks = new AtomicInteger();
    private final AtomicInteger ofThese = new AtomicInteger();

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted stage) {
      StageInfo info = stage.stageInfo();
      if (info.rddInfos().exists(RDDInfo::isBarrier)) {
        stagesThatAverage.add(info.stageId());
      }
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart task) {
      if (task.taskInfo().speculative()) {
        tasks.incrementAndGet();
        ofThese.addAndGet(stagesThatAverage.contains(task.stageId()) ? 1 : 0);
      }
    }
  }

  private static SparkConf speculating() {
    return TrainingFixture.sparkConf(cluster.master())
        .set("spark.executor.memory", "512m")
        .set("spark.executor.cores", "2")
        .set("spark.executor.extraClassPath", TrainingFixture.classPath())
        .set("spark.locality.wait", "200ms")
        .set("spark.speculation", "true")
        .set("spark.speculation.interval", "100ms")
        .set("spark.speculation.quantile", "0.5")
        .set("spark.speculation.multiplier", "1.2")
        .set("spark.speculation.minTaskRuntime", "100ms");
  }

  private static void awaitExecutors(JavaSparkContext spark) {
    try {
      while (LiveExecutors.slots(spark.sc()).size() < 2) {
        Thread.sleep(100);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void holdSlowExecutor() {
    List<ProcessHandle> executors = slowWorker.descendants().toList();
    assertThat(executors).isNotEmpty();
    executors.forEach(executor -> signal(executor, "STOP"));
    CompletableFuture.delayedExecutor(HELD_SECONDS, TimeUnit.SECONDS)
        .execute(() -> executors.forEach(executor -> signal(executor, "CONT")));
  }
}
