package org.sparksbp.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparksbp.checkpoint.ModelFiles;
import org.sparksbp.measure.ClassificationMeasure;
import org.sparksbp.training.TrainingOutcome.Ending;

class LocalTrainingTest {

  private static final LocalData DATA =
      new LocalData(
          TrainingFixture.samples("train", 97),
          TrainingFixture.samples("validation", 30),
          TrainingFixture.samples("test", 40),
          TrainingFixture.SHAPE,
          () -> ClassificationMeasure.ofSamples(TrainingFixture.CLASSES));

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "softmax.memory = true",
        "training.select-on = test",
        "training.shuffle = false",
        "training.shuffle-window = 20"
      })
  void givesTheBitsOfAJobOfOneWorker(String setting) throws IOException {
    Config configuration = TrainingFixture.configuration("training.workers = 1", setting);
    TrainingOutcome job =
        TrainingFixture.inSpark(
            "local[2]", spark -> TrainingFixture.train(spark, folder, configuration));

    LocalTraining training = new LocalTraining(TrainingSettings.of(configuration), DATA);
    LocalTraining.Result result = training.train(training.start(), 3, List.of());

    assertThat(result.ending()).isEqualTo(Ending.FINISHED);
    assertThat(result.state().epochs().stream().map(EpochReport::measures).toList())
        .isEqualTo(job.epochs().stream().map(EpochReport::measures).toList());
    assertThat(result.state().epochs().stream().map(EpochReport::trainingWork).toList())
        .isEqualTo(job.epochs().stream().map(EpochReport::trainingWork).toList());
    assertThat(result.state().parameters())
        .isEqualTo(
            ModelFiles.read(new org.apache.hadoop.conf.Configuration(), job.model()).parameters());
  }

  @Test
  void goesOnFromAStateToTheSameBits() throws IOException {
    Config configuration =
        TrainingFixture.configuration("training.workers = 1", "softmax.memory = true");
    LocalTraining training = new LocalTraining(TrainingSettings.of(configuration), DATA);

    LocalState whole = training.train(training.start(), 3, List.of()).state();
    LocalState half = training.train(training.start(), 1, List.of()).state();
    LocalState resumed = training.train(half, 3, List.of()).state();

    assertThat(half.epochs()).hasSize(1);
    assertThat(resumed.parameters()).isEqualTo(whole.parameters());
    assertThat(resumed.epochs().get(2).measures()).isEqualTo(whole.epochs().get(2).measures());
  }

  @Test
  void saysThatTrainingDiverged() {
    Config configuration =
        TrainingFixture.configuration("training.workers = 1", "softmax.diverge-in-epoch = 2");
    LocalTraining training = new LocalTraining(TrainingSettings.of(configuration), DATA);

    assertThatThrownBy(() -> training.train(training.start(), 3, List.of()))
        .isInstanceOf(TrainingFailedException.class)
        .hasMessageContaining("epoch 2");
  }
}
