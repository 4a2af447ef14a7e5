package org.sparksbp.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.dataset.Tasks;
import org.sparksbp.synthetic.SyntheticData;

/**
 * The commands of docs/yarn.md, in their order, on a real YARN of two nodes: with less of
 * everything, and files of this machine in place of HDFS.
 */
@Tag("slow")
@Tag("clusters")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class YarnTest {

  private static final Path HOME = Path.of("target/spark-sbp").toAbsolutePath();
  private static final Path PAGE = Path.of("../docs/yarn.md");

  private static final List<String> SMALL =
      List.of("--set=network.hidden=[10]", "--set=training.epochs=1", "--set=training.batch=10");

  private static final List<String> SMALL_TRAINING =
      List.of("--set=training.workers=2", "--set=averaging.every=3");

  private static final List<String> SMALL_SWEEP = List.of("--set=sweep.seeds=[1]");

  private static final Set<String> RUN = new LinkedHashSet<>();

  @TempDir static Path folder;

  private static final Transcript TRANSCRIPT = new Transcript("YARN");

  private static YarnCluster yarn;
  private static String archive;

  /** What local mode makes of the same is made while YARN starts. */
  @BeforeAll
  static void startYarn() throws Exception {
    yarn = new YarnCluster(folder.resolve("yarn"));
    TRANSCRIPT.name(in(""), "/");
    SyntheticData.generate(
        new Configuration(),
        Tasks.named("mnist"),
        new org.apache.hadoop.fs.Path(folder.resolve("data/raw/mnist").toString()),
        120,
        1);
    succeed(local("prepare", "mnist", "--input", in("data/raw/mnist"), "--output", in("shards")));
    List<String> training = local("train", "--data", in("shards"), "--output", in("run"));
    training.addAll(List.of("--config", "conf/mnist.conf"));
    training.addAll(SMALL);
    training.addAll(SMALL_TRAINING);
    succeed(training);
    yarn.await();
  }

  @AfterAll
  static void stopYarn() throws Exception {
    if (yarn != null) {
      yarn.close();
    }
  }

  @Test
  @Order(1)
  void oneArchiveHoldsTheJarsOfSparkAndOfTheApplication() throws Exception {
    Run made = succeed(documented("archives.sh"));

    archive = made.output().lines().reduce((first, last) -> last).orElseThrow();
    assertThat(archive).startsWith(in("apps/spark-sbp/")).endsWith(".tar");
    Run names = succeed(List.of("tar", "-tf", archive));
    List<String> jars = new ArrayList<>(jars("app"));
    jars.addAll(jars("spark/jars"));
    assertThat(names.output().lines()).containsExactlyInAnyOrderElementsOf(jars);
  }

  @Test
  @Order(2)
  void clusterModePreparesTheShardsOfLocalMode() throws Exception {
    List<String> command = documented("prepare");

    succeed(command);

    assertThat(last().getFinalApplicationStatus()).isEqualTo(FinalApplicationStatus.SUCCEEDED);
    assertThat(yarn.logs(last())).contains("\"trainSamples\":103");
    assertThat(bytes(folder.resolve("data/shards/mnist")))
        .isEqualTo(bytes(folder.resolve("shards")));
  }

  @Test
  @Order(3)
  void clientModeTrainsTheModelOfLocalModeOnTwoExecutors() throws Exception {
    List<String> command = documented("train");
    command.addAll(SMALL);
    command.addAll(SMALL_TRAINING);

    Run run = succeed(command);

    assertThat(run.output()).contains("2 workers", "\"ending\":\"finished\"");
    assertThat(last().getFinalApplicationStatus()).isEqualTo(FinalApplicationStatus.SUCCEEDED);
    SortedMap<String, String> model = bytes(folder.resolve("data/runs/mnist/model"));
    assertThat(model).containsKeys("model.json", "weights-0.npy");
    assertThat(model).isEqualTo(bytes(folder.resolve("run/model")));
  }

  @Test
  @Order(4)
  void clusterModeSweepsByAConfigurationOfTheMachineThatSubmits() throws Exception {
    List<String> command = documented("sweep");
    command.addAll(SMALL);
    command.addAll(SMALL_SWEEP);

    Run run = succeed(command);

    assertThat(last().getFinalApplicationStatus()).isEqualTo(FinalApplicationStatus.SUCCEEDED);
    assertThat(run.output()).contains(last().getApplicationId().toString());
    Path trials = folder.resolve("data/results/mnist-snn/trials.csv");
    Path sweep = HOME.resolve("conf/study/mnist-snn.conf");
    long arms = Files.readAllLines(sweep).stream().filter(line -> line.contains("{ rule")).count();
    assertThat(arms).isPositive();
    assertThat(Files.readAllLines(trials)).hasSize(1 + (int) arms);
    assertThat(folder.resolve("data/results/mnist-snn/summary.json"))
        .content()
        .contains("\"failed\" : 0");
  }

  @Test
  @Order(5)
  void bothModesTellOfAFailureOnce() throws Exception {
    String raw = folder.resolve("data/nothing").toString();
    Files.createDirectories(Path.of(raw));
    List<String> command = submit("prepare", "mnist", "--input", raw, "--output", in("none"));
    command.addAll(List.of("--conf", "spark.executor.instances=1"));

    Run inCluster = run(command);
    ApplicationReport failed = last();
    command.addAll(List.of("--deploy-mode", "client"));
    Run inClient = run(command);

    assertThat(inCluster.exitCode()).as(inCluster.output()).isEqualTo(3);
    assertThat(failed.getFinalApplicationStatus()).isEqualTo(FinalApplicationStatus.FAILED);
    assertThat(failed.getDiagnostics()).contains("exited with status 3");
    assertThat(yarn.attempts(failed)).isEqualTo(1);
    assertThat(yarn.logs(failed))
        .contains("Invalid input file:" + raw + ": the directory is empty");
    assertThat(inClient.exitCode()).as(inClient.output()).isEqualTo(3);
    assertThat(last().getApplicationId()).isNotEqualTo(failed.getApplicationId());
    assertThat(last().getFinalApplicationStatus()).isEqualTo(FinalApplicationStatus.FAILED);
  }

  @Test
  @Order(6)
  void everyCommandOfThePageWasRun() throws IOException {
    assertThat(RUN).containsExactlyInAnyOrderElementsOf(shown());
    TRANSCRIPT.keep();
  }

  /** The last application, once YARN knows how it has ended: a client may end before that. */
  private static ApplicationReport last() throws Exception {
    List<ApplicationReport> all = yarn.applications();
    while (all.get(all.size() - 1).getFinalApplicationStatus()
        == FinalApplicationStatus.UNDEFINED) {
      Thread.sleep(100);
      all = yarn.applications();
    }
    return all.get(all.size() - 1);
  }

  /** Lines of the page's shell blocks that run something. */
  private static List<String> shown() throws IOException {
    List<String> shown = new ArrayList<>();
    boolean inBlock = false;
    for (String line : Files.readAllLines(PAGE)) {
      if (line.startsWith("```")) {
        inBlock = line.equals("```sh");
      } else if (inBlock && line.contains("deploy/yarn/")) {
        shown.add(line);
      }
    }
    return shown;
  }

  /** The page's line with a word in it, as this machine can run it. */
  private static List<String> documented(String word) throws IOException {
    String line =
        shown().stream()
            .filter(shown -> (" " + shown + " ").matches(".*[ /]" + word + " .*"))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no " + word + " in " + PAGE));
    RUN.add(line);
    String command =
        line.replaceFirst("^export \\w+=\"\\$\\((.*)\\)\"$", "$1").replace("hdfs:///", in(""));
    List<String> words = new ArrayList<>(List.of(command.split(" +")));
    words.set(0, HOME.resolve(words.get(0)).toString());
    if (word.endsWith(".sh")) {
      return words;
    }
    words.remove(0);
    return submit(words.toArray(String[]::new));
  }

  private static List<String> submit(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(HOME.resolve("deploy/yarn/submit.sh").toString());
    command.addAll(List.of(arguments));
    for (String setting :
        List.of(
            "spark.yarn.stagingDir=" + folder.resolve("staging").toUri(),
            "spark.driver.memory=512m",
            "spark.driver.memoryOverhead=384m",
            "spark.executor.memory=512m",
            "spark.executor.memoryOverhead=384m",
            "spark.yarn.appMasterEnv.SPARK_LOCAL_IP=127.0.0.1",
            "spark.executorEnv.SPARK_LOCAL_IP=127.0.0.1")) {
      command.addAll(List.of("--conf", setting));
    }
    return command;
  }

  private static List<String> local(String... arguments) {
    List<String> command = new ArrayList<>(List.of(HOME.resolve("bin/sbp").toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--master", "local[2]"));
    return command;
  }

  private static Run succeed(List<String> command) throws IOException, InterruptedException {
    Run run = run(command);
    assertThat(run.exitCode()).as(command + "\n" + run.output()).isZero();
    return run;
  }

  private static Run run(List<String> command) throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(yarn.environment());
    environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    environment.put("TMPDIR", folder.toString());
    if (archive != null) {
      environment.put("SBP_YARN_ARCHIVE", archive);
    }
    Run run = Run.of(HOME, environment, command);
    if (command.get(0).contains("/deploy/yarn/")) {
      TRANSCRIPT.add("", command, run);
    }
    return run;
  }

  private static String in(String name) {
    return folder + "/" + name;
  }

  private static List<String> jars(String below) throws IOException {
    try (var files = Files.list(HOME.resolve(below))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /** Every file below a folder with its bytes, as text of one character a byte. */
  private static SortedMap<String, String> bytes(Path below) throws IOException {
    SortedMap<String, String> bytes = new TreeMap<>();
    try (var files = Files.walk(below)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.toString().endsWith(".crc")) {
          bytes.put(
              below.relativize(file).toString(),
              Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
    }
    return bytes;
  }
}
