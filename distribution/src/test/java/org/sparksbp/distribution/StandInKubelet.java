package org.sparksbp.distribution;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Does for the API in memory what a node's kubelet does: starts the container of each new pod with
 * the pod's arguments, environment, volumes and rights, and reports how it is. The network is the
 * machine's own; each pod has a loopback address of its own, or Spark would take two of them for
 * one host and read the files of one in the other.
 */
final class StandInKubelet implements AutoCloseable {

  private static final String ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

  private final KubernetesApi api;
  private final Path folder;
  private final Map<String, Process> running = new TreeMap<>();
  private final Map<String, String> addresses = new TreeMap<>();

  /**
   * A kubelet that has started nothing yet.
   *
   * @param folder of its volumes and logs; the claim NAME is the folder {@code claims/NAME}
   */
  StandInKubelet(KubernetesApi api, Path folder) {
    this.api = api;
    this.folder = folder;
  }

  /** Names of the pods that were started. */
  Set<String> started() {
    return addresses.keySet();
  }

  Path log(String pod) {
    return folder.resolve(pod + ".log");
  }

  /** All logs, for a failure's message. */
  String logs() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String pod : addresses.keySet()) {
      all.append(pod).append(":\n").append(Files.readString(log(pod))).append('\n');
    }
    return all.toString();
  }

  /** One look at all pods: starts, reports and removes what is to be. */
  void look() throws IOException, InterruptedException {
    Set<String> wanted = new HashSet<>();
    for (Pod pod : api.client().pods().list().getItems()) {
      String name = pod.getMetadata().getName();
      wanted.add(name);
      if (!addresses.containsKey(name) && isReady(pod)) {
        addresses.put(name, "127.0.1." + (addresses.size() + 1));
        running.put(name, start(pod));
        api.reportRunning(pod, addresses.get(name));
      } else if (running.containsKey(name) && !running.get(name).isAlive()) {
        api.reportEnded(pod, running.remove(name).exitValue());
      }
    }
    for (String name : List.copyOf(running.keySet())) {
      if (!wanted.contains(name)) {
        stop(name);
      }
    }
  }

  /** Ends a pod's container with SIGTERM, and SIGKILL after the grace period. */
  void stop(String pod) throws IOException, InterruptedException {
    ContainerImage.podman(folder, "stop", "--ignore", "--time", "30", pod);
    running.remove(pod).waitFor(1, TimeUnit.MINUTES);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    for (Map.Entry<String, Process> pod : running.entrySet()) {
      ContainerImage.podman(folder, "rm", "--force", "--time", "0", "--ignore", pod.getKey());
      pod.getValue().destroyForcibly().waitFor();
    }
  }

  /** A container waits for the config maps that it mounts, which come after its pod. */
  private boolean isReady(Pod pod) {
    // The mock has no order between a driver's service and its pod either.
    return !api.client().services().list().getItems().isEmpty()
        && pod.getSpec().getVolumes().stream()
            .filter(volume -> volume.getConfigMap() != null)
            .allMatch(volume -> configMap(volume) != null);
  }

  private Map<String, String> configMap(Volume volume) {
    var map = api.client().configMaps().withName(volume.getConfigMap().getName()).get();
    return map == null ? null : map.getData();
  }

  private Process start(Pod pod) throws IOException {
    String name = pod.getMetadata().getName();
    Container container = pod.getSpec().getContainers().get(0);
    List<String> options = new ArrayList<>(List.of("--name", name, "--network", "host"));
    options.addAll(rights(pod, container.getSecurityContext()));
    for (EnvVar variable : container.getEnv()) {
      options.addAll(List.of("--env", variable.getName() + "=" + value(variable, pod)));
    }
    for (VolumeMount mount : container.getVolumeMounts()) {
      Path source = source(pod, mount.getName());
      options.addAll(List.of("--volume", source + ":" + mount.getMountPath()));
    }
    if (!Boolean.FALSE.equals(pod.getSpec().getAutomountServiceAccountToken())) {
      options.addAll(List.of("--volume", account() + ":" + ACCOUNT + ":ro"));
    }
    for (Service service : api.client().services().list().getItems()) {
      String host = service.getMetadata().getName() + "." + KubernetesApi.NAMESPACE + ".svc";
      options.addAll(List.of("--add-host", host + ":" + address(service)));
    }
    return new ProcessBuilder(
            ContainerImage.run(container.getImage(), options, container.getArgs()))
        .redirectErrorStream(true)
        .redirectOutput(log(name).toFile())
        .start();
  }

  /** Of the pod that a service without an address of its own leads to. */
  private String address(Service service) {
    return api
        .client()
        .pods()
        .withLabels(service.getSpec().getSelector())
        .list()
        .getItems()
        .stream()
        .map(pod -> addresses.get(pod.getMetadata().getName()))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> rights(Pod pod, SecurityContext container) {
    var ofPod = pod.getSpec().getSecurityContext();
    List<String> options =
        new ArrayList<>(List.of("--user", ofPod.getRunAsUser() + ":" + ofPod.getRunAsGroup()));
    for (String capability : container.getCapabilities().getDrop()) {
      options.addAll(List.of("--cap-drop", capability.toLowerCase(Locale.ROOT)));
    }
    if (container.getReadOnlyRootFilesystem()) {
      // podman would mount a /tmp of its own.
      options.addAll(List.of("--read-only", "--read-only-tmpfs=false"));
    }
    if (!container.getAllowPrivilegeEscalation()) {
      options.addAll(List.of("--security-opt", "no-new-privileges"));
    }
    return options;
  }

  private String value(EnvVar variable, Pod pod) {
    if (variable.getValueFrom() == null) {
      return variable.getValue() == null ? "" : variable.getValue();
    }
    String field = variable.getValueFrom().getFieldRef().getFieldPath();
    return switch (field) {
      case "status.podIP" -> addresses.get(pod.getMetadata().getName());
      case "metadata.name" -> pod.getMetadata().getName();
      default -> throw new AssertionError("a pod asks for its " + field);
    };
  }

  /** The folder that a mount shows. */
  private Path source(Pod pod, String name) throws IOException {
    Volume volume =
        pod.getSpec().getVolumes().stream()
            .filter(one -> one.getName().equals(name))
            .findFirst()
            .orElseThrow();
    if (volume.getPersistentVolumeClaim() != null) {
      return claim(volume.getPersistentVolumeClaim().getClaimName());
    }
    Path own = folder.resolve("volumes").resolve(pod.getMetadata().getName()).resolve(name);
    ContainerImage.volume(own);
    if (volume.getConfigMap() != null) {
      Map<String, String> data = configMap(volume);
      for (var item : volume.getConfigMap().getItems()) {
        Files.writeString(own.resolve(item.getPath()), data.get(item.getKey()));
      }
    } else if (volume.getEmptyDir() == null) {
      throw new AssertionError("a pod mounts " + volume);
    }
    return own;
  }

  Path claim(String name) throws IOException {
    return ContainerImage.volume(folder.resolve("claims").resolve(name));
  }

  /** What every pod is told of the API and who it is there; the API in memory asks for no proof. */
  private Path account() throws IOException {
    Path account = Files.createDirectories(folder.resolve("account"));
    Files.writeString(account.resolve("token"), "token");
    Files.writeString(account.resolve("namespace"), KubernetesApi.NAMESPACE);
    return account;
  }
}
