package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparksbp.checkpoint.ModelFiles;
import org.sparksbp.config.RunConfiguration;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.modelfolder.Provenance;
import org.sparksbp.modelfolder.SavedModel;
import org.sparksbp.npy.FloatArrayFile;
import org.sparksbp.random.RandomStream;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;
import org.sparksbp.spike.SpikeTrain;

class ExportCommandTest {

  private static final NetworkShape SHAPE = new NetworkShape(30, 4, 20);

  @TempDir static Path folder;

  private static List<Sample> samples;
  private static SavedModel model;

  @BeforeAll
  static void trainASpikingPerceptron() throws IOException {
    RunConfiguration run =
        RunConfiguration.builder()
            .set("model=spiking-mlp")
            .set("rule=bp")
            .set("spiking-mlp.input=spikes")
            .set("network.hidden=[25, 15]")
            .set("spiking-mlp.learning-rate=0.01")
            .build();
    samples = samples();
    try (Learner learner = ModelType.named("spiking-mlp").create(run.config(), SHAPE)) {
      for (int batch = 0; batch < 20; batch++) {
        learner.learn(new SpikeBatch(samples), new BatchPosition(7, 1, 0, batch));
      }
      model =
          new SavedModel(
              "spiking-mlp",
              SHAPE,
              run.config(),
              learner.layout(),
              learner.parameters(),
              new Provenance("a1", "mnist", "d0", 7, "1", 1, new TreeMap<>()));
    }
    ModelFiles.write(
        new Configuration(), new org.apache.hadoop.fs.Path(folder.resolve("model").toUri()), model);
  }

  @ParameterizedTest
  @ValueSource(strings = {"safetensors", "npz"})
  void theReaderOfTheDocumentsAnswersAsTheProgramDoes(String format) throws Exception {
    CommandRun run = export(format, "model." + format);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.result().get("format").asText()).isEqualTo(format);
    assertThat(run.result().get("bytes").asLong())
        .isEqualTo(Files.size(folder.resolve("model." + format)));
    assumeTrue(hasNumPy(), "there is no python3 with numpy: the documents' reader is not run");
    Path script = Files.writeString(folder.resolve("reader.py"), documentedReader());
    Path spikes = writeSpikes(folder.resolve("samples.npy"));

    String printed = printedBy("python3", script, folder.resolve("model." + format), spikes);

    JsonNode answers = new ObjectMapper().readTree(printed);
    float[] own;
    try (Learner learner = model.learner()) {
      own = learner.infer(new SpikeBatch(samples)).outputs();
    }
    assertThat(answers).hasSize(samples.size());
    List<Double> distinct = new ArrayList<>();
    for (int i = 0; i < own.length; i++) {
      double read = answers.get(i / SHAPE.outputs()).get(i % SHAPE.outputs()).asDouble();
      assertThat(read).isCloseTo(own[i], Offset.offset(1e-6));
      if (!distinct.contains(read)) {
        distinct.add(read);
      }
    }
    assertThat(distinct).as("answers that tell anything").hasSizeGreaterThan(3);
  }

  @Test
  void nirIsRefusedWithTheReason() {
    CommandRun run = export("nir", "model.nir");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("Cannot export the model as nir", "logistic function");
    assertThat(folder.resolve("model.nir")).doesNotExist();
  }

  @Test
  void unknownFormatEndsWithTwoAndNamesTheKnown() {
    CommandRun run = export("onnx", "model.onnx");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).containsIgnoringCase("safetensors").containsIgnoringCase("nir");
  }

  @Test
  void aFolderThatIsNoModelEndsWithThree() throws IOException {
    Path none = Files.createDirectories(folder.resolve("none"));
    String to = folder.resolve("none.npz").toString();

    CommandRun run =
        CommandRun.of("export", "--model", none.toString(), "--format", "npz", "--output", to);

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("it has no file model.json");
    assertThat(Path.of(to)).doesNotExist();
  }

  @Test
  void aFolderIsNotWrittenOver() throws IOException {
    Files.createDirectories(folder.resolve("taken"));

    CommandRun run = export("npz", "taken");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("it is a folder or a device, name a file");
  }

  private static CommandRun export(String format, String file) {
    return CommandRun.of(
        "export",
        "--model",
        folder.resolve("model").toString(),
        "--format",
        format,
        "--output",
        folder.resolve(file).toString());
  }

  private static String documentedReader() throws IOException {
    String page = Files.readString(DocumentedLines.ROOT.resolve("docs/export.md"));
    Matcher block = Pattern.compile("(?s)```python\\n(.*?)```").matcher(page);
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private static boolean hasNumPy() throws Exception {
    try {
      return new ProcessBuilder("python3", "-c", "import numpy").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static String printedBy(String program, Path... arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of(program));
    for (Path argument : arguments) {
      words.add(argument.toString());
    }
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }

  private static Path writeSpikes(Path file) throws IOException {
    List<Integer> shape = List.of(samples.size(), SHAPE.steps(), SHAPE.channels());
    float[] values = new float[samples.size() * SHAPE.steps() * SHAPE.channels()];
    for (int i = 0; i < samples.size(); i++) {
      int first = i * SHAPE.steps();
      samples
          .get(i)
          .spikes()
          .forEach((step, channel) -> values[(first + step) * SHAPE.channels() + channel] = 1f);
    }
    try (OutputStream out = Files.newOutputStream(file)) {
      FloatArrayFile.write(out, shape, values, 0);
    }
    return file;
  }

  private static List<Sample> samples() {
    List<Sample> made = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      RandomStream random = RandomStream.of(5, "sample", i);
      int label = i % SHAPE.outputs();
      SpikeTrain.Builder train = new SpikeTrain.Builder(SHAPE.steps(), SHAPE.channels());
      for (int step = 0; step < SHAPE.steps(); step++) {
        for (int channel = 0; channel < SHAPE.channels(); channel++) {
          if (random.nextDouble() < (channel % SHAPE.outputs() == label ? 0.6 : 0.1)) {
            train.add(step, channel);
          }
        }
      }
      float[] target = new float[SHAPE.outputs()];
      target[label] = 1f;
      made.add(new Sample("sample/" + i, train.build(), target, label, "sample/" + i));
    }
    return made;
  }
}
