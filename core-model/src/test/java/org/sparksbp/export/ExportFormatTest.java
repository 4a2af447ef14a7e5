package org.sparksbp.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.learner.ParameterLayout.Block;
import org.sparksbp.modelfolder.Provenance;
import org.sparksbp.modelfolder.SavedModel;
import org.sparksbp.npy.FloatArrayFile;

class ExportFormatTest {

  @ParameterizedTest
  @ValueSource(strings = {"snn", "spiking-mlp", "rbm", "bp-ann"})
  void safetensorsHasEveryArrayAtItsPlace(String type) throws IOException {
    SavedModel model = model("model = " + type);

    ByteBuffer file =
        ByteBuffer.wrap(written(model, ExportFormat.SAFETENSORS)).order(ByteOrder.LITTLE_ENDIAN);

    byte[] header = new byte[Math.toIntExact(file.getLong())];
    file.get(header);
    assertThat(file.position() % 8).isZero();
    JsonNode json = new ObjectMapper().readTree(header);
    assertThat(json.at("/__metadata__/model").asText()).isEqualTo(type);
    assertThat(json.at("/__metadata__/data").asText()).isEqualTo("d0d0");
    assertThat(json.at("/__metadata__/version").asText()).isEqualTo("1.2.3");
    assertThat(json.at("/__metadata__/rule").asText())
        .isEqualTo(model.configuration().getString("rule"));
    float[] values = new float[file.remaining() / Float.BYTES];
    file.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    assertThat(values).isEqualTo(model.parameters());
    List<Block> blocks = model.layout().blocks();
    assertThat(json.size()).isEqualTo(1 + blocks.size());
    for (Block block : blocks) {
      JsonNode tensor = json.get(block.name());
      assertThat(tensor.get("dtype").asText()).isEqualTo("F32");
      assertThat(tensor.get("shape").toString())
          .isEqualTo(block.shape().toString().replace(" ", ""));
      assertThat(tensor.at("/data_offsets/0").asInt()).isEqualTo(4 * block.offset());
      assertThat(tensor.at("/data_offsets/1").asInt())
          .isEqualTo(4 * (block.offset() + block.size()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"snn", "spiking-mlp", "rbm", "bp-ann"})
  void npzHasEveryArrayByItsName(String type) throws IOException {
    SavedModel model = model("model = " + type);
    List<String> names = new ArrayList<>(List.of("metadata.npy"));
    float[] values = new float[model.layout().size()];

    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(written(model, ExportFormat.NPZ)))) {
      assertThat(zip.getNextEntry().getName()).isEqualTo("metadata.npy");
      String metadata = new String(zip.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(metadata).contains("'|u1'", "\"model\":\"" + type + "\"", "\"data\":\"d0d0\"");
      for (Block block : model.layout().blocks()) {
        ZipEntry entry = zip.getNextEntry();
        names.add(entry.getName());
        assertThat(entry.getName()).isEqualTo(block.name() + ".npy");
        FloatArrayFile.read(zip, block.shape(), values, block.offset());
      }
      assertThat(zip.getNextEntry()).isNull();
    }

    assertThat(names).hasSize(1 + model.layout().blocks().size());
    assertThat(values).isEqualTo(model.parameters());
  }

  @ParameterizedTest
  @EnumSource(names = {"SAFETENSORS", "NPZ"})
  void equalModelsMakeEqualBytes(ExportFormat format) throws IOException {
    SavedModel model = model("model = snn");

    assertThat(written(model, format)).isEqualTo(written(model("model = snn"), format));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model = snn         | of type snn, its neurons' answer is a relaxation",
        "model = rbm         | of type rbm, its states descend along an energy",
        "model = bp-ann      | of type bp-ann, its rectified units send graded activity",
        "model = spiking-mlp | the logistic function of their input current",
        "model = spiking-mlp, spiking-mlp { current = linear, readout = mean-membrane } | output neurons answer with",
        "model = spiking-mlp, spiking-mlp { current = linear, learnable-leak = on } | it has leak-1",
      })
  void nirIsRefusedWithTheReasonWhereNoNodeFits(String settings, String reason) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThatThrownBy(() -> ExportFormat.NIR.write(model(settings), out))
        .isInstanceOf(UnfitModelException.class)
        .hasMessageStartingWith("Cannot export the model as nir: ")
        .hasMessageContaining(reason)
        .hasMessageEndingWith("safetensors and npz take every model");
    assertThat(out.size()).isZero();
  }

  @Test
  void nirTakesASpikingPerceptronOfLinearCurrents() throws IOException {
    assertThat(
            written(model("model = spiking-mlp, spiking-mlp.current = linear"), ExportFormat.NIR))
        .as("the signature of HDF5")
        .startsWith(0x89, 'H', 'D', 'F');
  }

  private static byte[] written(SavedModel model, ExportFormat format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    format.write(model, out);
    return out.toByteArray();
  }

  /** A new network of 6 channels and 3 outputs with distinct parameters. */
  static SavedModel model(String settings) {
    String rule = settings.contains("bp-ann") || settings.contains("spiking-mlp") ? "bp" : "sbp";
    Config configuration =
        ConfigFactory.parseString(settings)
            .withFallback(ConfigFactory.parseString("network.hidden = [5, 4], rule = " + rule))
            .withFallback(
                ConfigFactory.parseResources(
                    ExportFormatTest.class.getClassLoader(), "reference.conf"))
            .resolve();
    NetworkShape shape = new NetworkShape(6, 3, 20);
    try (Learner learner =
        ModelType.named(configuration.getString("model")).create(configuration, shape)) {
      float[] parameters = learner.parameters();
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] += i / 1000f;
      }
      return new SavedModel(
          configuration.getString("model"),
          shape,
          configuration,
          learner.layout(),
          Arrays.copyOf(parameters, parameters.length),
          new Provenance("a1b2", "mnist", "d0d0", 7, "1.2.3", 4, new TreeMap<>()));
    }
  }
}
