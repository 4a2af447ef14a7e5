package org.sparksbp.shard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.checksum.SealedJson;
import org.sparksbp.storage.AtomicFile;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.storage.JsonFile;

/** The manifest as a JSON file: keys in the order of the record, two spaces, line feeds. */
public final class ManifestJson {

  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(SettingsJson.module())
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private static final String RAW_RECORDS = "rawRecords";

  /** Folders and a file, none of them hidden or leading upwards. */
  private static final Pattern SHARD = Pattern.compile("(\\w[\\w.-]*/)*\\w[\\w.-]*");

  private ManifestJson() {}

  /**
   * Writes the manifest, which is there whole or not at all.
   *
   * @param folder of the data set; must not have a manifest yet
   */
  public static void write(Configuration hadoop, Path folder, Manifest manifest)
      throws IOException {
    AtomicFile.write(
        hadoop,
        new Path(folder, Manifest.FILE_NAME),
        text(manifest).getBytes(StandardCharsets.UTF_8));
  }

  /** The manifest of a folder, if it has one. */
  public static Optional<Manifest> find(Configuration hadoop, Path folder) throws IOException {
    Path place = new Path(folder, Manifest.FILE_NAME);
    Optional<byte[]> text = AtomicFile.read(hadoop, place);
    return text.isPresent() ? Optional.of(parse(text.get(), place)) : Optional.empty();
  }

  static String text(Manifest manifest) throws IOException {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    ObjectNode sealed = SealedJson.seal(MAPPER.valueToTree(manifest));
    return MAPPER.writer(printer).writeValueAsString(sealed) + "\n";
  }

  private static Manifest parse(byte[] content, Path place) throws IOException {
    String text = JsonFile.text(content, place);
    try {
      JsonNode tree = MAPPER.readTree(text);
      int version = tree.path("schemaVersion").asInt(-1);
      if (version != Manifest.SCHEMA_VERSION) {
        throw new InvalidInputException(
            "Invalid data set: "
                + place
                + " has schema version "
                + tree.path("schemaVersion").asText("(none)")
                + ", this version of sbp reads "
                + Manifest.SCHEMA_VERSION
                + "; prepare the data again");
      }
      boolean isIntact = SealedJson.isIntact(tree);
      ((ObjectNode) tree).remove(SealedJson.KEY);
      if (!tree.has(RAW_RECORDS)) {
        // An earlier version of the software did not count them.
        ((ObjectNode) tree).putArray(RAW_RECORDS);
      }
      Manifest manifest = MAPPER.treeToValue(tree, Manifest.class);
      if (!isIntact) {
        throw new InvalidInputException(
            "Invalid data set: "
                + place
                + " has not its own checksum: it is damaged, or was changed by hand; copy it again"
                + " or prepare the data again");
      }
      checkPlaces(manifest, place);
      return manifest;
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          "Invalid data set: " + place + " is not a manifest: " + where(e) + JsonFile.reason(e), e);
    }
  }

  /** A stranger's manifest must not have other files read than those of its folder. */
  private static void checkPlaces(Manifest manifest, Path place) throws InvalidInputException {
    for (ShardEntry shard : manifest.shards()) {
      if (!SHARD.matcher(shard.file()).matches()) {
        throw new InvalidInputException(
            "Invalid data set: "
                + place
                + " names the shard "
                + shard.file()
                + ", which is no file below its folder");
      }
    }
  }

  /** The key that cannot be read, with those that it lies below; nothing where it is not JSON. */
  private static String where(JsonProcessingException e) {
    if (!(e instanceof JsonMappingException mapping) || mapping.getPath().isEmpty()) {
      return "";
    }
    return mapping.getPath().stream()
        .map(
            step ->
                step.getFieldName() == null
                    ? Integer.toString(step.getIndex())
                    : step.getFieldName())
        .collect(Collectors.joining(".", "key ", ": "));
  }
}
