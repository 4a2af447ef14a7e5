package org.sparksbp.modelfolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.learner.ParameterLayout.Role;

class ModelFolderTest {

  @TempDir Path folder;

  @Test
  void aModelComesBackAsItWas() throws IOException {
    SavedModel model = model();
    write(model, folder);
    SavedModel read = read();
    assertThat(read.type()).isEqualTo("snn");
    assertThat(read.shape()).isEqualTo(model.shape());
    assertThat(read.layout()).isEqualTo(model.layout());
    assertThat(read.parameters()).isEqualTo(model.parameters());
    assertThat(read.provenance()).isEqualTo(model.provenance());
    assertThat(read.configuration()).isEqualTo(model.configuration());
  }

  @Test
  void equalModelsHaveEqualBytes() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    write(model(), folder);
    write(model(), other);
    for (String name : List.of("model.json", "weights-0.npy", "biases-1.npy")) {
      assertThat(folder.resolve(name)).hasSameBinaryContentAs(other.resolve(name));
    }
  }

  @Test
  void brokenFoldersAreRefusedByFile() throws IOException {
    assertThatThrownBy(this::read)
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("has no file model.json");
    write(model(), folder);
    Path array = folder.resolve("weights-0.npy");
    byte[] whole = Files.readAllBytes(array);
    for (Map.Entry<byte[], String> damage :
        Map.of(
                Arrays.copyOf(whole, whole.length - 1),
                "ends early",
                Arrays.copyOf(whole, whole.length + 1),
                "goes on behind",
                new byte[200],
                "does not start with",
                new String(whole, StandardCharsets.ISO_8859_1)
                    .replace("(3, 2)", "(2, 3)")
                    .getBytes(StandardCharsets.ISO_8859_1),
                "shape is [2, 3], [3, 2] is needed")
            .entrySet()) {
      Files.write(array, damage.getKey());
      assertThatThrownBy(this::read)
          .isInstanceOf(InvalidModelException.class)
          .hasMessageContaining(folder + "/weights-0.npy")
          .hasMessageContaining(damage.getValue());
    }
    Files.delete(array);
    assertThatThrownBy(this::read).hasMessageContaining("has no file weights-0.npy");
    Files.writeString(folder.resolve("model.json"), "{\"format\": \"spark-sbp model\"}");
    assertThatThrownBy(this::read).hasMessageContaining("it has no \"formatVersion\"");
    Files.writeString(folder.resolve("model.json"), "{\"format\"");
    assertThatThrownBy(this::read)
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(folder + "/model.json");
  }

  private static SavedModel model() {
    ParameterLayout layout =
        new ParameterLayout.Builder()
            .add("weights-0", Role.WEIGHT, 3, 2)
            .add("biases-1", Role.BIAS, 2)
            .build();
    return new SavedModel(
        "snn",
        new NetworkShape(3, 2, 20),
        ConfigFactory.parseString("{ seed = 5, network.hidden = [], snn { gain = 0.001 } }"),
        layout,
        new float[] {0, 1, -0f, Float.MIN_VALUE, 1e30f, 3, 0.1f, 7},
        new Provenance(
            "abc", "mnist", "def", 5, "1.0", 3, new TreeMap<>(Map.of("test.error", 0.09375))));
  }

  private static void write(SavedModel model, Path to) throws IOException {
    ModelFolder.write(model, name -> Files.newOutputStream(to.resolve(name)));
  }

  private SavedModel read() throws IOException {
    return ModelFolder.read(name -> Files.newInputStream(folder.resolve(name)), folder.toString());
  }
}
