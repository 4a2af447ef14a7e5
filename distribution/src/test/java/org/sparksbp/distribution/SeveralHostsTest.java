package org.sparksbp.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The way of docs/standalone.md: master, two workers, HDFS and whoever submits on hosts of their
 * own, secured, behind firewalls that let in the ports of the page's table only.
 */
@Tag("slow")
@Tag("clusters")
class SeveralHostsTest {

  private static final Path HOME = Path.of("target/spark-sbp").toAbsolutePath();
  private static final String MASTER_PORT = "7077";
  private static final int PORTS = 17000;
  private static final String AVERAGING = ports(100);

  /** Of training, the same in local mode. */
  private static final List<String> TRAINING =
      List.of(
          "--set=training.workers=2",
          "--set=training.epochs=40",
          "--set=training.batch=10",
          "--set=averaging.every=1",
          "--set=averaging.transport=direct",
          "--set=network.hidden=[10]");

  private static final String SWEEP =
      """
      network.hidden = [10]
      training { epochs = 1, batch = 10, workers = 1 }
      sweep.seeds = [1, 2]
      """;

  /** One executor on each host. */
  private static final List<String> CLUSTER =
      List.of(
          "--conf=spark.cores.max=2",
          "--conf=spark.executor.cores=1",
          "--conf=spark.executor.memory=600m");

  /** A loss is noticed in a time that a test has. */
  private static final List<String> NOTICING =
      List.of(
          "--conf=spark.network.timeout=10s",
          "--conf=spark.network.timeoutInterval=1s",
          "--conf=spark.executor.heartbeatInterval=1s");

  @TempDir Path folder;

  private static final Set<String> COMMANDS =
      Set.of("prepare", "train", "sweep", "report", "cluster");

  private final List<List<String>> ran = new ArrayList<>();
  private final Transcript transcript = new Transcript("several hosts");
  private NetworkHosts hosts;
  private HdfsOnHost hdfs;

  @BeforeEach
  void layOutHosts() throws IOException, InterruptedException {
    NetworkHosts.assumePossible();
    hosts = new NetworkHosts("master", "a", "b", "client", "files");
    List<String> ofWorkers = List.of(ports(0), ports(80), AVERAGING, ports(40), ports(60));
    hosts.allowOnly("master", List.of(MASTER_PORT));
    hosts.allowOnly("a", ofWorkers);
    hosts.allowOnly("b", ofWorkers);
    hosts.allowOnly("client", List.of(ports(40), ports(60)));
    hdfs = new HdfsOnHost(hosts, "files", Files.createDirectory(folder.resolve("hdfs")));
    transcript.name(hdfs.at(""), "hdfs:///data/");
    transcript.name(here("of master"), "cluster");
    transcript.name(folder + "/", "");
  }

  @AfterEach
  void endHosts() throws IOException, InterruptedException {
    if (hdfs != null) {
      hdfs.close();
    }
    if (hosts != null) {
      hosts.close();
    }
  }

  @Test
  void trainsToTheBytesOfOneProcessWhateverIsCutOff() throws Exception {
    local("generate", "mnist", "--to", here("raw"), "--samples=120");
    hdfs.put(folder.resolve("raw"), "raw");
    start("master", "--master-only", "--ports", String.valueOf(PORTS));
    for (String worker : List.of("a", "b")) {
      String secret = here("of master/secret");
      String master = "spark://" + hosts.address("master") + ":" + MASTER_PORT;
      String[] size = {"--workers=1", "--cores=2", "--memory=2200m"};
      List<String> words = new ArrayList<>(List.of("--worker-of", master, "--secret", secret));
      Arrays.stream(size).forEach(word -> words.addAll(List.of(word.split("="))));
      words.addAll(List.of("--ports", String.valueOf(PORTS)));
      start(worker, words.toArray(String[]::new));
    }

    local("prepare", "mnist", "--input", here("raw"), "--output", here("shards"));
    client("prepare", "mnist", "--input", hdfs.at("raw"), "--output", hdfs.at("shards"));
    assertThat(fromHdfs("shards")).isEqualTo(files(folder.resolve("shards")));

    local(with(TRAINING, "train", "--data", here("shards"), "--output", here("run")));
    SortedMap<String, String> model = files(folder.resolve("run/model"));
    assertThat(model).containsKeys("model.json", "weights-0.npy");
    trainWithAHostCutOff(hdfs.at("cut"));
    assertThat(fromHdfs("cut/model")).isEqualTo(model);

    inCluster(with(TRAINING, "train", "--data", hdfs.at("shards"), "--output", hdfs.at("run")));
    assertThat(fromHdfs("run/model")).isEqualTo(model);

    String sweep = Files.writeString(folder.resolve("seeds.conf"), SWEEP).toString();
    client("sweep", "--config", sweep, "--data", hdfs.at("shards"), "--output", hdfs.at("results"));
    fromHdfs("results");
    local("report", "--results", here("from-hdfs/results"), "--output", here("report"));
    assertThat(folder.resolve("report/report.html")).content().contains("seeds");
    assertThat(shown()).hasSizeGreaterThan(6).allMatch(this::wasRun);
    transcript.keep();
  }

