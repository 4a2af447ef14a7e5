package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparksbp.checkpoint.ModelFiles;
import org.sparksbp.config.RunConfiguration;
import org.sparksbp.dataset.Tasks;
import org.sparksbp.modelfolder.SavedModel;
import org.sparksbp.prepare.PrepareJob;
import org.sparksbp.synthetic.SyntheticData;
import org.sparksbp.training.StartMode;
import org.sparksbp.training.TrainingData;
import org.sparksbp.training.TrainingJob;
import org.sparksbp.training.TrainingOutcome;
import org.sparksbp.training.TrainingSettings;

/** Every configuration of the study runs, with every rule that its head names, on small data. */
@Tag("slow")
class StudyConfigurationsTest {

  private static final Map<String, Integer> RAW_SAMPLES =
      Map.of(
          "mnist",
          240,
          "fashion-mnist",
          240,
          "kmnist",
          240,
          "emnist",
          2000,
          "qmnist",
          240,
          "images",
          240,
          "nettalk",
          40,
          "dvsgesture",
          22,
          "nmnist",
          140);

  @TempDir static java.nio.file.Path folder;

  private static final Configuration HADOOP = new Configuration();
  private static final Map<List<String>, DataFolder> PREPARED = new HashMap<>();
  private static JavaSparkContext spark;

  @BeforeAll
  static void startSparkAndGenerateRawFiles() throws IOException {
    CommonOptions options = new CommonOptions();
    options.spark.master = "local[2]";
    spark =
        new JavaSparkContext(
            SparkSessions.configuration(new SparkConf(), "configurations", options));
    for (Map.Entry<String, Integer> raw : RAW_SAMPLES.entrySet()) {
      SyntheticData.generate(
          HADOOP, Tasks.named(raw.getKey()), raw(raw.getKey()), raw.getValue(), 1);
    }
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  @Test
  void everyTaskHasAConfigurationForEveryModel() throws IOException {
    assertThat(StudyRun.all().stream().map(StudyRun::toString))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Stream.of(
                        "mnist-tuned.conf",
                        "fashion-mnist.conf",
                        "kmnist.conf",
                        "emnist.conf",
                        "qmnist.conf",
                        "images.conf"),
                    Stream.of("mnist", "nettalk", "dvsgesture", "nmnist")
                        .flatMap(
                            task ->
                                Stream.of("", "-spiking-mlp", "-rbm", "-bp-ann")
                                    .map(model -> task + model + ".conf")))
                .toList());
  }

  @ParameterizedTest
  @CsvSource({
    "'', symmetric-stdp postsynaptic-stdp",
    "-spiking-mlp, bp bp-without-biases sbp-steps-only sbp-local-only flat sbp-updates bp-skipped brp e-prop nrr",
    "-rbm, rule=plain rule=rescaled rule=weak-feedback rule=frozen-hidden"
  })
  void headsNameTheComparisonsOfTheStudy(String model, String settings) throws IOException {
    for (String task : List.of("mnist", "nettalk", "dvsgesture")) {
      StudyRun run = run(task + model + ".conf");
      assertThat(run.variants().toString()).contains(settings.split(" "));
    }
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void trainsWithEveryRuleThatItNamesToAModelOfItsOwn(StudyRun run) throws IOException {
    Map<String, List<String>> settingsOfParameters = new HashMap<>();
    for (List<String> variant : run.variants()) {
      TrainingSettings settings = settings(run, variant);
      SavedModel model = train(run, settings, run.variants().indexOf(variant));

      assertThat(model.type()).isEqualTo(settings.model());
      List<String> same = settingsOfParameters.put(Arrays.toString(model.parameters()), variant);
      assertThat(same).as(variant + " comes to the same model as " + same).isNull();
    }
  }

  static List<StudyRun> configurations() throws IOException {
    return StudyRun.all();
  }

  @ParameterizedTest
  @CsvSource({
    "dvsgesture-rbm.conf, dvsgesture.conf, snn.input, --sample-by clips",
    "dvsgesture-rbm.conf, mnist.conf, task, dvsgesture",
  })
  void dataOfAnotherFormIsRefusedBeforeSparkStarts(
      String preparedFor, String configuration, String key, String said) throws IOException {
    var unused = prepared(run(preparedFor));

    CommandRun refused =
        CommandRun.of(
            "train",
            "--config",
            run(configuration).file().toString(),
            "--data",
            dataPath(run(preparedFor)).toString(),
            "--output",
            folder.resolve("never").toString(),
            "--master",
            "no-such-master");

    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
    assertThat(refused.err()).contains(key, said).doesNotContain("\tat ");
    assertThat(folder.resolve("never")).doesNotExist();
  }

  private static StudyRun run(String name) throws IOException {
    return StudyRun.all().stream().filter(run -> run.toString().equals(name)).findFirst().get();
  }

  /** As the file has it, but for size. */
  private static TrainingSettings settings(StudyRun run, List<String> variant) {
    RunConfiguration.Builder builder =
        RunConfiguration.builder().file(run.file().toFile()).dataTask(run.task());
    variant.forEach(builder::set);
    builder.set("network.hidden = [8]").set("training.epochs = 1").set("training.workers = 2");
    builder.set("evaluation.limit = 5");
    int batch = builder.build().config().getInt("training.batch");
    return TrainingSettings.of(builder.set("training.limit = " + 6 * batch).build().config());
  }

  private static SavedModel train(StudyRun run, TrainingSettings settings, int number)
      throws IOException {
    DataFolder data = prepared(run);
    DataFit.check(settings, data);
    TrainingData input = TrainingData.of(spark, data.shards(), data.measures(), settings);
    Path output = path(folder.resolve("runs").resolve(run + "-" + number));
    TrainingOutcome outcome =
        new TrainingJob(spark, settings, input, output, List.of()).run(StartMode.NEW);
    assertThat(outcome.ending()).isEqualTo(TrainingOutcome.Ending.FINISHED);
    assertThat(outcome.epochs()).hasSize(1);
    return ModelFiles.read(HADOOP, outcome.model());
  }

  /** Prepares the synthetic raw files as the configuration's head says. */
  private static DataFolder prepared(StudyRun run) throws IOException {
    DataFolder data = PREPARED.get(run.prepare());
    if (data == null) {
      PrepareCommand command = run.prepareCommand();
      Path shards = dataPath(run);
      PrepareJob.run(
          spark,
          command.data.task,
          raw(run.task()),
          shards,
          command.encoding.over(command.data.task),
          (stage, done, total) -> {});
      data = DataFolder.open(HADOOP, shards);
      PREPARED.put(run.prepare(), data);
    }
    return data;
  }

  private static Path dataPath(StudyRun run) {
    return path(folder.resolve(run.prepareCommand().output));
  }

  private static Path raw(String task) {
    return path(folder.resolve("raw").resolve(task));
  }

  private static Path path(java.nio.file.Path local) {
    return new Path(local.toUri());
  }
}
