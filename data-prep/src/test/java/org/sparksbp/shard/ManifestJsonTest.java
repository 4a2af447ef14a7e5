package org.sparksbp.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparksbp.dataset.Tasks;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.Split;

class ManifestJsonTest {

  private static final PrepareSettings CLIPS =
      Tasks.named("dvsgesture").defaults().toBuilder().option("sampleBy", "clips").build();

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    ManifestJson.write(new Configuration(), place(), manifest(CLIPS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "mnist | {'encoder':'regular','steps':20,'seed':1,'sampleBy':'','split':'official',"
            + "'wordSet':'','limit':0,'maxBadRecords':0,'pooledSide':0,'polarities':'',"
            + "'binMicroseconds':0,'verify':false}",
        "nettalk | {'encoder':'direct','steps':20,'seed':1,'sampleBy':'','split':'letters',"
            + "'wordSet':'common-1000','limit':0,'maxBadRecords':10,'pooledSide':0,'polarities':'',"
            + "'binMicroseconds':0,'verify':false}",
        "dvsgesture | {'encoder':'events','steps':100,'seed':1,'sampleBy':'frames',"
            + "'split':'official','wordSet':'','limit':0,'maxBadRecords':10000,'pooledSide':32,"
            + "'polarities':'merged','binMicroseconds':0,'verify':false}"
      })
  void settingsHaveTheKeysOfTheFirstThreeDataSetsWhateverTheTask(String task, String json)
      throws JsonProcessingException {
    PrepareSettings settings = Tasks.named(task).defaults();

    String text = ManifestJson.MAPPER.writeValueAsString(settings);

    assertThat(text).isEqualTo(json.replace('\'', '"'));
    assertThat(ManifestJson.MAPPER.readValue(text, PrepareSettings.class)).isEqualTo(settings);
  }

  @Test
  void aShareOfLossThatIsNotTheUsualOneIsKept() throws JsonProcessingException {
    PrepareSettings settings = PrepareSettings.of("direct", 1, "all").maxLoss(0.25).build();

    String text = ManifestJson.MAPPER.writeValueAsString(settings);

    assertThat(text).endsWith("'verify':false,'maxLoss':0.25}".replace('\'', '"'));
    assertThat(ManifestJson.MAPPER.readValue(text, PrepareSettings.class)).isEqualTo(settings);
  }

  @Test
  void optionOfALaterDataSetFollowsTheKeysOfAll() throws JsonProcessingException {
    PrepareSettings settings = PrepareSettings.of("direct", 1, "all").option("window", 9).build();

    String text = ManifestJson.MAPPER.writeValueAsString(settings);

    assertThat(text).endsWith(",\"binMicroseconds\":0,\"verify\":false,\"window\":9}");
    assertThat(ManifestJson.MAPPER.readValue(text, PrepareSettings.class)).isEqualTo(settings);
  }

  @Test
  void identityHasEverySettingButThoseThatOnlyLetPreparingFail() {
    assertThat(manifest(CLIPS).identity().toString())
        .isEqualTo(
            "{input a.aedat=3 bytes, SHA-256 00, schema version=1, setting binMicroseconds=0,"
                + " setting encoder=events, setting limit=0, setting polarities=merged,"
                + " setting pooledSide=32, setting sampleBy=clips, setting seed=1,"
                + " setting split=official, setting steps=100, setting wordSet=,"
                + " task=dvsgesture}");
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    assertThat(read()).isEqualTo(manifest(CLIPS));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"channels\" : 1024,', '', channels",
    "'\"channels\" : 1024', '\"channels\" : \"many\"', key channels: ",
    "'\"task\" : \"dvsgesture\",', '', task",
    "'\"rows\" : 4', '\"rows\" : null', key shards.0.rows: ",
    "'\"steps\" : 100', '\"steps\" : \"x\"', key settings.steps: ",
    "'\"encoder\" : \"events\",', '', encoder",
    "'\"pooledSide\" : 32', '\"pooledSide\" : 3.5', key settings.pooledSide: ",
    "'\"verify\" : false', '\"verify\" : []', key settings.verify: "
  })
  void missingOrMistypedKeyIsNamedWithTheFile(String from, String to, String named)
      throws IOException {
    Path file = folder.resolve("manifest.json");
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));

    assertThatThrownBy(this::read)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("manifest.json is not a manifest: ")
        .hasMessageContaining(named);
  }

  private Manifest read() throws IOException {
    return ManifestJson.find(new Configuration(), place()).orElseThrow();
  }

  private org.apache.hadoop.fs.Path place() {
    return new org.apache.hadoop.fs.Path(folder.toUri());
  }

  private static Manifest manifest(PrepareSettings settings) {
    return new Manifest(
        Manifest.SCHEMA_VERSION,
        "1.0",
        "dvsgesture",
        settings,
        1024,
        11,
        100,
        List.of("clap"),
        false,
        Map.of(Split.TRAIN, new SplitCounts(4, Map.of("clap", 4L))),
        List.of(new ShardEntry("data/train-00000.parquet", Split.TRAIN, 4, 9, "ab")),
        List.of(new InputFile("a.aedat", 3, "00")),
        new BadRecords(0, List.of()),
        List.of());
  }
}
