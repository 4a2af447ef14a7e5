package org.sparksbp.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.averaging.AveragingMode;
import org.sparksbp.averaging.AveragingRule;
import org.sparksbp.averaging.OrderedReduction;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.learner.ParameterLayout.Role;
import org.sparksbp.learner.Work;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.measure.ClassificationMeasure;
import org.sparksbp.random.RandomStream;
import org.sparksbp.training.TrainingFixture;
import org.sparksbp.worker.Tally;

class RangeReductionTest {

  private static final int SIZE = 40_001;

  private static final ParameterLayout LAYOUT =
      new ParameterLayout.Builder()
          .add("weights", Role.WEIGHT, SIZE - 1_000)
          .add("moments", Role.OPTIMISER, 1_000)
          .build();

  @TempDir Path folder;

  @Test
  void rangesGiveTheBitsOfWholeVectors() {
    try (JavaSparkContext spark = TrainingFixture.context(TrainingFixture.sparkConf("local[2]"))) {
      for (AveragingMode mode : AveragingMode.values()) {
        for (int workers : new int[] {2, 8, 9, 20}) {
          AveragingRule rule = AveragingRule.of(mode, LAYOUT);
          Broadcast<float[]> start = spark.broadcast(parameters(-1));
          RoundBatch whole =
              OrderedReduction.reduce(
                      results(spark, workers).map(WorkerResult::sum),
                      sums -> RoundSum.merge(sums, rule))
                  .average(start.value(), rule, 1);
          RangeReduction.Outcome ranges =
              new RangeReduction(rule, workers, 4096).reduce(results(spark, workers), start);

          assertThat(ranges.parameters()).isEqualTo(whole.parameters());
          assertThat(ranges.rest().round(ranges.parameters(), 1))
              .usingRecursiveComparison()
              .isEqualTo(whole);
        }
      }
    }
  }

  @Test
  void theDriverTakesTheAveragedParametersAndNoSums() {
    SparkConf small =
        TrainingFixture.sparkConf("local[2]").set("spark.driver.maxResultSize", "400k");
    assertThat(RangeReduction.isDue(small, SIZE, 20)).isTrue();
    assertThat(RangeReduction.isDue(small, 100, 20)).isFalse();
    try (JavaSparkContext spark = TrainingFixture.context(small)) {
      AveragingRule rule = AveragingRule.of(AveragingMode.PARAMETERS, LAYOUT);
      Broadcast<float[]> start = spark.broadcast(parameters(-1));
      // The sums of 20 workers' groups would be three vectors of 320 kB.
      assertThat(new RangeReduction(rule, 20, 4096).reduce(results(spark, 20), start).parameters())
          .hasSize(SIZE);
    }
  }

  @Test
  void aRunWhoseSumsAreTooLargeForTheDriverHasTheSameModel() {
    var configuration =
        TrainingFixture.configuration(
            "training.workers = 9", "averaging.transport = spark-jobs", "training.epochs = 1");
    TrainingFixture.inSpark(
        "local[2]", spark -> TrainingFixture.train(spark, folder.resolve("whole"), configuration));
    SparkConf small =
        TrainingFixture.sparkConf("local[2]").set("spark.driver.maxResultSize", "40k");
    assertThat(RangeReduction.isDue(small, 48, 9)).isTrue();
    try (JavaSparkContext spark = TrainingFixture.context(small)) {
      TrainingFixture.train(spark, folder.resolve("ranges"), configuration);
    }
    assertThat(TrainingFixture.files(folder.resolve("ranges/model")))
        .isEqualTo(TrainingFixture.files(folder.resolve("whole/model")));
  }

  private static JavaRDD<WorkerResult> results(JavaSparkContext spark, int workers) {
    return spark
        .parallelize(IntStream.range(0, workers).boxed().toList(), workers)
        .map(RangeReductionTest::result);
  }

  /** Every seventh worker has learned nothing. */
  private static WorkerResult result(int worker) {
    ClassificationMeasure measure = ClassificationMeasure.ofSamples(List.of("a", "b"));
    if (worker % 7 == 1) {
      return WorkerResult.idle(measure, WorkerMemory.EMPTY);
    }
    Tally tally = Tally.of(measure, Work.spiking(worker, 2, 3));
    return new WorkerResult(
        parameters(worker),
        worker + 1,
        tally,
        worker == 5 ? new Divergence.Outputs(5, 1) : null,
        WorkerMemory.EMPTY);
  }

  private static float[] parameters(int worker) {
    RandomStream random = RandomStream.of(3, "test", worker);
    float[] parameters = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      parameters[i] = random.nextFloat() - 0.5f;
    }
    return parameters;
  }
}
