package org.sparksbp.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.distribution.S3Server.Request;

/** The commands of docs/s3.md on a server of S3, what they promise, and what they ask it for. */
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ObjectStoreRunsTest {

  private static final Path HOME = Path.of("target/spark-sbp").toAbsolutePath();
  private static final Path PAGE = Path.of("../docs/s3.md").toAbsolutePath();

  /** Enough that the process is killed before the last of them. */
  private static final int EPOCHS = 12;

  private static final int ROUNDS_PER_EPOCH = 20;

  private static final List<String> TRAINING =
      List.of(
          "--set", "training.workers=2",
          "--set", "training.epochs=" + EPOCHS,
          "--set", "training.batch=4",
          "--set", "averaging.every=1",
          "--set", "checkpoint.every=1",
          "--set", "network.hidden=[8]");

  /** Not known to the environment of a developer, whose keys it has in the place of. */
  private static final Map<String, String> KEYS =
      Map.of("AWS_ACCESS_KEY_ID", "any", "AWS_SECRET_ACCESS_KEY", "any");

  private static final Transcript TRANSCRIPT = new Transcript("S3");

  @TempDir static Path folder;

  private static S3Server server;
  private static Map<String, String> environment;

  @BeforeAll
  static void startServer() throws Exception {
    server = new S3Server(folder);
    environment = new TreeMap<>(KEYS);
    environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    // A dozen processes end before the better compiler pays.
    environment.put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");
    Files.copy(HOME.resolve("conf/spark/s3.conf"), folder.resolve("s3.conf"));
    Files.writeString(
        folder.resolve("s3.conf"),
        "spark.hadoop.fs.s3a.endpoint " + server.endpoint() + "\n",
        StandardOpenOption.APPEND);
    writeSweep();
  }

  /** The sweep's configuration, as the page shows it. */
  private static void writeSweep() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf("```\n") + 4;
    Files.writeString(
        folder.resolve("beta.conf"), page.substring(begin, page.indexOf("```", begin)));
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  @Order(1)
  void dataIsGeneratedAndPreparedAsOnADisk() throws Exception {
    succeed(documented("generate"));
    succeed(documented("prepare"));

    assertThat(server.keys("")).contains("shards/manifest.json", "shards/data/train-00000.parquet");
    assertThat(server.keys("")).noneMatch(key -> key.contains("lease") || key.contains("staging"));
    assertThat(asked(0).stream().filter(request -> request.key().startsWith("shards")).count())
        .as("requests for shards, two of them")
        .isLessThan(70);
  }

  @Test
  @Order(2)
  void aKilledRunGoesOnToTheBytesOfOneOnADisk() throws Exception {
    for (String key : server.keys("shards/")) {
      if (!key.endsWith("/")) {
        Path file = folder.resolve(key);
        Files.createDirectories(file.getParent());
        Files.write(file, server.get(key));
      }
    }
    List<String> local = new ArrayList<>(List.of("train", "--data", "shards", "--output", "run"));
    local.addAll(TRAINING);
    succeed(local);

    List<String> training = with(documented("train"), TRAINING);
    ProcessBuilder builder =
        new ProcessBuilder(command(training))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("killed.log").toFile());
    builder.environment().remove("SPARK_HOME");
    Process killed = builder.start();
    while (server.keys("run/checkpoints/epoch-00003/whole.json").isEmpty()) {
      assertThat(killed.isAlive()).as(Files.readString(folder.resolve("killed.log"))).isTrue();
      TimeUnit.MILLISECONDS.sleep(50);
    }
    killed.destroyForcibly().waitFor();
    assertThat(server.keys("run/model/model.json")).as("not at its end").isEmpty();
    assertThat(server.keys("run/_lease/")).as("the lease of the dead").isNotEmpty();

    TRANSCRIPT.note("a training was killed by SIGKILL when its third checkpoint was whole");
    int before = server.requests().size();
    succeed(with(training, List.of("--resume")));
    List<Request> asked = asked(before); // before this test asks itself

    assertThat(stored("run/model/")).isEqualTo(onDisk("run/model/")).isNotEmpty();
    assertThat(stored("run/best/")).isEqualTo(onDisk("run/best/")).isNotEmpty();
    assertThat(new String(server.get("run/metrics.jsonl"), StandardCharsets.UTF_8).lines())
        .hasSize(EPOCHS);
    assertThat(server.keys("run/")).noneMatch(key -> key.contains("_lease"));
    assertThat(server.keys("run/")).noneMatch(key -> key.contains("/."));
    assertRoundsCostNothing(asked);
  }

  /** The bounds are those of the table in docs/s3.md. */
  private static void assertRoundsCostNothing(List<Request> asked) {
    long epochs = count(asked, "run/metrics.jsonl", "PUT") - 1; // the first restores it
    assertThat(epochs).isBetween(5L, (long) EPOCHS - 3);
    long checkpoints = count(asked, "run/checkpoints/", "PUT") / 3;
    assertThat(checkpoints).isEqualTo(epochs);
    long ofCheckpoints = count(asked, "run/checkpoints", "");
    long bests = count(asked, "run/.best.replacing", "PUT");
    long ofBest = count(asked, "run/best", "") + count(asked, "run/.", "");
    long ofMetrics = count(asked, "run/metrics", "");
    long lease = count(asked, "run/_lease", "");
    long rest = asked.size() - ofCheckpoints - ofBest - ofMetrics - lease;
    System.out.printf(
        "requests: %d epochs, %d for metrics; %d for checkpoints; %d models of best epochs, %d; %d"
            + " for the lease; %d for the rest%n",
        epochs, ofMetrics, ofCheckpoints, bests, ofBest, lease, rest);
    assertThat(ofCheckpoints).as("requests for checkpoints").isLessThan(20 * checkpoints + 20);
    assertThat(ofMetrics).as("requests for metrics").isLessThanOrEqualTo(2 * (epochs + 1));
    assertThat(ofBest).as("requests for the best model").isLessThan(55 * bests + 20);
    assertThat(rest)
        .as("requests for the rest")
        .isLessThan(90)
        .isLessThan(ROUNDS_PER_EPOCH * epochs);
  }

  @Test
  @Order(3)
  void aSweepAsksForLittleAndItsTablesAreThere() throws Exception {
    int before = server.requests().size();
    succeed(documented("sweep"));

    List<Request> asked = asked(before);
    long trials =
        server.keys("results/trials/").stream().filter(key -> key.endsWith(".json")).count();
    assertThat(trials).isEqualTo(12);
    long ofTrials = count(asked, "results/trials", "") + count(asked, "results/parts", "");
    System.out.printf(
        "requests: %d for %d trials, %d listings, of %d%n",
        ofTrials, trials, count(asked, "results/", "LIST"), asked.size());
    assertThat(ofTrials).as("requests for trials").isLessThan(12 * trials + 20);
    assertThat(server.keys("results/")).contains("results/beta/trials.parquet");

    int again = server.requests().size();
    succeed(documented("sweep"));
    assertThat(count(asked(again), "results/trials", "PUT")).as("nothing is done twice").isZero();
  }

  @Test
  @Order(4)
  void whatReadsFindsItsWay() throws Exception {
    succeed(documented("report"));
    succeed(documented("best"));
    succeed(documented("inspect"));
    succeed(documented("export"));
    environment.put("SPARK_HOME", HOME.resolve("spark").toString()); // through spark-submit
    succeed(documented("evaluate"));

    assertThat(server.keys(""))
        .contains("report/report.html", "best.conf", "model.npz", "evaluation/summary.json");
    TRANSCRIPT.keep();
  }

  /** The command of docs/s3.md that begins so. */
  private static List<String> documented(String command) throws IOException {
    return Files.readAllLines(PAGE).stream()
        .filter(line -> line.startsWith("    sbp " + command + " "))
        .filter(line -> !line.contains("--resume"))
        .findFirst()
        .map(line -> List.of(line.strip().substring("sbp ".length()).split(" +")))
        .orElseThrow(() -> new AssertionError("no command " + command + " in " + PAGE));
  }

  private static List<String> with(List<String> words, List<String> more) {
    return Stream.concat(words.stream(), more.stream()).toList();
  }

  private static List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("env"));
    environment.forEach((name, value) -> command.add(name + "=" + value));
    command.add(HOME.resolve("bin/sbp").toString());
    command.addAll(arguments);
    command.addAll(List.of("--master", "local[2]"));
    return command;
  }

  private static List<String> shown(List<String> arguments) {
    return Stream.concat(Stream.of("bin/sbp"), arguments.stream()).toList();
  }

  private static void succeed(List<String> arguments) throws Exception {
    Run run = Run.of(folder, Map.of(), command(arguments));
    assertThat(run.exitCode()).as(arguments + "\n" + run.output()).isZero();
    if (arguments.toString().contains("s3a:")) {
      TRANSCRIPT.add("", shown(arguments), run);
    }
  }

  private static List<Request> asked(int from) throws IOException {
    List<Request> all = server.requests();
    return all.subList(from, all.size());
  }

  private static long count(List<Request> requests, String prefix, String method) {
    return requests.stream()
        .filter(request -> request.key().startsWith(prefix))
        .filter(request -> method.isEmpty() || request.method().equals(method))
        .count();
  }

  private static SortedMap<String, String> stored(String below) throws Exception {
    SortedMap<String, String> bytes = new TreeMap<>();
    for (String key : server.keys(below)) {
      if (!key.endsWith("/")) {
        bytes.put(key, new String(server.get(key), StandardCharsets.ISO_8859_1));
      }
    }
    return bytes;
  }

  private static SortedMap<String, String> onDisk(String below) throws IOException {
    SortedMap<String, String> bytes = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder.resolve(below))) {
      for (Path file : files.filter(name -> !name.toString().endsWith(".crc")).toList()) {
        bytes.put(below + file.getFileName(), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return bytes;
  }
}
