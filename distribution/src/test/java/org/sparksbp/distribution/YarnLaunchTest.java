package org.sparksbp.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the start script has spark-submit do on YARN, for which a script stands that prints it. */
class YarnLaunchTest {

  private static final Path HOME = Path.of("target/spark-sbp").toAbsolutePath();

  @TempDir Path folder;

  private Path submit;

  @BeforeEach
  void makeSparkSubmit() throws IOException {
    submit = Files.createDirectories(folder.resolve("bin")).resolve("spark-submit");
    write("printf '%s\\n' \"$@\"");
  }

  @Test
  void clusterModeSendsWhatTheNodeOfTheDriverLacks() throws Exception {
    Files.createDirectories(folder.resolve("conf"));
    Files.writeString(
        folder.resolve("conf/run.conf"), "include \"base\"\n include file(\"x.conf\")");
    Files.writeString(folder.resolve("conf/base.conf"), "task = mnist # no include \"run.conf\"\n");
    Files.writeString(folder.resolve("conf/x.conf"), "seed = 2\n");

    List<String> words =
        words("train", "--config", "conf/run.conf", "--gpus=1", "--deploy-mode=cluster");

    assertThat(after("--files", words).split(","))
        .containsExactlyInAnyOrder(
            HOME + "/conf/log4j2.properties#sbp-log4j2.properties",
            "conf/run.conf",
            "conf/base.conf",
            "conf/x.conf",
            HOME + "/deploy/gpu/discover.sh");
    assertThat(words)
        .contains(
            "spark.yarn.maxAppAttempts=1",
            "spark.yarn.appMasterEnv.OMP_NUM_THREADS=1",
            "spark.executor.resource.gpu.discoveryScript=./discover.sh")
        .doesNotContain("--driver-class-path");
    assertThat(after("--driver-java-options", words))
        .isEqualTo(
            "-Dlog4j2.configurationFile=sbp-log4j2.properties --add-modules=jdk.incubator.vector");
    assertThat(after("--jars", words)).contains("/core-model-").doesNotContain("/spark-jobs-");
  }

  @Test
  void clientModeHasTheDriverHereWithItsJars() throws Exception {
    List<String> words = words("train", "--config", "conf/run.conf");

    assertThat(after("--driver-class-path", words)).isEqualTo(HOME + "/app/*");
    assertThat(after("--driver-java-options", words))
        .contains(
            "file://" + HOME.toString().replace(" ", "%20") + "/conf/log4j2.properties", "vector");
    assertThat(words).doesNotContain("--files", "spark.yarn.maxAppAttempts=1");
  }

  @Test
  void anArchiveTakesThePlaceOfTheJars() throws Exception {
    Run run = run(Map.of("SBP_YARN_ARCHIVE", "hdfs:///a.tar"), "train", "--deploy-mode", "cluster");

    assertThat(run.output().lines()).contains("spark.yarn.archive=hdfs:///a.tar");
    assertThat(run.output().lines()).doesNotContain("--jars");
  }

  @Test
  void whatAFileOfSettingsSaysOfAttemptsHolds() throws Exception {
    Files.writeString(folder.resolve("p.conf"), "spark.yarn.maxAppAttempts  3\n");

    List<String> words =
        words("train", "--deploy-mode=cluster", "--properties-file", "p.conf", "--conf=spark.a=b");

    assertThat(words).doesNotContain("spark.yarn.maxAppAttempts=1");
    assertThat(words.subList(words.indexOf("p.conf") - 1, words.indexOf("p.conf") + 3))
        .containsExactly("--properties-file", "p.conf", "--conf", "spark.a=b");
  }

  @Test
  void clusterModeEndsWithTheProgramsExitCode() throws Exception {
    write("echo 'ERROR Client: diagnostics: User application exited with status 3' >&2; exit 1");
    assertThat(run(Map.of(), "train", "--deploy-mode", "cluster").exitCode()).isEqualTo(3);

    write("echo 'AM Container exited with  exitCode: 13' >&2; exit 1");
    Run unknown = run(Map.of(), "train", "--deploy-mode", "cluster");
    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.output()).contains("exitCode: 13");
  }

  @Test
  void theScriptForYarnAddsModeAndSettingsUnlessTheyAreSaid() throws Exception {
    String script = HOME.resolve("deploy/yarn/submit.sh").toString();
    Map<String, String> environment = environment(Map.of("HADOOP_CONF_DIR", "hadoop"));

    Run usual = Run.of(folder, environment, List.of(script, "train"));
    Run said =
        Run.of(
            folder,
            environment,
            List.of(script, "train", "--deploy-mode", "client", "--properties-file", "p.conf"));

    assertThat(after("--deploy-mode", usual.output().lines().toList())).isEqualTo("cluster");
    assertThat(after("--properties-file", usual.output().lines().toList()))
        .isEqualTo(HOME + "/conf/spark/yarn.conf");
    assertThat(after("--deploy-mode", said.output().lines().toList())).isEqualTo("client");
    assertThat(said.output()).doesNotContain("yarn.conf");
    Run nowhere =
        Run.of(folder, environment(Map.of("HADOOP_CONF_DIR", "")), List.of(script, "train"));
    assertThat(nowhere.exitCode()).isEqualTo(2);
    assertThat(nowhere.output()).contains("Cannot find YARN: set HADOOP_CONF_DIR");
  }

  private void write(String script) throws IOException {
    Files.writeString(submit, "#!/bin/sh\n" + script + "\n");
    assertThat(submit.toFile().setExecutable(true)).isTrue();
  }

  private List<String> words(String... arguments) throws IOException, InterruptedException {
    Run run = run(Map.of(), arguments);
    assertThat(run.exitCode()).as(run.output()).isZero();
    return run.output().lines().toList();
  }

  private Run run(Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(HOME.resolve("bin/sbp").toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--master", "yarn"));
    return Run.of(folder, environment(variables), command);
  }

  private Map<String, String> environment(Map<String, String> variables) {
    Map<String, String> environment = new HashMap<>(variables);
    environment.put("SPARK_HOME", folder.toString());
    return environment;
  }

  private static String after(String option, List<String> words) {
    return words.get(words.indexOf(option) + 1);
  }
}
