package org.sparksbp.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.dataset.Tasks;
import org.sparksbp.synthetic.SyntheticData;

/** Worker processes, spark-submit and HDFS, against one process and local files. */
@Tag("slow")
class ClusterAndLocalModeTest {

  private static final Path HOME = Path.of("target/spark-sbp").toAbsolutePath();

  private static final int DATA_NODES = 2;

  private static final List<String> TRAINING =
      List.of(
          "--set",
          "training.workers=2",
          "--set",
          "training.epochs=2",
          "--set",
          "training.batch=10",
          "--set",
          "averaging.every=3",
          "--set",
          "network.hidden=[10]");

  @TempDir Path folder;

  private MiniDFSCluster hdfs;

  @BeforeEach
  void startHdfs() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(
        MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toAbsolutePath().toString());
    hdfs = new MiniDFSCluster.Builder(configuration).numDataNodes(DATA_NODES).build();
    hdfs.waitActive();
  }

  @AfterEach
  void stopHdfs() {
    if (hdfs != null) {
      hdfs.shutdown(true);
    }
  }

  @Test
  void standaloneClusterOnHdfsMakesTheBytesOfLocalMode() throws Exception {
    FileSystem files = hdfs.getFileSystem();
    FileSystem disk = FileSystem.getLocal(new Configuration()).getRawFileSystem();
    generate(new org.apache.hadoop.fs.Path(here("raw")));
    generate(at("raw"));

    succeed(local("prepare", "mnist", "--input", here("raw"), "--output", here("shards")));
    succeed(local(train(here("shards"), here("run"))));
    try (StandaloneCluster cluster = new StandaloneCluster(HOME, folder.resolve("cluster run"))) {
      String input = at("raw").toString();
      String shards = at("shards").toString();
      succeed(submit(cluster, "prepare", "mnist", "--input", input, "--output", shards));
      List<String> training = submit(cluster, train(shards, at("run").toString()));
      training.addAll(List.of("--tensorboard", at("events").toString()));
      succeed(training);
    }

    SortedMap<String, String> events = bytes(files, at("events"));
    assertThat(events.keySet())
        .singleElement()
        .asString()
        .matches("run-[0-9a-f]{12}/events\\.out\\.tfevents\\..*");
    assertThat(events.values()).singleElement().asString().contains("brain.Event:2", "test/error");
    SortedMap<String, String> shards = bytes(files, at("shards"));
    assertThat(shards.keySet()).contains("manifest.json").anyMatch(name -> name.contains("train"));
    assertThat(shards).isEqualTo(bytes(disk, new org.apache.hadoop.fs.Path(here("shards"))));
    SortedMap<String, String> model = bytes(files, at("run/model"));
    assertThat(model).containsKeys("model.json", "weights-0.npy");
    assertThat(model).isEqualTo(bytes(disk, new org.apache.hadoop.fs.Path(here("run/model"))));
  }

  private static void generate(org.apache.hadoop.fs.Path raw) throws IOException {
    SyntheticData.generate(new Configuration(), Tasks.named("mnist"), raw, 120, 1);
  }

  private String here(String name) {
    return folder.resolve(name).toString();
  }

  private org.apache.hadoop.fs.Path at(String name) throws IOException {
    return new org.apache.hadoop.fs.Path(hdfs.getURI() + "/data/" + name);
  }

  private static String[] train(String shards, String output) {
    List<String> arguments = new ArrayList<>(List.of("train", "--data", shards));
    arguments.addAll(List.of("--output", output));
    arguments.addAll(TRAINING);
    return arguments.toArray(String[]::new);
  }

  private static List<String> local(String... arguments) {
    List<String> command = new ArrayList<>(List.of(HOME.resolve("bin/sbp").toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--master", "local[2]"));
    return command;
  }

  /** As the documentation of the cluster says, with the properties file that its start has made. */
  private static List<String> submit(StandaloneCluster cluster, String... arguments)
      throws IOException {
    String jars = HOME.resolve("app") + "/*";
    List<String> command = new ArrayList<>();
    command.add(HOME.resolve("spark/bin/spark-submit").toString());
    command.add("--properties-file");
    command.add(cluster.settings().toString());
    // What hdfs-site.xml would say of a file system of two nodes: appending needs as many as it
    // asks.
    command.addAll(List.of("--conf", "spark.hadoop.dfs.replication=" + DATA_NODES));
    command.addAll(List.of("--class", "org.sparksbp.cli.Sbp"));
    command.addAll(List.of("--driver-class-path", jars));
    command.addAll(List.of("--conf", "spark.executor.extraClassPath=" + jars));
    try (var app = Files.list(HOME.resolve("app"))) {
      command.add(
          app.map(Path::toString)
              .filter(jar -> jar.contains("/spark-jobs-"))
              .findFirst()
              .orElseThrow());
    }
    command.addAll(List.of(arguments));
    return command;
  }

  private void succeed(List<String> command) throws IOException, InterruptedException {
    Run run = Run.of(folder, Map.of("SPARK_LOCAL_IP", "127.0.0.1"), command);
    assertThat(run.exitCode()).as(command + "\n" + run.output()).isZero();
  }

  /** Every file below a folder with its bytes, as text of one character a byte. */
  private static SortedMap<String, String> bytes(FileSystem files, org.apache.hadoop.fs.Path below)
      throws IOException {
    SortedMap<String, String> bytes = new TreeMap<>();
    String prefix = files.makeQualified(below).toUri().getPath() + "/";
    RemoteIterator<LocatedFileStatus> all = files.listFiles(below, true);
    while (all.hasNext()) {
      org.apache.hadoop.fs.Path file = all.next().getPath();
      String name = file.toUri().getPath().substring(prefix.length());
      if (!name.endsWith(".crc")) {
        try (InputStream in = files.open(file)) {
          bytes.put(name, new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
        }
      }
    }
    return bytes;
  }
}
