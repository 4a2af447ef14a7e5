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
import static org.sparksbp.training.TrainingFixture.stoppingJob;
import static org.sparksbp.training.TrainingFixture.train;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.TaskLocality;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.training.TrainingOutcome.Ending;

/** What training does when executors go, come back, or are not to be had. */
class LostExecutorTrainingTest {

  private static final CountDownLatch HELD = new CountDownLatch(2);

  @TempDir Path folder;

  @Test
  @Tag("slow")
  void afterALossAllWorkersLearnWhereTheirSamplesLieAgain() throws Exception {
    Config configuration =
        configuration(
            "training.workers = 4",
            "training.epochs = 40",
            "averaging.every = 1",
            "softmax.pause = 30");
    inSpark("local[4]", spark -> train(spark, folder.resolve("calm"), configuration));

    AllReducePlaces places = new AllReducePlaces();
    try (JavaSparkContext cluster =
        context(
            localClusterConf()
                .setMaster("local-cluster[2,2,512]")
                // Samples lie across many pieces of their files, in one piece in the calm run.
                .set("spark.sbp.samples.pieceSize", "300"))) {
      awaitTwoExecutors(cluster);
      cluster.sc().addSparkListener(places);
      train(
          cluster,
          folder.resolve("lost"),
          configuration,
          new TrainingListener() {
            @Override
            public void roundFinished(RoundReport round) {
              if (round.epoch() == 5 && round.round() == 1) {
                killAnExecutor();
              }
            }
          });
      cluster.sc().listenerBus().waitUntilEmpty();
    }

    assertThat(files(folder.resolve("lost/model"))).isEqualTo(files(folder.resolve("calm/model")));
    // The third executor has replaced the lost one.
    assertThat(places.ofTheLastStage()).hasSize(2).containsEntry("2", 2);
    assertThat(places.keptNeighboursTogether()).isTrue();
    assertThat(places.farFromTheirSamples()).as("tasks that fetched their samples").isZero();
  }

  @Test
  @Timeout(120)
  void aStopEndsTrainingThatWaitsForSlotsAndKeepsItsRounds() throws Exception {
    Config configuration = configuration("training.epochs = 3", "averaging.every = 1");
    inSpark("local[2]", spark -> train(spark, folder.resolve("whole"), configuration));
    Path stopped = folder.resolve("stopped");
    try (JavaSparkContext spark = context(TrainingFixture.sparkConf("local[2]"))) {
      JavaFutureAction<?>[] holder = new JavaFutureAction<?>[1];
      TrainingJob stopping =
          stoppingJob(
              spark,
              stopped,
              configuration,
              stop ->
                  new TrainingListener() {
                    @Override
                    public void epochFinished(EpochReport epoch) {
                      if (epoch.epoch() == 2) {
                        holder[0] = holdAllSlots(spark);
                        stop.run();
                      }
                    }
                  });
      assertThat(run(stopping, StartMode.NEW).ending()).isEqualTo(Ending.INTERRUPTED);
      assertThat(stopped.resolve("checkpoints/epoch-00002")).isDirectory();
      holder[0].cancel(true);
    }
    inSpark("local[2]", spark -> run(job(spark, stopped, configuration), StartMode.RESUME));
    assertThat(files(stopped.resolve("model"))).isEqualTo(files(folder.resolve("whole/model")));
  }

  @Test
  void aRunGoesOnWithItsOwnNumberOfWorkersOnOtherCores() {
    Config three = configuration("training.workers = 3");
    Config asManyAsCores = configuration("training.workers = 0");
    inSpark("local[2]", spark -> train(spark, folder.resolve("run"), three));

    TrainingOutcome again =
        inSpark("local[2]", spark -> train(spark, folder.resolve("run"), asManyAsCores));

    assertThat(again.ending()).isEqualTo(Ending.ALREADY_DONE);
  }

  private static void awaitTwoExecutors(JavaSparkContext cluster) throws InterruptedException {
    while (cluster.sc().statusTracker().getExecutorInfos().length < 3) { // the driver is one
      Thread.sleep(100);
    }
  }

  private static JavaFutureAction<?> holdAllSlots(JavaSparkContext spark) {
    JavaFutureAction<?> holder =
        spark.parallelize(List.of(1, 2), 2).map(LostExecutorTrainingTest::hold).collectAsync();
    try {
      HELD.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return holder;
  }

  private static int hold(int value) throws InterruptedException {
    HELD.countDown();
    Thread.sleep(600_000);
    return value;
  }

  /** Where the tasks of the all-reduce stages have run. */
  private static final class AllReducePlaces extends SparkListener {
    private static final String APART = "several";
    private final ConcurrentSkipListMap<Integer, Map<String, Integer>> executors =
        new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<Integer, String> ofFirstTwo = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<Integer, Integer> far = new ConcurrentSkipListMap<>();

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted stage) {
      if (stage.stageInfo().details().contains("rounds.AllReduceEngine.")) {
        executors.put(stage.stageInfo().stageId(), new TreeMap<>());
      }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
      Map<String, Integer> places = executors.get(task.stageId());
      if (places != null) {
        places.merge(task.taskInfo().executorId(), 1, Integer::sum);
        if (task.taskInfo().index() < 2) {
          ofFirstTwo.merge(
              task.stageId(), task.taskInfo().executorId(), (a, b) -> a.equals(b) ? a : APART);
        }
        if (!task.taskInfo().taskLocality().equals(TaskLocality.PROCESS_LOCAL())) {
          far.merge(task.stageId(), 1, Integer::sum);
        }
      }
    }

    Map<String, Integer> ofTheLastStage() {
      return executors.lastEntry().getValue();
    }

    /** Whether the first two workers ran in one process, in the first stage and in the last one. */
    boolean keptNeighboursTogether() {
      return !ofFirstTwo.firstEntry().getValue().equals(APART)
          && !ofFirstTwo.lastEntry().getValue().equals(APART);
    }

    int farFromTheirSamples() {
      return Optional.ofNullable(far.get(executors.lastKey())).orElse(0);
    }
  }
}
