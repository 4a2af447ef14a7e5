package org.sparksbp.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.dataset.Tasks;
import org.sparksbp.synthetic.SyntheticData;

/** The pods that spark-submit asks for with our settings and templates, of an API in memory. */
@Tag("slow")
class KubernetesSubmissionTest {

  private static final Path HOME = Path.of("target/spark-sbp").toAbsolutePath();
  private static final String IMAGE = "registry.example/spark-sbp:0.1.0";

  @TempDir Path folder;

  private final KubernetesApi api = new KubernetesApi();
  private Process process;

  @BeforeEach
  void prepareNamespace() throws IOException {
    api.apply(KubernetesManifests.plainResources());
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (process != null) {
      // The script's children hold on to its output.
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    api.close();
  }

  @Test
  void clusterModeMakesALockedDownDriverAndHandsOnItsExitCode() throws Exception {
    List<String> documented = documented("deploy/kubernetes/submit.sh", "train");
    documented.set(documented.indexOf("--master") + 1, api.master());
    start(documented);
    Pod pod = await("driver's pod", a -> a.pods("driver").stream().findFirst());

    Container driver = pod.getSpec().getContainers().get(0);
    assertThat(driver.getImage()).isEqualTo(IMAGE);
    assertThat(driver.getArgs())
        .startsWith("driver", "--properties-file", "/opt/spark/conf/spark.properties")
        .endsWith(
            documented
                .subList(documented.indexOf("train"), documented.size())
                .toArray(String[]::new));
    assertThat(driver.getEnv())
        .extracting(EnvVar::getName)
        .contains("SPARK_DRIVER_BIND_ADDRESS", "SPARK_LOCAL_DIRS", "SPARK_CONF_DIR");
    assertThat(pod.getSpec().getServiceAccountName()).isEqualTo("spark-sbp-driver");
    assertThat(pod.getSpec().getTerminationGracePeriodSeconds()).isEqualTo(30);
    assertThat(driver.getResources().getLimits().get("memory")).isEqualTo(new Quantity("2867Mi"));
    assertIsLockedDown(pod);
    ConfigMap settings = await("settings", a -> a.settingsOf(pod)); // made behind the pod
    assertThat(settings.getData().get("spark.properties"))
        .contains("spark.executor.extraClassPath=/opt/spark-sbp/app/*")
        .contains("spark.kubernetes.authenticate.executor.serviceAccountName=spark-sbp-executor");

    await("watch", a -> a.requested("pods", "watch"));
    api.reportRunning(pod, "127.0.0.1");
    api.reportEnded(pod, 4);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(log()).isEqualTo(4);
    assertThat(log()).contains("(phase: Failed)").doesNotContain("pod uid");
  }

  @Test
  void clientModeAsksForLockedDownExecutorsWithTheRightsOfTheRole() throws Exception {
    String raw = folder.resolve("raw").toString();
    SyntheticData.generate(
        new Configuration(), Tasks.named("mnist"), new org.apache.hadoop.fs.Path(raw), 60, 1);
    submit(
        "--image",
        IMAGE,
        "--deploy-mode",
        "client",
        "--gpus",
        "1",
        // A driver outside of the cluster is called as it is reached, and has its classes from
        // here.
        "--conf",
        "spark.driver.host=127.0.0.1",
        "--conf",
        "spark.driver.bindAddress=127.0.0.1",
        "--conf",
        "spark.driver.extraClassPath=" + HOME.resolve("app") + "/*",
        "--conf",
        "spark.driver.extraJavaOptions=--add-modules=jdk.incubator.vector",
        "--conf",
        "spark.kubernetes.executor.apiPollingInterval=5s",
        "prepare",
        "mnist",
        "--input",
        raw,
        "--output",
        raw + "-shards");
    List<Pod> executors =
        await(
            "two executors' pods",
            a -> Optional.of(a.pods("executor")).filter(pods -> pods.size() == 2));

    for (Pod pod : executors) {
      Container executor = pod.getSpec().getContainers().get(0);
      assertThat(executor.getArgs()).containsExactly("executor");
      assertThat(executor.getImage()).isEqualTo(IMAGE);
      assertThat(executor.getResources().getLimits())
          .containsEntry("nvidia.com/gpu", new Quantity("1"))
          .containsEntry("cpu", new Quantity("2"));
      assertThat(pod.getSpec().getTolerations())
          .anyMatch(toleration -> "nvidia.com/gpu".equals(toleration.getKey()));
      assertThat(pod.getSpec().getServiceAccountName()).isEqualTo("spark-sbp-executor");
      assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
      assertIsLockedDown(pod);
      api.reportRunning(pod, "127.0.0.1");
    }
    // It looks for them again and again once it has started; stopped then, it removes them.
    await("look at the executors", a -> a.requested("pods", "list"));
    process.destroy();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(api.pods("executor")).as("left by %s: %s", log(), api.requests()).isEmpty();
    api.requests().stream().distinct().forEach(System.out::println);
    Role role = KubernetesManifests.driverRole();
    assertThat(api.requests())
        .contains(new ApiRequest("", "pods", "create"), new ApiRequest("", "pods", "watch"))
        .allMatch(request -> request.isAllowedBy(role));
  }

  private static void assertIsLockedDown(Pod pod) {
    PodSpec spec = pod.getSpec();
    assertThat(spec.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(spec.getSecurityContext().getRunAsUser()).isEqualTo(185);
    assertThat(spec.getSecurityContext().getFsGroup()).isEqualTo(185);
    assertThat(spec.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(spec.getHostNetwork()).isNull();
    for (Container container : spec.getContainers()) {
      assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
      assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
      assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
      assertThat(container.getVolumeMounts())
          .anyMatch(mount -> mount.getMountPath().equals("/tmp"))
          .anyMatch(mount -> mount.getMountPath().equals("/work"));
    }
    assertThat(spec.getVolumes())
        .anyMatch(
            volume ->
                volume.getPersistentVolumeClaim() != null
                    && volume.getPersistentVolumeClaim().getClaimName().equals("spark-sbp-work"))
        .allMatch(volume -> volume.getHostPath() == null);
    assertThat(pod.getMetadata().getLabels())
        .containsAllEntriesOf(KubernetesManifests.labelsThatThePolicySelects());
  }

  /** The command of docs/kubernetes.md that begins so and has such a word. */
  private static List<String> documented(String program, String word) throws IOException {
    String page = Files.readString(Path.of("../docs/kubernetes.md")).replaceAll("\\\\\\n *", "");
    return page.lines()
        .map(line -> new ArrayList<>(List.of(line.strip().split(" +"))))
        .filter(words -> words.get(0).equals(program) && words.contains(word))
        .findFirst()
        .orElseThrow();
  }

  private void submit(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("deploy/kubernetes/submit.sh"));
    command.addAll(List.of("--master", api.master(), "--namespace", KubernetesApi.NAMESPACE));
    command.addAll(List.of(arguments));
    start(command);
  }

  private void start(List<String> command) throws IOException {
    List<String> words = new ArrayList<>(command);
    words.set(0, HOME.resolve(words.get(0)).toString());
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.directory(folder.toFile());
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());
    builder.environment().remove("SPARK_HOME");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    process = builder.start();
  }

  private <T> T await(String what, Function<KubernetesApi, Optional<T>> look)
      throws IOException, InterruptedException {
    Optional<T> found = api.await(process, look);
    assertThat(found).as(what + " of\n" + log()).isPresent();
    return found.orElseThrow();
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }
}
