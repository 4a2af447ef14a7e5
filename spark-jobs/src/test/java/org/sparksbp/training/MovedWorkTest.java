package org.sparksbp.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sparksbp.training.TrainingFixture.configuration;
import static org.sparksbp.training.TrainingFixture.context;
import static org.sparksbp.training.TrainingFixture.executors;
import static org.sparksbp.training.TrainingFixture.files;
import static org.sparksbp.training.TrainingFixture.inSpark;
import static org.sparksbp.training.TrainingFixture.localClusterConf;
import static org.sparksbp.training.TrainingFixture.signal;
import static org.sparksbp.training.TrainingFixture.train;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.TaskLocality;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors between which Spark moves work by settings of its own. */
@Tag("slow")
class MovedWorkTest {

  @TempDir Path folder;

  private final Watch watch = new Watch();

  @Test
  void anExecutorThatIsDecommissionedTakesNothingAlong() throws IOException {
    trainWithDecommissioning("auto", false, false);
    // Those that load samples, twice; in every round two until another executor comes, if the
    // samples of this one were waited for.
    assertThat(watch.farFromSamples).hasValueLessThan(13);
  }

  @Tag("clusters")
  @Test
  void norDoesOneThatHandsOverWhatItHolds() throws IOException {
    trainWithDecommissioning("spark-jobs", true, true);
  }

  private void trainWithDecommissioning(String transport, boolean memory, boolean handingOver)
      throws IOException {
    Config configuration =
        configuration(
            "training.workers = 4",
            "training.epochs = 25",
            "averaging.every = 1",
            "averaging.transport = " + transport,
            "softmax.memory = " + memory,
            "softmax.pause = 30");
    SparkConf decommissioned =
        localClusterConf()
            .setMaster("local-cluster[2,2,512]")
            .set("spark.decommission.enabled", "true")
            .set("spark.storage.decommission.enabled", String.valueOf(handingOver))
            .set("spark.storage.decommission.rddBlocks.enabled", "true")
            .set("spark.storage.decommission.shuffleBlocks.enabled", "true")
            .set("spark.storage.decommission.replicationReattemptInterval", "1s");
    trainWhile(
        decommissioned,
        configuration,
        new TrainingListener() {
          @Override
          public void roundFinished(RoundReport round) {
            if (round.epoch() == 5 && round.round() == 1) {
              signal(last(executors()), "PWR");
            }
          }
        });
    assertThat(watch.removed).anySatisfy(why -> assertThat(why).contains("decommissioned"));
  }

  /** The second executor comes when the first has too much to do, in the middle of training. */
  @Test
  void executorsThatComeAsTheyAreNeededAreUsed() throws IOException {
    Config configuration =
        configuration("training.workers = 4", "training.epochs = 10", "softmax.pause = 100");
    SparkConf dynamic =
        localClusterConf()
            .setMaster("local-cluster[2,2,512]")
            .set("spark.dynamicAllocation.enabled", "true")
            .set("spark.dynamicAllocation.shuffleTracking.enabled", "true")
            .set("spark.dynamicAllocation.minExecutors", "1")
            .set("spark.dynamicAllocation.initialExecutors", "1")
            .set("spark.dynamicAllocation.maxExecutors", "2");
    trainWhile(dynamic, configuration, new TrainingListener() {});
    // Not by number: Spark takes a request back and makes it again where executors start slowly.
    assertThat(watch.used).contains("0").hasSize(2);

    Config direct = configuration("averaging.transport = direct");
    try (JavaSparkContext cluster = context(dynamic)) {
      assertThatThrownBy(() -> train(cluster, folder.resolve("direct"), direct))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("spark.dynamicAllocation.enabled is on");
    }
  }

  /** Trains on the cluster, and undisturbed to the same bytes. */
  private void trainWhile(SparkConf cluster, Config configuration, TrainingListener listener) {
    inSpark("local[4]", spark -> train(spark, folder.resolve("calm"), configuration));
    try (JavaSparkContext spark = context(cluster)) {
      spark.sc().addSparkListener(watch);
      train(spark, folder.resolve("moved"), configuration, listener);
    }
    assertThat(files(folder.resolve("moved/model"))).isEqualTo(files(folder.resolve("calm/model")));
  }

  private static ProcessHandle last(List<ProcessHandle> executors) {
    return executors.get(executors.size() - 1);
  }

  /** What Spark has done; its last events come before its context is closed. */
  private static final class Watch extends SparkListener {
    private final Set<String> used = ConcurrentHashMap.newKeySet();
    private final Set<String> removed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger farFromSamples = new AtomicInteger();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
      used.add(task.taskInfo().executorId());
      if (!task.taskInfo().taskLocality().equals(TaskLocality.PROCESS_LOCAL())) {
        farFromSamples.incrementAndGet();
      }
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved executor) {
      removed.add(executor.executorId() + ": " + executor.reason());
    }
  }
}