  /** Commands of the page. */
  private static List<String> shown() throws IOException {
    return Files.readAllLines(Path.of("../docs/standalone.md")).stream()
        .filter(line -> line.matches(" {4}(bin|deploy)/.*"))
        .map(String::strip)
        .toList();
  }

  /** Whether the same program was run with the same options, whatever their values. */
  private boolean wasRun(String shown) {
    List<String> words = options(List.of(shown.replace("--run cluster", "--run").split(" +")));
    return ran.stream().anyMatch(run -> run.containsAll(words));
  }

  private static List<String> options(List<String> command) {
    return command.stream()
        .filter(
            word ->
                word.startsWith("--")
                    || COMMANDS.contains(word)
                    || word.contains("bin/sbp")
                    || word.endsWith(".sh"))
        .map(word -> word.replaceFirst("^.*/(?=start|sbp$)", "").replaceFirst("=.*", ""))
        .toList();
  }

  /** Host b is cut off when training is under way, until its executor is given up. */
  private void trainWithAHostCutOff(String output) throws Exception {
    Path log = folder.resolve("cut.log");
    List<String> command =
        hosts.on(
            "client",
            sbp(with(TRAINING, "train", "--data", hdfs.at("shards"), "--output", output)));
    command.addAll(CLUSTER);
    command.addAll(NOTICING);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("SPARK_HOME");
    builder.environment().putAll(environment("client"));
    Process training = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      await(training, log, () -> hosts.bytesTo("a", AVERAGING) > 100_000);
      hosts.cutOff("b");
      transcript.note(
          "the next command was running when host b was cut off; its executor given up, b came back");
      await(training, log, () -> Files.readString(log).contains("Lost executor"));
      hosts.comeBack("b");
      boolean ended = training.waitFor(10, TimeUnit.MINUTES);
      assertThat(ended).as(Files.readString(log)).isTrue();
      succeeded(command, new Run(training.exitValue(), Files.readString(log)));
    } finally {
      training.destroyForcibly();
    }
  }

  private interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  private static void await(Process process, Path log, Condition condition)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
    while (!condition.holds()) {
      assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
      assertThat(System.nanoTime()).as(Files.readString(log)).isLessThan(end);
      Thread.sleep(100);
    }
  }

  private void start(String host, String... options) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(HOME.resolve("deploy/standalone/start.sh").toString()));
    command.addAll(List.of("--host", hosts.address(host), "--run", here("of " + host)));
    command.addAll(List.of(options));
    succeed(Map.of(), hosts.on(host, command));
  }

  private void client(String... words) throws IOException, InterruptedException {
    List<String> command = hosts.on("client", sbp(words));
    command.addAll(CLUSTER);
    succeed(environment("client"), command);
  }

  /** The driver runs on one of the workers. */
  private void inCluster(String... words) throws IOException, InterruptedException {
    List<String> command = hosts.on("client", sbp(words));
    command.addAll(CLUSTER);
    command.addAll(List.of("--deploy-mode", "cluster"));
    Map<String, String> small = new HashMap<>(environment("client"));
    small.put("SBP_HEAP", "600m");
    succeed(small, command);
  }

  private void local(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(HOME.resolve("bin/sbp").toString()));
    command.addAll(List.of(words));
    succeed(Map.of(), command);
  }

  private List<String> sbp(String... words) {
    List<String> command = new ArrayList<>(List.of(HOME.resolve("bin/sbp").toString()));
    command.addAll(List.of(words));
    command.addAll(List.of("--properties-file", here("of master/spark.conf")));
    HdfsOnHost.CLIENTS.forEach(
        (key, value) -> command.add("--conf=spark.hadoop." + key + "=" + value));
    return command;
  }

  private Map<String, String> environment(String host) {
    return Map.of("SPARK_LOCAL_IP", hosts.address(host), "SBP_SHARED", "1");
  }

  private void succeed(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    succeeded(command, Run.of(folder, environment, command));
  }

  private void succeeded(List<String> command, Run run) {
    assertThat(run.exitCode()).as(command + "\n" + run.output()).isZero();
    ran.add(options(command));
    String host = hosts.of(command);
    transcript.add(
        host, command.subList(host.isEmpty() ? 0 : NetworkHosts.WORDS, command.size()), run);
  }

  private String here(String name) {
    return folder.resolve(name).toString();
  }

  private static String[] with(List<String> more, String... words) {
    return Stream.concat(Arrays.stream(words), more.stream()).toArray(String[]::new);
  }

  private static String ports(int from) {
    return (PORTS + from) + ":" + (PORTS + from + 19);
  }

  private SortedMap<String, String> fromHdfs(String name) throws IOException {
    Path copy = folder.resolve("from-hdfs").resolve(name.replace('/', '-'));
    Files.createDirectories(copy.getParent());
    hdfs.get(name, copy);
    return files(copy);
  }

  /** Every file below a folder with its bytes, as text of one character a byte. */
  private static SortedMap<String, String> files(Path below) throws IOException {
    SortedMap<String, String> bytes = new TreeMap<>();
    try (Stream<Path> all = Files.walk(below)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (!file.getFileName().toString().endsWith(".crc")) {
          bytes.put(
              below.relativize(file).toString(),
              Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
    }
    return bytes;
  }
}
