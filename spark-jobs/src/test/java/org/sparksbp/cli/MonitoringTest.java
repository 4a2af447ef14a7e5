package org.sparksbp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.training.TrainingFixture;

/** What the shipped settings leave of all commands, read by Spark's own history server. */
@Tag("slow")
@Timeout(300)
class MonitoringTest {

  private static final Path SETTINGS = Path.of("../conf/spark/monitoring.conf");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String SWEEP =
      """
      network.hidden = [5]
      training { epochs = 2, batch = 5 }
      snn.duration = 1.0
      sweep.arms { with { rule = sbp }, without { rule = no-such-rule } }
      """;

  @TempDir static Path folder;

  private static Process history;
  private static String address;
  private static Map<String, JsonNode> applications;

  @BeforeAll
  static void runEverythingAndStartTheHistoryServer() throws Exception {
    Path raw = RawDigits.write(folder.resolve("raw"), 30, 20);
    String shards = folder.resolve("shards").toString();
    run("prepare", "mnist", "--input", raw.toString(), "--output", shards);
    String trained = folder.resolve("run").toString();
    run(
        "train",
        "--data",
        shards,
        "--output",
        trained,
        "--set",
        "network.hidden=[5]",
        "--set",
        "training.epochs=2",
        "--set",
        "averaging.every=1");
    run(
        "evaluate",
        "--model",
        trained + "/model",
        "--data",
        shards,
        "--output",
        folder.resolve("evaluation").toString());
    Path sweep = Files.writeString(folder.resolve("pairs.conf"), SWEEP);
    String results = folder.resolve("results").toString();
    run("sweep", "--config", sweep.toString(), "--data", shards, "--output", results);
    startHistoryServer();
    applications = applications();
  }

  private static void run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--properties-file", SETTINGS.toString()));
    all.addAll(List.of("--conf", "spark.ui.port=0"));
    all.addAll(List.of("--conf", "spark.eventLog.dir=" + events()));
    // A sink that writes at Spark's end, beside the one that has to be asked before.
    all.addAll(
        List.of(
            "--conf",
            "spark.metrics.conf.driver.sink.csv.class=org.apache.spark.metrics.sink.CsvSink",
            "--conf",
            "spark.metrics.conf.driver.sink.csv.directory=" + metrics(words[0])));
    CommandRun run = CommandRun.onTwoCores(all.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private static String events() {
    return folder.resolve("deep/spark-events").toString();
  }

  private static Path metrics(String command) {
    try {
      return Files.createDirectories(folder.resolve("metrics").resolve(command));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void startHistoryServer() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Path settings = folder.resolve("history.conf");
    List<String> lines = new ArrayList<>(Files.readAllLines(SETTINGS));
    lines.replaceAll(
        line ->
            line.replaceFirst("(spark.history.fs.logDirectory +).*", "$1" + events())
                .replaceFirst("(spark.history.ui.port +).*", "$1" + port));
    Files.write(settings, lines);
    ProcessBuilder builder =
        TrainingFixture.java(
            List.of(),
            "org.apache.spark.deploy.history.HistoryServer",
            "--properties-file",
            settings.toString());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    history =
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("said").toFile()).start();
    address = "http://127.0.0.1:" + port + "/api/v1/applications";
  }

  /** By name, when the server has read all of them. */
  private static Map<String, JsonNode> applications() throws Exception {
    Map<String, JsonNode> found = new TreeMap<>();
    while (found.size() < 4) {
      assertThat(history.isAlive()).as(Files.readString(folder.resolve("said"))).isTrue();
      Thread.sleep(200);
      try {
        get(address + "?status=completed")
            .forEach(one -> found.put(one.path("name").asText(), one));
      } catch (java.net.ConnectException e) {
        continue; // it is starting
      }
    }
    return found;
  }

  private static JsonNode get(String uri) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).build();
    return JSON.readTree(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body());
  }

  @AfterAll
  static void stopHistoryServer() throws InterruptedException {
    if (history != null) {
      history.destroyForcibly().waitFor();
    }
  }

  @Test
  void eventLogsHaveTheJobsOfEveryCommandByNamesThatPeopleRead() throws Exception {
    assertThat(applications)
        .containsOnlyKeys(
            "sbp prepare mnist", "sbp train mnist", "sbp evaluate", "sbp sweep pairs");
    Map<String, List<String>> jobs = new TreeMap<>();
    for (Map.Entry<String, JsonNode> application : applications.entrySet()) {
      String own = address + "/" + application.getValue().path("id").asText();
      List<String> descriptions = new ArrayList<>();
      get(own + "/jobs").forEach(job -> descriptions.add(job.path("description").asText("none")));
      jobs.put(application.getKey(), descriptions);
      for (JsonNode stage : get(own + "/stages")) {
        assertThat(stage.path("name").asText()).isNotEmpty().doesNotContain(".java", ".scala");
      }
    }
    assertThat(jobs.get("sbp prepare mnist"))
        .contains("sbp prepare mnist: hash input", "sbp prepare mnist: prepare");
    assertThat(jobs.get("sbp train mnist"))
        .contains(
            "sbp train mnist: draw validation samples",
            "mnist, snn: load samples",
            "mnist, snn: epoch 1, round 1",
            "mnist, snn: measure validation samples",
            "mnist, snn: measure test samples")
        .anyMatch(name -> name.startsWith("mnist, snn: epoch 2, round"));
    assertThat(jobs.get("sbp evaluate"))
        .contains("sbp evaluate: measure samples", "sbp evaluate: write answers");
    assertThat(jobs.get("sbp sweep pairs"))
        .contains("sbp sweep pairs: train trials, 2 tasks", "sbp sweep pairs: write tables");
  }

  @Test
  void metricsOfTrainingAreHandedToSinks() throws IOException {
    assertThat(last("train", "training.rounds")).isPositive();
    assertThat(last("train", "training.epochs")).isEqualTo(2);
    assertThat(last("train", "training.epochsPlanned")).isEqualTo(2);
    assertThat(last("train", "training.samples")).isEqualTo(2 * 27);
    assertThat(last("train", "training.samplesPerSecond")).isPositive();
    assertThat(last("train", "training.bestError")).isBetween(0.0, 1.0);
  }

  @Test
  void metricsOfSweepsAreHandedToSinks() throws IOException {
    assertThat(last("sweep", "sweep.trials")).isEqualTo(2);
    assertThat(last("sweep", "sweep.done")).isEqualTo(2);
    assertThat(last("sweep", "sweep.failed")).isEqualTo(1);
    assertThat(last("sweep", "sweep.running")).isZero();
    assertThat(last("sweep", "sweep.bestError")).isBetween(0.0, 1.0);
  }

  /** The number that a metric had at the end. */
  private static double last(String command, String metric) throws IOException {
    try (Stream<Path> files = Files.list(metrics(command))) {
      Path file =
          files
              .filter(
                  one -> one.getFileName().toString().equals("spark.driver.sbp." + metric + ".csv"))
              .findFirst()
              .orElseThrow();
      List<String> lines = Files.readAllLines(file);
      return Double.parseDouble(lines.get(lines.size() - 1).split(",")[1]);
    }
  }
}
