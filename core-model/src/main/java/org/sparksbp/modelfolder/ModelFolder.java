package org.sparksbp.modelfolder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import java.io.CharConversionException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.sparksbp.checksum.SealedJson;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.npy.FloatArrayFile;
import org.sparksbp.npy.InvalidNpyException;

/** Writes and reads model folders. */
public final class ModelFolder {

  /** Description of the model. */
  public static final String MODEL_FILE = "model.json";

  private static final String FORMAT = "spark-sbp model";
  private static final int FORMAT_VERSION = 1;

  /** Arrays that really are longer take more memory when that is seen. */
  private static final int FIRST_PARAMETERS = 1 << 16;

  /** Of a file right in the folder. */
  private static final Pattern ARRAY_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

  private static final ObjectMapper JSON = new ObjectMapper();

  private ModelFolder() {}

  /** Writes the arrays, then {@code model.json}: a folder that has it is whole. */
  public static void write(SavedModel model, FolderWriter folder) throws IOException {
    List<String> checksums = new ArrayList<>();
    for (ParameterLayout.Block block : model.layout().blocks()) {
      CRC32C crc = new CRC32C();
      try (OutputStream out = new CheckedOutputStream(folder.create(arrayFile(block)), crc)) {
        FloatArrayFile.write(out, block.shape(), model.parameters(), block.offset());
      }
      checksums.add(SealedJson.written(crc.getValue()));
    }
    DefaultPrettyPrinter lines =
        new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n"));
    String text = JSON.writer(lines).writeValueAsString(describe(model, checksums)) + "\n";
    try (OutputStream out = folder.create(MODEL_FILE)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * Reads a model back.
   *
   * @param where the folder, for messages
   * @throws InvalidModelException naming the file that is missing or broken
   */
  public static SavedModel read(FolderReader folder, String where) throws IOException {
    String file = where + "/" + MODEL_FILE;
    JsonNode json;
    try (InputStream in = open(folder, where, MODEL_FILE)) {
      json = JSON.readTree(in);
    } catch (JsonProcessingException e) {
      throw new InvalidModelException(
          "Invalid model file " + file + ": " + e.getOriginalMessage(), e);
    } catch (CharConversionException e) {
      throw new InvalidModelException("Invalid model file " + file + ": " + e.getMessage(), e);
    }
    checkFormat(json, file);
    ParameterLayout layout = layout(json, file);
    int number = 0;
    float[] parameters = new float[Math.min(layout.size(), FIRST_PARAMETERS)];
    for (ParameterLayout.Block block : layout.blocks()) {
      CRC32C crc = new CRC32C();
      try (InputStream in = new CheckedInputStream(open(folder, where, arrayFile(block)), crc)) {
        parameters =
            FloatArrayFile.readGrowing(
                in, block.shape(), parameters, block.offset(), layout.size());
      } catch (InvalidNpyException e) {
        throw new InvalidModelException(
            "Invalid array file " + where + "/" + arrayFile(block) + ": " + e.getMessage(), e);
      }
      String written = json.get("arrays").get(number++).path(SealedJson.KEY).asText("");
      if (!written.isEmpty() && !written.equals(SealedJson.written(crc.getValue()))) {
        throw new InvalidModelException(
            "Invalid array file "
                + where
                + "/"
                + arrayFile(block)
                + ": it has not the checksum that "
                + MODEL_FILE
                + " gives; copy it again");
      }
    }
    if (!SealedJson.isIntact(json)) {
      throw new InvalidModelException(
          "Invalid model file " + file + ": it has not its own checksum; copy it again");
    }
    JsonNode shape = field(json, "shape", file);
    return new SavedModel(
        field(json, "type", file).asText(),
        new NetworkShape(
            field(shape, "channels", file).asInt(),
            field(shape, "outputs", file).asInt(),
            field(shape, "steps", file).asInt()),
        configuration(json, file),
        layout,
        parameters,
        provenance(field(json, "provenance", file), file));
  }

  private static ObjectNode describe(SavedModel model, List<String> checksums) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("format", FORMAT).put("formatVersion", FORMAT_VERSION).put("type", model.type());
    json.putObject("shape")
        .put("channels", model.shape().channels())
        .put("outputs", model.shape().outputs())
        .put("steps", model.shape().steps());
    ArrayNode arrays = json.putArray("arrays");
    Iterator<String> checksum = checksums.iterator();
    for (ParameterLayout.Block block : model.layout().blocks()) {
      ObjectNode array = arrays.addObject();
      array.put("name", block.name()).put("role", block.role().name());
      array.set("shape", JSON.valueToTree(block.shape()));
      array.put("file", arrayFile(block)).put(SealedJson.KEY, checksum.next());
    }
    Provenance provenance = model.provenance();
    json.putObject("provenance")
        .put("run", provenance.run())
        .put("task", provenance.task())
        .put("dataFingerprint", provenance.dataFingerprint())
        .put("seed", provenance.seed())
        .put("softwareVersion", provenance.softwareVersion())
        .put("epochs", provenance.epochs())
        .set("metrics", JSON.valueToTree(provenance.metrics()));
    json.set(
        "configuration",
        JSON.readTree(model.configuration().root().render(ConfigRenderOptions.concise())));
    return SealedJson.seal(json);
  }

  private static void checkFormat(JsonNode json, String file) throws InvalidModelException {
    if (json == null || !FORMAT.equals(json.path("format").asText())) {
      throw new InvalidModelException(
          "Invalid model file " + file + ": it does not say \"format\": \"" + FORMAT + "\"");
    }
    int version = field(json, "formatVersion", file).asInt();
    if (version != FORMAT_VERSION) {
      throw new InvalidModelException(
          "Invalid model file "
              + file
              + ": format version "
              + version
              + ", this software reads version "
              + FORMAT_VERSION);
    }
  }

  private static ParameterLayout layout(JsonNode json, String file) throws InvalidModelException {
    ParameterLayout.Builder layout = new ParameterLayout.Builder();
    int size = 0;
    for (JsonNode array : field(json, "arrays", file)) {
      List<Integer> shape = new ArrayList<>();
      field(array, "shape", file).forEach(length -> shape.add(length.asInt()));
      String name = field(array, "name", file).asText();
      try {
        if (!ARRAY_NAME.matcher(name).matches() || shape.stream().anyMatch(length -> length < 0)) {
          throw new IllegalArgumentException(
              "no name of a file in the folder, or a negative length");
        }
        size = Math.toIntExact(Math.addExact(size, product(shape)));
        layout.add(
            name,
            ParameterLayout.Role.valueOf(field(array, "role", file).asText()),
            shape.toArray(Integer[]::new));
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw new InvalidModelException(
            "Invalid model file " + file + ": array " + array + ": " + e.getMessage(), e);
      }
    }
    return layout.build();
  }

  private static long product(List<Integer> shape) {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }

  private static Config configuration(JsonNode json, String file) throws InvalidModelException {
    try {
      return ConfigFactory.parseString(field(json, "configuration", file).toString());
    } catch (ConfigException e) {
      throw new InvalidModelException(
          "Invalid model file " + file + ": configuration: " + e.getMessage(), e);
    }
  }

  private static Provenance provenance(JsonNode json, String file) throws InvalidModelException {
    SortedMap<String, Double> metrics = new TreeMap<>();
    field(json, "metrics", file)
        .fields()
        .forEachRemaining(metric -> metrics.put(metric.getKey(), metric.getValue().asDouble()));
    return new Provenance(
        field(json, "run", file).asText(),
        field(json, "task", file).asText(),
        field(json, "dataFingerprint", file).asText(),
        field(json, "seed", file).asLong(),
        field(json, "softwareVersion", file).asText(),
        field(json, "epochs", file).asInt(),
        metrics);
  }

  private static JsonNode field(JsonNode json, String name, String file)
      throws InvalidModelException {
    JsonNode value = json.get(name);
    if (value == null) {
      throw new InvalidModelException(
          "Invalid model file " + file + ": it has no \"" + name + "\"");
    }
    return value;
  }

  private static InputStream open(FolderReader folder, String where, String name)
      throws IOException {
    try {
      return folder.open(name);
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw new InvalidModelException(
          "Invalid model folder " + where + ": it has no file " + name, e);
    }
  }

  private static String arrayFile(ParameterLayout.Block block) {
    return block.name() + ".npy";
  }
}
