package org.sparksbp.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunConfigurationTest {

  @TempDir Path folder;

  @Test
  void assignmentGoesBeforeFileBeforeTaskDefaultBeforeReference() throws IOException {
    Path file = file("task = nettalk\ntraining { epochs = 7, workers = 3 }\n");

    RunConfiguration run =
        RunConfiguration.builder().file(file.toFile()).set("training.epochs=9").build();

    assertThat(run.config().getInt("training.epochs")).isEqualTo(9);
    assertThat(run.config().getInt("training.workers")).isEqualTo(3);
    assertThat(run.config().getInt("training.batch")).isEqualTo(1);
    assertThat(run.config().getInt("checkpoint.keep")).isEqualTo(2);
  }

  @Test
  void everySettingTellsWhereItComesFrom() throws IOException {
    Path file = file("task = nettalk\ntraining.epochs = 7\n");

    RunConfiguration run = RunConfiguration.builder().file(file.toFile()).set("seed=5").build();

    assertThat(run.settings())
        .contains(
            new Setting("seed", "5", "--set"),
            new Setting("training.epochs", "7", file + ":2"),
            new Setting("training.batch", "1", "default of the task"),
            new Setting("checkpoint.keep", "2", "default"));
  }

  @Test
  void laterAssignmentOfAKeyWins() {
    RunConfiguration run = RunConfiguration.builder().set("seed=5").set("seed=6").build();

    assertThat(run.config().getLong("seed")).isEqualTo(6);
  }

  @Test
  void aKeyThatThereWasOnceSaysWhatToWriteToday() throws IOException {
    Path file = file("rbm.sbp = off\n");

    assertThatThrownBy(() -> RunConfiguration.builder().file(file.toFile()).build())
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageStartingWith("Invalid key rbm.sbp (" + file + ":1): there is none of this name")
        .hasMessageContaining("write rule = plain for off, rule = sbp for on");
  }

  @Test
  void unknownKeyNamesTheNearestOneAndItsLine() throws IOException {
    Path file = file("seed = 1\ntraining.epoch = 7\n");

    assertThatThrownBy(() -> RunConfiguration.builder().file(file.toFile()).build())
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("Invalid key training.epoch (" + file + ":2)")
        .hasMessageContaining("did you mean training.epochs?");
  }

  @Test
  void keyOfAnEarlierVersionNamesTheOneThatHasTakenItsPlace() {
    assertThatThrownBy(() -> RunConfiguration.builder().set("sweep.portraits=3").build())
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("Invalid key sweep.portraits")
        .hasMessageContaining("did you mean sweep.snapshots?");
  }

  @Test
  void keyWithoutItsGroupIsFoundByItsLastName() {
    assertThatThrownBy(() -> RunConfiguration.builder().set("epochs=3").build())
        .hasMessageContaining("did you mean training.epochs?");
  }

  @Test
  void groupGivenAsValueIsExplained() {
    assertThatThrownBy(() -> RunConfiguration.builder().set("training=3").build())
        .hasMessageContaining("training")
        .hasMessageContaining("it is a group");
  }

  @Test
  void valueOfAnotherTypeNamesKeyAndOrigin() throws IOException {
    Path file = file("training {\n  epochs = many\n}\n");

    assertThatThrownBy(() -> RunConfiguration.builder().file(file.toFile()).build())
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("Invalid training.epochs (" + file + ":2)")
        .hasMessageContaining("is not a number");
  }

  @Test
  void fractionIsRefusedWhereAWholeNumberIsMeant() {
    assertThatThrownBy(() -> RunConfiguration.builder().set("training.epochs=1.5").build())
        .hasMessageContaining("Invalid training.epochs (--set): 1.5 is not a whole number");
    assertThat(
            RunConfiguration.builder()
                .set("training.early-stopping.min-delta=0.01")
                .build()
                .config()
                .getDouble("training.early-stopping.min-delta"))
        .isEqualTo(0.01);
  }

  @Test
  void aFractionIsTakenWhereOneIsMeant() {
    RunConfiguration run =
        RunConfiguration.builder().set("spiking-mlp.surrogate-width=0.3").build();

    assertThat(run.config().getDouble("spiking-mlp.surrogate-width")).isEqualTo(0.3);
  }

  @Test
  void switchTakesOnAndOffAndNothingElse() {
    assertThat(
            RunConfiguration.builder()
                .set("training.shuffle=off")
                .build()
                .config()
                .getBoolean("training.shuffle"))
        .isFalse();
    assertThatThrownBy(() -> RunConfiguration.builder().set("training.shuffle=maybe").build())
        .hasMessageContaining("is neither on nor off");
  }

  @Test
  void listIsCheckedElementByElement() {
    assertThatThrownBy(() -> RunConfiguration.builder().set("network.hidden=[100, big]").build())
        .hasMessageContaining("has an element that is not a number");
    assertThatThrownBy(() -> RunConfiguration.builder().set("network.hidden=100").build())
        .hasMessageContaining("is not a list");
  }

  @Test
  void taskOfTheDataIsTakenUnlessAnotherIsAskedFor() {
    assertThat(
            RunConfiguration.builder()
                .dataTask("nettalk")
                .build()
                .config()
                .getInt("training.batch"))
        .isEqualTo(1);
    assertThatThrownBy(
            () -> RunConfiguration.builder().set("task=mnist").dataTask("nettalk").build())
        .hasMessageContaining("Invalid task (--set): mnist, but the prepared data is of nettalk");
  }

  @Test
  void brokenSyntaxAndMissingFileAreConfigurationErrors() throws IOException {
    Path file = file("training {\n epochs = \n");

    assertThatThrownBy(() -> RunConfiguration.builder().file(file.toFile()).build())
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(file.toString());
    assertThatThrownBy(() -> RunConfiguration.builder().file(folder.resolve("none.conf").toFile()))
        .hasMessageContaining("there is no such file");
    assertThatThrownBy(() -> RunConfiguration.builder().set("training.epochs"))
        .hasMessageContaining("write key=value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775808", "1e30", "-9223372036854775809"})
  void aSeedThatIsNoNumberOf64BitsIsRefused(String seed) {
    assertThatThrownBy(() -> RunConfiguration.builder().set("seed=" + seed).build())
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("Invalid seed (--set)")
        .hasMessageContaining("no whole number of 64 bits");
    assertThatThrownBy(() -> RunConfiguration.builder().set("sweep.seeds=[1," + seed + "]").build())
        .hasMessageContaining("Invalid sweep.seeds");
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775807", "-9223372036854775808", "0"})
  void everyNumberOf64BitsIsASeed(String seed) {
    assertThat(RunConfiguration.builder().set("seed=" + seed).build().config().getLong("seed"))
        .isEqualTo(Long.parseLong(seed));
  }

  @Test
  void everyKeyIsDocumentedOnItsLine() throws IOException {
    String text =
        new String(
            RunConfiguration.class.getResourceAsStream("/reference.conf").readAllBytes(),
            java.nio.charset.StandardCharsets.UTF_8);

    assertThat(text.lines().filter(line -> line.contains(" = ")).toList())
        .allSatisfy(line -> assertThat(line).contains("#"));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("run.conf"), text);
  }

  @Test
  void includesAreFoundBesideTheFileByPathAndByUriAndMustBeThere() throws IOException {
    Path below = Files.createDirectories(folder.resolve("base configurations"));
    Files.writeString(below.resolve("more.conf"), "training.epochs = 7");
    Files.writeString(below.resolve("base.conf"), "include \"more\"\nseed = 11");
    Path run = folder.resolve("run.conf");
    Files.writeString(run, "include \"base configurations/base.conf\"\ntraining.batch = 3");
    for (String written : List.of(run.toString(), run.toUri().toString())) {
      RunConfiguration read = RunConfiguration.builder().file(at(written)).build();
      assertThat(read.config().getInt("training.epochs")).isEqualTo(7);
      assertThat(read.config().getLong("seed")).isEqualTo(11);
      assertThat(read.config().getInt("training.batch")).isEqualTo(3);
    }
    Files.delete(below.resolve("more.conf"));
    assertThatThrownBy(() -> RunConfiguration.builder().file(at(run.toString())))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("base.conf: it includes more, and there is no such file");
    Files.writeString(below.resolve("more.conf"), "include \"base.conf\"");
    assertThatThrownBy(() -> RunConfiguration.builder().file(at(run.toString())))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("include one another in a circle");
  }

  @Test
  void includesOfEveryFormAreFoundOrRefused() throws IOException {
    Path base = Files.writeString(folder.resolve("base of all.conf"), "training.epochs = 7");
    for (String found :
        List.of(
            "file(\"base of all.conf\")",
            "required(file(\"" + base + "\"))",
            "url(\"" + base.toUri() + "\")",
            "url(\"" + base.toUri().toString().replace("file:/", "FILE:///") + "\")")) {
      Path run = file("include " + found);
      assertThat(
              RunConfiguration.builder()
                  .file(at(run.toString()))
                  .build()
                  .config()
                  .getInt("training.epochs"))
          .as(found)
          .isEqualTo(7);
    }
    for (String lost :
        List.of(
            "file(\"none.conf\")",
            "file(\"/none.conf\")",
            "url(\"file:///none.conf\")",
            "url(\"http://127.0.0.1:1/none.conf\")",
            "classpath(\"reference.conf\")",
            "\"\"",
            "\"file:///no uri.conf\"")) {
      Path run = file("include " + lost);
      assertThatThrownBy(() -> RunConfiguration.builder().file(at(run.toString())).build())
          .as(lost)
          .isInstanceOf(InvalidConfigurationException.class)
          .hasMessageContaining(run.toString());
    }
  }

  @Test
  void lettersThatAreNotUtf8AreRefused() throws IOException {
    Path run = Files.write(folder.resolve("run.conf"), "model = \"\u00e4\"".getBytes("ISO-8859-1"));
    assertThatThrownBy(() -> RunConfiguration.builder().file(at(run.toString())))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(run + ": it is not written in UTF-8");
  }

  private static ConfigurationFile at(String written) throws IOException {
    return ConfigurationFile.of(
            new org.apache.hadoop.conf.Configuration(),
            new org.apache.hadoop.fs.Path(written),
            written)
        .orElseThrow();
  }

  @Test
  void aKeyThatRefersToAnotherFollowsAValueThatGoesBeforeTheFile() throws IOException {
    Path file = file("task = nettalk\ntraining.epochs = 4\naveraging.every = ${training.epochs}\n");

    RunConfiguration run =
        RunConfiguration.builder()
            .file(file.toFile())
            .build(Map.of("training.epochs", ConfigValueFactory.fromAnyRef(9)));

    assertThat(run.config().getInt("averaging.every")).isEqualTo(9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"12d", "0x1p3", "1e-400", "1e400", "-1e-999999999"})
  void whatIsNoNumberOrNoneThatCanBeToldIsRefused(String number) {
    assertThatThrownBy(
            () -> RunConfiguration.builder().set("bp-ann.learning-rate=" + number).build())
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("Invalid bp-ann.learning-rate");
  }

  @Test
  void aValueIsTheSameHoweverItIsWritten() {
    RunConfiguration plain =
        RunConfiguration.builder()
            .set("training.epochs=1")
            .set("snn.alpha=[0.1, 2.0]")
            .set("network.hidden=[7]")
            .build();
    RunConfiguration otherwise =
        RunConfiguration.builder()
            .set("training.epochs=\" 1.0 \"")
            .set("snn.alpha=[1e-1, \" 2\"]")
            .set("network.hidden=[\"7\"]")
            .build();
    assertThat(otherwise.settings())
        .extracting(Setting::value)
        .containsExactlyElementsOf(plain.settings().stream().map(Setting::value).toList());
  }
}
