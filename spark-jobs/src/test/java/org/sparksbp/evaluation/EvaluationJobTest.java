package org.sparksbp.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.measure.ClassificationMeasure;
import org.sparksbp.modelfolder.Provenance;
import org.sparksbp.modelfolder.SavedModel;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.training.TrainingFixture;
import org.sparksbp.worker.MeasureSource;

class EvaluationJobTest {

  private static final MeasureSource MEASURES =
      () -> ClassificationMeasure.ofSamples(TrainingFixture.CLASSES);
  private static JavaSparkContext spark;

  @TempDir Path folder;

  @BeforeAll
  static void startSpark() {
    spark = TrainingFixture.context(TrainingFixture.sparkConf("local[2]"));
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @Test
  void countsTheAnswersThatTheModelGivesToEverySample() throws IOException {
    List<Sample> samples = TrainingFixture.samples("test", 700);
    SavedModel model = model();
    ClassificationMeasure expected = ClassificationMeasure.ofSamples(TrainingFixture.CLASSES);
    try (Learner learner = model.learner()) {
      for (Sample sample : samples) {
        expected.add(sample, learner.infer(new SpikeBatch(List.of(sample))).outputs(), 0);
      }
    }
    EvaluationResult result =
        new EvaluationJob(spark, model, TrainingFixture.SHAPE, MEASURES)
            .evaluate(TrainingFixture.set(spark, samples));
    assertThat(((ClassificationMeasure) result.measure()).confusion())
        .isDeepEqualTo(expected.confusion());
    assertThat(result.measure().samples()).isEqualTo(700);
    assertThat(result.work().synapticOperations()).isEqualTo(700);
  }

  @Test
  void writesAnAnswerALineInTheOrderOfPositions() throws IOException {
    List<Sample> samples = TrainingFixture.samples("test", 300);
    Path file = folder.resolve("predictions.csv");
    SavedModel model = model();
    new EvaluationJob(spark, model, TrainingFixture.SHAPE, MEASURES)
        .writePredictions(
            TrainingFixture.set(spark, samples), new org.apache.hadoop.fs.Path(file.toUri()));
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(301);
    assertThat(lines.get(0)).isEqualTo("id,group,label,prediction,output-0,output-1,output-2");
    try (Learner learner = model.learner()) {
      for (int i = 0; i < 300; i += 37) {
        float[] outputs = learner.infer(new SpikeBatch(List.of(samples.get(i)))).outputs();
        assertThat(lines.get(i + 1))
            .startsWith("test/" + i + ",test/" + i + "," + samples.get(i).label() + ",")
            .endsWith("," + outputs[0] + "," + outputs[1] + "," + outputs[2]);
      }
    }
  }

  @Test
  void refusesSamplesOfAnotherShapeNamingBoth() {
    assertThatThrownBy(
            () -> new EvaluationJob(spark, model(), new NetworkShape(189, 26, 20), MEASURES))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("12 channels, 3 outputs and 4 steps")
        .hasMessageContaining("189 channels, 26 outputs and 20 steps");
  }

  private static SavedModel model() {
    Config configuration = TrainingFixture.configuration();
    try (Learner learner =
        ModelType.named("softmax").create(configuration, TrainingFixture.SHAPE)) {
      return new SavedModel(
          "softmax",
          TrainingFixture.SHAPE,
          configuration,
          learner.layout(),
          learner.parameters(),
          new Provenance("run", "mnist", "data", 7, "0", 1, new TreeMap<>()));
    }
  }
}
