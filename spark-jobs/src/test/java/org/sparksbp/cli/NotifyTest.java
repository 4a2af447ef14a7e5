package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.http.RecordingServer;
import org.sparksbp.training.TrainingFixture;

@Timeout(180)
class NotifyTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void everyoneNamedIsToldOfASuccessWithAllThatTheLastLineHas() throws IOException {
    Path raw = RawDigits.write(folder.resolve("raw"), 30, 20);
    Path shards = folder.resolve("shards");
    Path file = folder.resolve("told/prepare.json");
    Instant before = Instant.now();
    try (RecordingServer server = new RecordingServer(503, 503)) {
      CommandRun run =
          CommandRun.onTwoCores(
              "prepare", "mnist",
              "--input", raw.toString(),
              "--output", shards.toString(),
              "--notify", file.toString(),
              "--notify", "http://me:word@127.0.0.1:" + server.port() + "/hook?key=1");

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.err()).doesNotContain("Cannot notify");
      JsonNode told = JSON.readTree(Files.readString(file));
      assertThat(told.path("command").asText()).isEqualTo("prepare");
      assertThat(told.path("exitCode").asInt(-1)).isZero();
      assertThat(told.path("ending").asText()).isEqualTo("done");
      assertThat(told.path("output").asText()).isEqualTo(shards.toString());
      assertThat(told.path("result")).isEqualTo(run.result());
      assertThat(told.has("message")).isFalse();
      assertThat(told.path("version").asText()).isNotEmpty();
      assertThat(told.path("host").asText()).isNotEmpty();
      assertThat(Instant.parse(told.path("started").asText())).isAfterOrEqualTo(before);
      assertThat(Instant.parse(told.path("ended").asText())).isBeforeOrEqualTo(Instant.now());
      assertThat(server.requests()).hasSize(3);
      RecordingServer.Request last = server.requests().get(2);
      assertThat(last.method()).isEqualTo("POST");
      assertThat(last.path()).isEqualTo("/hook?key=1");
      assertThat(last.headers().get("Authorization")).containsExactly("Basic bWU6d29yZA==");
      assertThat(JSON.readTree(last.body())).isEqualTo(told);
    }
  }

  @Test
  void failureIsToldWithItsExitCodeAndMessage() throws IOException {
    Path file = folder.resolve("told.json");

    CommandRun run = failingReport("--notify", file.toString());

    assertThat(run.exitCode()).isEqualTo(3);
    JsonNode told = JSON.readTree(Files.readString(file));
    assertThat(told.path("exitCode").asInt()).isEqualTo(3);
    assertThat(told.path("ending").asText()).isEqualTo("failed");
    assertThat(told.path("message").asText()).contains("holds no sweep");
    assertThat(told.has("result")).isFalse();
  }

  @Test
  void commandLineThatIsRefusedIsToldToo() throws IOException {
    Path file = folder.resolve("told.json");

    CommandRun run = CommandRun.of("train", "--notify", file.toString(), "--no-such-option");

    assertThat(run.exitCode()).isEqualTo(2);
    JsonNode told = JSON.readTree(Files.readString(file));
    assertThat(told.path("exitCode").asInt()).isEqualTo(2);
    assertThat(told.path("message").asText()).contains("--no-such-option");
  }

  @Test
  void whoCannotBeToldIsAWarningWithoutSecretsAndChangesNoExitCode() throws IOException {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = socket.getLocalPort();
    }
    Path occupied = Files.createDirectories(folder.resolve("occupied/below"));
    try (RecordingServer refusing = new RecordingServer(403)) {
      CommandRun run =
          failingReport(
              "--conf",
              "spark.sbp.notify.attempts=2",
              "--notify",
              "http://me:secret@127.0.0.1:" + nobody + "/secret?key=secret",
              "--notify",
              "http://127.0.0.1:" + refusing.port() + "/secret?key=secret",
              "--notify",
              occupied.getParent().toString());

      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(run.err())
          .contains("Cannot notify http://127.0.0.1:" + nobody + " of the job's end: Connect")
          .contains(
              "Cannot notify http://127.0.0.1:" + refusing.port() + " of the job's end: status 403")
          .contains("Cannot notify " + occupied.getParent())
          .doesNotContain("secret");
    }
  }

  @Test
  void addressThatIsNoneIsRefusedWithoutSayingIt() {
    CommandRun run = CommandRun.of("train", "--notify", "https://me:secret@ho st/");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--notify").doesNotContain("secret");
  }

  /** A cluster that never answers keeps the command waiting until it is stopped. */
  @Test
  void stopBySignalIsTold() throws Exception {
    Path raw = RawDigits.write(folder.resolve("raw"), 20, 10);
    Path file = folder.resolve("told.json");
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Process process =
          TrainingFixture.java(
                  List.of(),
                  "org.sparksbp.cli.Sbp",
                  "prepare",
                  "mnist",
                  "--input",
                  raw.toString(),
                  "--output",
                  folder.resolve("shards").toString(),
                  "--master",
                  "spark://127.0.0.1:" + silent.getLocalPort(),
                  "--conf",
                  "spark.driver.host=127.0.0.1",
                  "--notify",
                  file.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("said").toFile())
              .start();
      try {
        silent.accept().close(); // it has begun, and now tries again and again
        process.destroy();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      } finally {
        process.destroyForcibly();
      }
      assertThat(process.exitValue()).isEqualTo(143);
    }
    JsonNode told = JSON.readTree(Files.readString(file));
    assertThat(told.path("command").asText()).isEqualTo("prepare");
    assertThat(told.path("exitCode").asInt()).isEqualTo(143);
    assertThat(told.path("ending").asText()).isEqualTo("stopped");
  }

  /** There are no results to report of. */
  private CommandRun failingReport(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "report",
                "--results",
                folder.toString(),
                "--output",
                folder.resolve("page").toString()));
    words.addAll(List.of(more));
    return CommandRun.of(words.toArray(String[]::new));
  }
}
