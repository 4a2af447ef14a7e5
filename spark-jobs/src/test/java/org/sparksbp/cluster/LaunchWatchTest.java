package org.sparksbp.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sparksbp.training.TrainingFixture;

class LaunchWatchTest {

  private static final CountDownLatch RUNNING = new CountDownLatch(1);
  private static final CountDownLatch HELD = new CountDownLatch(1);

  @Test
  @Timeout(120)
  void aJobWhoseTasksDoNotStartIsCancelledWithTheReason() throws Exception {
    try (JavaSparkContext spark = TrainingFixture.context(TrainingFixture.sparkConf("local[1]"))) {
      JavaFutureAction<List<Integer>> holder =
          spark.parallelize(List.of(1), 1).map(LaunchWatchTest::hold).collectAsync();
      RUNNING.await();
      spark.setJobGroup("watched", "waits for a slot");
      try (LaunchWatch watch = new LaunchWatch(spark.sc(), "watched", 1)) {
        assertThatThrownBy(() -> spark.parallelize(List.of(1), 1).collect())
            .hasMessageContaining("cancelled");
        assertThat(watch.cancelledFor())
            .hasValueSatisfying(
                reason -> assertThat(reason).startsWith("its tasks have not started for "));
      }
      HELD.countDown();
      assertThat(holder.get()).containsExactly(1);
      try (LaunchWatch watch = new LaunchWatch(spark.sc(), "watched", 2)) {
        assertThat(spark.parallelize(List.of(1), 1).map(LaunchWatchTest::rest).collect())
            .as("a job that runs is left alone, whatever the slots")
            .containsExactly(1);
        assertThat(watch.cancelledFor()).isEmpty();
      }
    }
  }

  private static int hold(int value) throws InterruptedException {
    RUNNING.countDown();
    HELD.await();
    return value;
  }

  private static int rest(int value) throws InterruptedException {
    Thread.sleep(2_500);
    return value;
  }
}
