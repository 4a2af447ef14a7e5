package org.sparksbp.distribution;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okio.Buffer;

/**
 * The API server of Kubernetes, in memory: it keeps what is made, answers and lets watch, but
 * starts nothing. Listens on the loopback address.
 */
final class KubernetesApi implements AutoCloseable {

  static final String NAMESPACE = "training";

  /** Who asks where the test itself does. */
  private static final String TEST = "test";

  private static final Logger REQUESTS = Logger.getLogger(MockWebServer.class.getName());

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final MockWebServer web = new MockWebServer();
  private final Dispatcher dispatcher = new Dispatcher();
  private final KubernetesMockServer server;
  private final KubernetesClient client;

  KubernetesApi() {
    REQUESTS.setLevel(Level.WARNING);
    server =
        new KubernetesMockServer(
            new Context(Serialization.jsonMapper()), web, new HashMap<>(), dispatcher, false);
    server.init(InetAddress.getLoopbackAddress(), 0);
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(Config.empty())
                    .withMasterUrl(address())
                    .withNamespace(NAMESPACE)
                    .withUserAgent(TEST)
                    .build())
            .build();
  }

  /** As spark-submit is told it. */
  String master() {
    return "k8s://" + address();
  }

  String address() {
    return "http://127.0.0.1:" + web.getPort();
  }

  KubernetesClient client() {
    return client;
  }

  /** All requests of others than {@link #client} so far. */
  List<ApiRequest> requests() {
    return List.copyOf(dispatcher.requests);
  }

  /** Pods of one of Spark's two roles. */
  List<Pod> pods(String role) {
    return client.pods().withLabel("spark-role", role).list().getItems();
  }

  /** The settings that a driver's pod mounts, once they are there. */
  Optional<ConfigMap> settingsOf(Pod pod) {
    return pod.getSpec().getVolumes().stream()
        .filter(volume -> volume.getName().equals("spark-conf-volume-driver"))
        .map(volume -> client.configMaps().withName(volume.getConfigMap().getName()).get())
        .filter(Objects::nonNull)
        .findFirst();
  }

  /** Whether another has asked so. */
  Optional<ApiRequest> requested(String resource, String verb) {
    return requests().stream().filter(new ApiRequest("", resource, verb)::equals).findFirst();
  }

  /** Waits until there is what is looked for, as long as a process runs. */
  <T> Optional<T> await(Process process, Function<KubernetesApi, Optional<T>> look)
      throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    boolean waits = true;
    while (waits) {
      waits = process.isAlive() && Instant.now().isBefore(end);
      Optional<T> found = look.apply(this);
      if (found.isPresent()) {
        return found;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
    }
    return Optional.empty();
  }

  /** What a kubelet reports of a pod that it has started. */
  void reportRunning(Pod pod, String address) {
    reportStatus(
        pod,
        new PodStatusBuilder()
            .withPhase("Running")
            .withPodIP(address)
            .addNewCondition()
            .withType("Ready")
            .withStatus("True")
            .endCondition()
            .addNewContainerStatus()
            .withName(pod.getSpec().getContainers().get(0).getName())
            .withReady(true)
            .withNewState()
            .withNewRunning()
            .endRunning()
            .endState()
            .endContainerStatus());
  }

  /** What a kubelet reports of a pod whose only container has ended. */
  void reportEnded(Pod pod, int exitCode) {
    reportStatus(
        pod,
        new PodStatusBuilder()
            .withPhase(exitCode == 0 ? "Succeeded" : "Failed")
            .addNewContainerStatus()
            .withName(pod.getSpec().getContainers().get(0).getName())
            .withNewState()
            .withNewTerminated()
            .withExitCode(exitCode)
            .withReason(exitCode == 0 ? "Completed" : "Error")
            .endTerminated()
            .endState()
            .endContainerStatus());
  }

  private void reportStatus(Pod pod, PodStatusBuilder status) {
    try {
      client
          .pods()
          .withName(pod.getMetadata().getName())
          .editStatus(now -> new PodBuilder(now).withStatus(status.build()).build());
    } catch (KubernetesClientException | NullPointerException e) {
      // Deleted in the meantime, of which a kubelet need not report.
      if (client.pods().withName(pod.getMetadata().getName()).get() != null) {
        throw e;
      }
    }
  }

  /** Loads a manifest's resources into the cluster. */
  void apply(List<HasMetadata> resources) {
    resources.forEach(resource -> client.resource(resource).create());
  }

  @Override
  public void close() {
    client.close();
    server.destroy();
  }

  private static final class Dispatcher extends KubernetesCrudDispatcher {

    private final List<ApiRequest> requests = new CopyOnWriteArrayList<>();

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      if (!TEST.equals(request.getHeader("User-Agent"))) {
        ApiRequest.of(request.getMethod(), request.getPath()).ifPresent(requests::add);
      }
      return super.dispatch(request);
    }

    /** Server-side apply makes what is missing, which the mock does not know. */
    @Override
    public MockResponse handlePatch(RecordedRequest request) {
      String path = request.getPath().replaceFirst("\\?.*", "");
      if (request.getPath().contains("fieldManager=")
          && handleGet(path).getStatus().contains("404")) {
        String collection = path.substring(0, path.lastIndexOf('/'));
        return super.handleCreate(creation(collection, request, request.getBody()));
      }
      return super.handlePatch(request);
    }

    /** A new pod waits for its kubelet, which the mock leaves out and Spark relies on. */
    @Override
    public MockResponse handleCreate(RecordedRequest request) {
      if (!request.getPath().endsWith("/pods")) {
        return super.handleCreate(request);
      }
      Pod pod = Serialization.unmarshal(request.getBody().readUtf8(), Pod.class);
      pod.setStatus(new PodStatusBuilder().withPhase("Pending").build());
      Buffer body = new Buffer().writeUtf8(Serialization.asJson(pod));
      return super.handleCreate(creation(request.getPath(), request, body));
    }

    private static RecordedRequest creation(String path, RecordedRequest request, Buffer body) {
      return new RecordedRequest(
          "POST " + path + " HTTP/1.1",
          request.getHeaders(),
          request.getChunkSizes(),
          body.size(),
          body,
          request.getSequenceNumber(),
          new Socket());
    }
  }
}
