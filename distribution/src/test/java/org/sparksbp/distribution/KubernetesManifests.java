package org.sparksbp.distribution;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of {@code deploy/kubernetes}, read so that a misspelt field is an error. */
final class KubernetesManifests {

  static final Path FOLDER = Path.of("target/spark-sbp/deploy/kubernetes").toAbsolutePath();

  private static final ObjectMapper STRICT =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private KubernetesManifests() {}

  /** What {@code kubectl apply} makes once in a namespace. */
  static List<HasMetadata> plainResources() throws IOException {
    List<HasMetadata> all = new ArrayList<>();
    for (String file : List.of("rbac.yaml", "network-policy.yaml", "volume.yaml")) {
      for (Object document : documents(file)) {
        all.add((HasMetadata) strictly(document));
      }
    }
    return all;
  }

  static Role driverRole() throws IOException {
    return only(Role.class);
  }

  static Map<String, String> labelsThatThePolicySelects() {
    try {
      return only(NetworkPolicy.class).getSpec().getPodSelector().getMatchLabels();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static Pod template(String file) throws IOException {
    return (Pod) strictly(documents(file).get(0));
  }

  /** The documents of a file, anchors and merges resolved, as maps and lists. */
  static List<Object> documents(String file) throws IOException {
    List<Object> documents = new ArrayList<>();
    String text = Files.readString(FOLDER.resolve(file));
    new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text).forEach(documents::add);
    return documents;
  }

  private static <T> T only(Class<T> type) throws IOException {
    List<T> found = plainResources().stream().filter(type::isInstance).map(type::cast).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " resources of the kind " + type.getSimpleName());
    }
    return found.get(0);
  }

  /** The client's types keep unknown fields as additional ones: there may be none, at any depth. */
  private static KubernetesResource strictly(Object document) throws IOException {
    KubernetesResource resource = STRICT.convertValue(document, KubernetesResource.class);
    requireNothingUnknown(resource, resource.getClass().getSimpleName());
    return resource;
  }

  private static void requireNothingUnknown(Object value, String path) throws IOException {
    if (value instanceof Collection<?> items) {
      for (Object item : items) {
        requireNothingUnknown(item, path + "[]");
      }
    } else if (value instanceof KubernetesResource) {
      for (Method getter : value.getClass().getMethods()) {
        if (!getter.getName().startsWith("get") || getter.getParameterCount() > 0) {
          continue;
        }
        Object field = invoke(getter, value);
        String below = path + "." + getter.getName().substring(3);
        if (!getter.getName().equals("getAdditionalProperties")) {
          requireNothingUnknown(field, below);
        } else if (!((Map<?, ?>) field).isEmpty()) {
          throw new AssertionError("unknown to Kubernetes: " + path + " " + field);
        }
      }
    }
  }

  private static Object invoke(Method getter, Object value) throws IOException {
    try {
      return getter.invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IOException(e);
    }
  }
}
