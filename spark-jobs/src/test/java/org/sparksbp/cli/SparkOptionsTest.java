package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparksbp.config.InvalidConfigurationException;
import org.sparksbp.rounds.SbpKryoRegistrator;

class SparkOptionsTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "local",
        "local[3]",
        "local[*]",
        "local[2,4]",
        "local-cluster[2,1,1024]",
        "yarn",
        "spark://one:7077,two:7077",
        "k8s://https://host:6443"
      })
  void mastersOfSparkAreTaken(String master) {
    SparkOptions options = new SparkOptions();
    options.master = master;
    SparkConf spark = new SparkConf(false);

    options.apply(spark, Map.of());

    assertThat(spark.get("spark.master")).isEqualTo(master);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"locl[2]", "local[x]", "local[0]", "local[2", "localhost", "spark:/host", ""})
  void whatIsNoMasterIsRefusedWithWhatWouldBeOne(String master) {
    SparkOptions options = new SparkOptions();
    options.master = master;

    assertThatThrownBy(() -> options.apply(new SparkConf(false), Map.of()))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessage(
            "Invalid --master "
                + master
                + ": must be local, local[N] or local[*], spark://HOST:PORT, yarn or"
                + " k8s://https://HOST:PORT");
  }

  @Test
  void aSettingGoesBeforeTheFileAndTheFileBeforeSparksDefaults() throws IOException {
    Files.writeString(folder.resolve("spark-defaults.conf"), "spark.a 1\nspark.b 1\nspark.d 1\n");
    Path file = Files.writeString(folder.resolve("own.conf"), "spark.a=2\nspark.b   2\nother 2\n");
    Map<String, String> environment = Map.of("SPARK_CONF_DIR", folder.toString());
    SparkOptions options = new SparkOptions();
    options.settings = List.of("spark.a=3", "spark.c = x=y");

    SparkConf defaults = new SparkConf(false);
    options.apply(defaults, environment);
    assertThat(values(defaults, "a", "b", "c", "d")).containsExactly("3", "1", "x=y", "1");

    options.propertiesFile = file.toString();
    SparkConf own = new SparkConf(false);
    options.apply(own, environment);
    assertThat(values(own, "a", "b", "c", "d")).containsExactly("3", "2", "x=y", "none");
    assertThat(own.contains("other")).isFalse();
  }

  @Test
  void withoutAFolderOfItsOwnTheSettingsOfTheInstallationHold() throws IOException {
    Files.createDirectories(folder.resolve("conf"));
    Files.writeString(folder.resolve("conf/spark-defaults.conf"), "spark.a 1");
    SparkConf spark = new SparkConf(false);

    new SparkOptions().apply(spark, Map.of("SPARK_HOME", folder.toString()));

    assertThat(values(spark, "a")).containsExactly("1");
  }

  @Test
  void whatSparkSubmitHasSetIsNotSetAgain() throws IOException {
    Files.writeString(folder.resolve("spark-defaults.conf"), "spark.b 1");
    SparkConf spark =
        new SparkConf(false).set("spark.submit.deployMode", "client").set("spark.a", "submitted");
    SparkOptions options = new SparkOptions();
    options.settings = List.of("spark.a=3");

    options.apply(spark, Map.of("SPARK_CONF_DIR", folder.toString()));

    assertThat(values(spark, "a", "b")).containsExactly("submitted", "none");
  }

  @Test
  void aMasterThatContradictsSparkSubmitsIsRefused() {
    SparkOptions options = new SparkOptions();
    options.master = "local[2]";
    SparkConf spark = new SparkConf(false).set("spark.master", "yarn");

    assertThatThrownBy(() -> options.apply(spark, Map.of()))
        .hasMessageContaining("Invalid --master local[2]")
        .hasMessageContaining("spark.master = yarn");
  }

  @Test
  void onlyRegisteredClassesAreTakenFromOtherProcesses() {
    SparkConf usual = configuration(new SparkConf(false));
    assertThat(usual.get("spark.serializer")).isEqualTo(KryoSerializer.class.getName());
    assertThat(usual.get("spark.kryo.registrationRequired")).isEqualTo("true");

    SparkConf withOwn = configuration(new SparkConf(false).set("spark.kryo.registrator", "a.B"));
    assertThat(withOwn.get("spark.kryo.registrator"))
        .isEqualTo(SbpKryoRegistrator.class.getName() + ",a.B");

    assertThatThrownBy(
            () ->
                configuration(new SparkConf(false).set("spark.kryo.registrationRequired", "false")))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("spark.kryo.registrator");
    assertThatThrownBy(
            () ->
                configuration(
                    new SparkConf(false).set("spark.serializer", JavaSerializer.class.getName())))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("spark.serializer");
  }

  private static SparkConf configuration(SparkConf given) {
    CommonOptions options = new CommonOptions();
    options.spark.master = "local[1]";
    return SparkSessions.configuration(given, "test", options);
  }

  @Test
  void aSecretThatAWorkerHandsToItsDriverIsTakenWhereSparkAuthenticates() {
    SparkConf secured = new SparkConf(false).set("spark.authenticate", "true");
    SparkSessions.takeSecret(secured, "from the worker");
    SparkConf given = secured.clone();
    SparkSessions.takeSecret(given, "another");
    SparkConf open = new SparkConf(false);
    SparkSessions.takeSecret(open, "from the worker");

    assertThat(values(given, "authenticate.secret")).containsExactly("from the worker");
    assertThat(values(open, "authenticate.secret")).containsExactly("none");
  }

  @Test
  void aDriverOfThisProcessIsInNoCluster() {
    SparkOptions options = new SparkOptions();
    options.deployMode = "cluster";
    assertThatThrownBy(() -> options.apply(new SparkConf(false), Map.of()))
        .hasMessageContaining("Invalid --deploy-mode cluster");
    options.deployMode = "clutser";
    assertThatThrownBy(() -> options.apply(new SparkConf(false), Map.of()))
        .hasMessageContaining("must be client or cluster");
  }

  private static List<String> values(SparkConf spark, String... names) {
    return List.of(names).stream().map(name -> spark.get("spark." + name, "none")).toList();
  }

  /** What is opened before Spark starts is opened once in a process, so it must be opened so. */
  @Test
  void fileSystemsAreOpenedWithTheSettingsOfTheCommandLine() throws IOException {
    Path file = folder.resolve("s3.conf");
    Files.writeString(
        file,
        "spark.hadoop.fs.s3a.endpoint http://127.0.0.1:1\nspark.hadoop.fs.s3a.attempts.maximum 7\n");
    CommonOptions options = new CommonOptions();
    options.spark.propertiesFile = file.toString();
    options.spark.settings = List.of("spark.hadoop.fs.s3a.attempts.maximum=3");

    Configuration hadoop = Locations.hadoop(options);

    assertThat(hadoop.get("fs.s3a.endpoint")).isEqualTo("http://127.0.0.1:1");
    assertThat(hadoop.get("fs.s3a.attempts.maximum")).isEqualTo("3");
  }
}
