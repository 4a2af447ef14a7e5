package org.sparksbp.training;

import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;

/** A driver that says when an epoch has ended and then hangs, waiting to be killed. */
public final class DyingDriver {

  static final String LAST_WORDS = "waiting to be killed";

  private DyingDriver() {}

  /**
   * Trains.
   *
   * @param arguments the output folder, the configuration, the epoch after which to hang
   */
  public static void main(String[] arguments) {
    int epoch = Integer.parseInt(arguments[2]);
    try (JavaSparkContext spark = TrainingFixture.context(TrainingFixture.sparkConf("local[2]"))) {
      TrainingFixture.train(
          spark,
          Path.of(arguments[0]),
          TrainingFixture.configuration(arguments[1]),
          new TrainingListener() {
            @Override
            public void epochFinished(EpochReport report) {
              if (report.epoch() == epoch) {
                System.out.println(LAST_WORDS);
                System.out.flush();
                waitForever();
              }
            }
          });
    }
  }

  private static void waitForever() {
    try {
      new java.util.concurrent.CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
