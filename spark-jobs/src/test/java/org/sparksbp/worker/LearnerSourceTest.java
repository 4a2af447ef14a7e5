package org.sparksbp.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.sparksbp.cluster.AssignedGpu;
import org.sparksbp.cluster.GpuAmounts;
import org.sparksbp.learner.Learner;
import org.sparksbp.training.SoftmaxOnCardModelType;
import org.sparksbp.training.TrainingFixture;

class LearnerSourceTest {

  private static final Config ON_GPUS =
      TrainingFixture.configuration("model = " + SoftmaxOnCardModelType.NAME)
          .withFallback(ConfigFactory.parseString("compute.device = gpu"));

  @Test
  void aTaskIsLentOnlyLearnersOfTheGpuThatItWasAssigned() {
    LearnerSource learners = LearnerSource.of(ON_GPUS, TrainingFixture.SHAPE);
    try (JavaSparkContext spark =
        TrainingFixture.context(
            TrainingFixture.sparkConf("local[4]").set(GpuAmounts.LOCAL_AMOUNT, "2"))) {
      List<String> places =
          spark
              .parallelize(IntStream.range(0, 40).boxed().toList(), 40)
              .map(task -> place(learners))
              .collect();

      assertThat(places).containsOnly("0 on 0", "1 on 1");
    }
  }

  @Test
  void outsideOfTasksALearnerIsOnTheProcessorWithTheSameParameters() {
    LearnerSource learners = LearnerSource.of(ON_GPUS, TrainingFixture.SHAPE);
    try (Learner onDriver = learners.create()) {
      assertThat(SoftmaxOnCardModelType.placeOf(onDriver)).isEqualTo("cpu");
    }
    TrainingFixture.inSpark(
        "local[1]",
        spark -> {
          Config second = ConfigFactory.parseString("compute.device-address = \"1\"");
          LearnerSource own = LearnerSource.of(second.withFallback(ON_GPUS), TrainingFixture.SHAPE);
          assertThat(
                  spark
                      .parallelize(List.of(1), 1)
                      .map(task -> own.with(SoftmaxOnCardModelType::placeOf))
                      .collect())
              .as("the address that the configuration has, where none was assigned")
              .containsExactly("1");
          return null;
        });
  }

  private static String place(LearnerSource learners) {
    return learners.with(
        learner -> {
          try {
            Thread.sleep(10);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return SoftmaxOnCardModelType.placeOf(learner)
              + " on "
              + AssignedGpu.address().orElseThrow();
        });
  }
}
