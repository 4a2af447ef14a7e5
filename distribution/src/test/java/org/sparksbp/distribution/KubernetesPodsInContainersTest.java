package org.sparksbp.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pods that Spark asks for, started in containers of the image: what a cluster would do. */
@Tag("slow")
@Tag("clusters")
class KubernetesPodsInContainersTest {

  private static final Path HOME = Path.of("target/spark-sbp").toAbsolutePath();

  private static final List<String> TRAINING =
      List.of(
          "--set", "training.workers=2",
          "--set", "training.epochs=2",
          "--set", "network.hidden=[10]");

  @TempDir Path folder;

  @Test
  void driverAndExecutorsTrainTheModelOfLocalMode() throws Exception {
    ContainerImage.require(folder);
    try (KubernetesApi api = new KubernetesApi();
        StandInKubelet kubelet = new StandInKubelet(api, folder)) {
      api.apply(KubernetesManifests.plainResources());
      Path work = kubelet.claim("spark-sbp-work");
      inContainer(work, List.of("generate", "mnist", "--to", "raw", "--samples", "200"));
      inContainer(work, prepare("raw", "shards"));
      inContainer(work, train("local"));

      List<String> command = submission(api);
      Process submission = start(command);
      while (submission.isAlive()) {
        kubelet.look();
        TimeUnit.MILLISECONDS.sleep(200);
      }

      String said = Files.readString(folder.resolve("submission.log"));
      assertThat(submission.exitValue()).as(said + kubelet.logs()).isZero();
      assertThat(kubelet.started()).as(kubelet.logs()).hasSize(3);
      assertThat(bytes(work.resolve("on-kubernetes/model")))
          .as(kubelet.logs())
          .isEqualTo(bytes(work.resolve("local/model")));
      assertThat(api.requests())
          .filteredOn(request -> request.verb().equals("create"))
          .contains(new ApiRequest("", "pods", "create"));
      transcript(command, new Run(submission.exitValue(), said), kubelet);
    }
  }

  private void transcript(List<String> command, Run run, StandInKubelet kubelet)
      throws IOException {
    Transcript transcript = new Transcript("Kubernetes");
    transcript.name(folder + "/", "");
    transcript.add("", command, run);
    for (String pod : kubelet.started()) {
      String log = Files.readString(kubelet.log(pod));
      if (!log.isBlank()) {
        transcript.note("the log of pod " + pod);
        transcript.said(log);
      }
    }
    transcript.keep();
  }

  private static List<String> prepare(String raw, String shards) {
    return List.of("prepare", "mnist", "--input", raw, "--output", shards, "--master", "local[2]");
  }

  private static List<String> train(String output) {
    List<String> words = new ArrayList<>(List.of("train", "--data", "shards"));
    words.addAll(List.of("--output", output, "--master", "local[2]"));
    words.addAll(TRAINING);
    return words;
  }

  private void inContainer(Path work, List<String> arguments) throws Exception {
    List<String> options = List.of("--network", "none", "-v", work + ":/work");
    Run run =
        Run.of(
            folder,
            Map.of(),
            ContainerImage.container(ContainerImage.NAME, options, arguments),
            ContainerImage.MINUTES);
    assertThat(run.exitCode()).as(run.output()).isZero();
  }

  private static List<String> submission(KubernetesApi api) {
    List<String> command = new ArrayList<>();
    command.add(HOME.resolve("deploy/kubernetes/submit.sh").toString());
    command.addAll(List.of("--master", api.master(), "--namespace", KubernetesApi.NAMESPACE));
    command.addAll(List.of("--image", ContainerImage.NAME));
    for (String setting :
        List.of(
            // Inside of a cluster the API has another address; here both are this machine's.
            "spark.kubernetes.driver.master=" + api.address(),
            "spark.ui.enabled=false",
            "spark.executor.cores=1",
            "spark.driver.memory=1g",
            "spark.executor.memory=1g")) {
      command.addAll(List.of("--conf", setting));
    }
    command.addAll(List.of("train", "--data", "/work/shards", "--output", "/work/on-kubernetes"));
    command.addAll(TRAINING);
    return command;
  }

  private Process start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("submission.log").toFile());
    builder.environment().remove("SPARK_HOME");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    return builder.start();
  }

  private static SortedMap<String, String> bytes(Path model) throws IOException {
    SortedMap<String, String> all = new TreeMap<>();
    try (var files = Files.list(model)) {
      for (Path file : files.filter(one -> !one.toString().endsWith(".crc")).toList()) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        all.put(file.getFileName().toString(), content);
      }
    }
    return all;
  }
}
