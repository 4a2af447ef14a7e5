package org.sparksbp.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the start script hands to spark-submit, which a script stands for that prints it. */
class LaunchOptionsTest {

  private static final Path HOME = Path.of("target/spark-sbp").toAbsolutePath();

  @TempDir Path folder;

  @Test
  void sparksOptionsGoToSparkSubmitInBothSpellingsAndStayWithTheCommand()
      throws IOException, InterruptedException {
    Path submit = Files.createDirectories(folder.resolve("bin")).resolve("spark-submit");
    Files.writeString(submit, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    assertThat(submit.toFile().setExecutable(true)).isTrue();
    List<String> given =
        List.of(
            "train",
            "--master=yarn",
            "--conf",
            "spark.a=b c",
            "--conf=spark.d=e",
            "--deploy-mode",
            "cluster",
            "--properties-file=p.conf",
            "--config",
            "conf/mnist.conf");

    Run run =
        Run.of(
            folder,
            Map.of("SPARK_HOME", folder.toString()),
            Stream.concat(Stream.of(HOME.resolve("bin/sbp").toString()), given.stream()).toList());

    assertThat(run.exitCode()).as(run.output()).isZero();
    List<String> words = run.output().lines().toList();
    int jar =
        words.indexOf(
            words.stream().filter(word -> word.contains("/spark-jobs-")).findFirst().orElseThrow());
    assertThat(words.subList(0, 2)).containsExactly("--master", "yarn");
    assertThat(words.subList(jar - 8, jar))
        .containsExactly(
            "--conf",
            "spark.a=b c",
            "--conf",
            "spark.d=e",
            "--deploy-mode",
            "cluster",
            "--properties-file",
            "p.conf");
    assertThat(words.subList(jar + 1, words.size())).isEqualTo(given);
  }

  /**
   * A driver on a worker is started with what bin/sbp gives one of its own, and its failure told.
   */
  @ParameterizedTest
  @CsvSource({"FINISHED, 0", "FAILED, 1", "KILLED, 1"})
  void aDriverOnAStandaloneWorkerGetsJavasOptionsAndItsEndIsTold(String state, int exitCode)
      throws IOException, InterruptedException {
    Path submit = Files.createDirectories(folder.resolve("bin")).resolve("spark-submit");
    Files.writeString(
        submit,
        "#!/bin/sh\nprintf '%s\\n' \"$@\" \"ip=$SPARK_LOCAL_IP\"\necho \"State of driver d is $DRIVER, exiting\" >&2\n");
    assertThat(submit.toFile().setExecutable(true)).isTrue();
    Path settings = folder.resolve("spark.conf");
    Files.writeString(settings, "spark.master   spark://10.0.0.1:7077\n");

    Run run =
        Run.of(
            folder,
            Map.of("SPARK_HOME", folder.toString(), "SPARK_LOCAL_IP", "10.0.0.9", "DRIVER", state),
            List.of(
                HOME.resolve("bin/sbp").toString(),
                "report",
                "--deploy-mode=cluster",
                "--properties-file=" + settings));

    assertThat(run.exitCode()).as(run.output()).isEqualTo(exitCode);
    assertThat(run.output())
        .contains("--add-opens=java.base/java.nio=ALL-UNNAMED")
        .contains("spark.standalone.submit.waitAppCompletion=true")
        .containsPattern(exitCode == 0 ? "is FINISHED" : "sbp: The driver has not succeeded");
    assertThat(run.output().lines())
        .containsSubsequence("--master", "spark://10.0.0.1:7077", "--driver-memory", "1g")
        .contains("ip=")
        .doesNotContain("--jars");
  }
}
