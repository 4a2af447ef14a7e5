package org.sparksbp.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The files of {@code deploy/kubernetes}: no field that nobody reads, and one idea of who may what.
 */
class KubernetesManifestsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource({
    "prepare.yaml, sparkapplications",
    "train.yaml, sparkapplications",
    "sweep.yaml, scheduledsparkapplications"
  })
  void operatorsResourcesFollowItsSchema(String file, String kind) throws IOException {
    JsonSchema schema = schema(kind);
    JsonNode resource = application(file);

    assertThat(schema.validate(resource)).isEmpty();
    ObjectNode misspelt = resource.deepCopy();
    ((ObjectNode) spec(misspelt).get("driver")).put("serviceAcount", "spark-sbp-driver");
    assertThat(schema.validate(misspelt))
        .extracting(ValidationMessage::getMessage)
        .anyMatch(message -> message.contains("serviceAcount"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"prepare.yaml", "train.yaml", "sweep.yaml"})
  void operatorsPodsAreThoseOfTheTemplates(String file) throws IOException {
    JsonNode spec = spec(application(file));

    assertThat(spec.get("sparkVersion").asText()).isEqualTo(bundledSpark());
    for (String role : Set.of("driver", "executor")) {
      Pod template = KubernetesManifests.template(role + ".yaml");
      JsonNode pod = spec.get(role);
      assertThat(pod.get("podSecurityContext"))
          .isEqualTo(tree(template.getSpec().getSecurityContext()));
      assertThat(pod.get("securityContext"))
          .isEqualTo(tree(template.getSpec().getContainers().get(0).getSecurityContext()));
      assertThat(pod.get("labels")).isEqualTo(tree(template.getMetadata().getLabels()));
      assertThat(pod.get("serviceAccount").asText()).isEqualTo("spark-sbp-" + role);
    }
    Map<String, String> settings = settings();
    spec.get("sparkConf")
        .fields()
        .forEachRemaining(
            setting ->
                assertThat(settings).containsEntry(setting.getKey(), setting.getValue().asText()));
  }

  @Test
  void plainResourcesHaveNoUnknownFieldAndNameEachOther() throws IOException {
    Set<String> accounts =
        KubernetesManifests.plainResources().stream()
            .filter(resource -> resource.getKind().equals("ServiceAccount"))
            .map(resource -> resource.getMetadata().getName())
            .collect(Collectors.toSet());

    assertThat(KubernetesManifests.plainResources())
        .extracting(HasMetadata::getKind)
        .contains("Role", "RoleBinding", "NetworkPolicy", "PersistentVolumeClaim");
    assertThat(settings())
        .containsEntry(
            "spark.kubernetes.driver.volumes.persistentVolumeClaim.work.options.claimName",
            "spark-sbp-work");
    assertThat(accounts).containsExactlyInAnyOrder("spark-sbp-driver", "spark-sbp-executor");
    assertThat(KubernetesManifests.driverRole().getRules())
        .allSatisfy(
            rule -> {
              assertThat(rule.getVerbs()).doesNotContain("*");
              assertThat(rule.getResources()).doesNotContain("*", "secrets", "pods/exec");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"driver.yaml", "executor.yaml", "executor-gpu.yaml"})
  void thePolicyLetsThePodsTalkToEachOtherAndNobodyElseIn(String file) throws IOException {
    Map<String, String> labels = KubernetesManifests.template(file).getMetadata().getLabels();
    NetworkPolicy policy =
        KubernetesManifests.plainResources().stream()
            .filter(NetworkPolicy.class::isInstance)
            .map(NetworkPolicy.class::cast)
            .findFirst()
            .orElseThrow();

    assertThat(labels)
        .containsAllEntriesOf(policy.getSpec().getPodSelector().getMatchLabels())
        .containsEntry("app.kubernetes.io/component", file.split("[-.]")[0]);
    assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
    assertThat(policy.getSpec().getIngress()).hasSize(1);
    assertThat(policy.getSpec().getIngress().get(0).getFrom())
        .singleElement()
        .satisfies(
            peer -> {
              assertThat(peer.getNamespaceSelector()).isNull();
              assertThat(peer.getIpBlock()).isNull();
              assertThat(labels).containsAllEntriesOf(peer.getPodSelector().getMatchLabels());
            });
  }

  @Test
  void theDocumentationNamesFilesThatThereAre() throws IOException {
    String page = Files.readString(Path.of("../docs/kubernetes.md"));
    List<String> named =
        Pattern.compile("deploy/(kubernetes|docker)/[a-zA-Z.-]+")
            .matcher(page)
            .results()
            .map(MatchResult::group)
            .toList();

    assertThat(named).hasSizeGreaterThan(8).allMatch(file -> Files.exists(Path.of("..", file)));
  }

  private static JsonNode application(String file) throws IOException {
    return JSON.valueToTree(KubernetesManifests.documents(file).get(0));
  }

  private static JsonNode spec(JsonNode application) {
    JsonNode spec = application.get("spec");
    return spec.has("template") ? spec.get("template") : spec;
  }

  private static JsonNode tree(Object value) throws IOException {
    return JSON.readTree(Serialization.asJson(value));
  }

  private static Map<String, String> settings() throws IOException {
    try (Stream<String> lines =
        Files.lines(Path.of("target/spark-sbp/conf/spark/kubernetes.conf"))) {
      return lines
          .filter(line -> line.startsWith("spark."))
          .map(line -> line.split("\\s+", 2))
          .collect(Collectors.toMap(words -> words[0], words -> words[1].strip()));
    }
  }

  private static String bundledSpark() throws IOException {
    try (Stream<Path> jars = Files.list(Path.of("target/spark-sbp/spark/jars"))) {
      return jars.map(jar -> jar.getFileName().toString())
          .filter(jar -> jar.startsWith("spark-core_"))
          .map(jar -> jar.replaceAll(".*-|\\.jar", ""))
          .findFirst()
          .orElseThrow();
    }
  }

  /** The operator's own schema, with every field that it does not name forbidden. */
  private static JsonSchema schema(String kind) throws IOException {
    String named = System.getenv("SBP_SCHEMAS");
    Path folder = Path.of(named == null ? "../../shared/schemas" : named);
    Path file = folder.resolve("sparkoperator.k8s.io_" + kind + ".yaml");
    assumeTrue(
        Files.exists(file),
        "no schemas of the Spark operator in " + folder + "; SBP_SCHEMAS names a folder of them");
    JsonNode definition = Serialization.yamlMapper().readTree(Files.readString(file));
    JsonNode schema = definition.at("/spec/versions/0/schema/openAPIV3Schema");
    forbidUnknown(schema);
    // Every resource has metadata, which the definition leaves to Kubernetes.
    ((ObjectNode) schema.at("/properties/metadata")).remove("additionalProperties");
    return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema);
  }

  private static void forbidUnknown(JsonNode node) {
    boolean closed =
        node.path("type").asText().equals("object")
            && node.has("properties")
            && !node.has("additionalProperties")
            && !node.path("x-kubernetes-preserve-unknown-fields").asBoolean();
    if (closed) {
      ((ObjectNode) node).put("additionalProperties", false);
    }
    node.forEach(KubernetesManifestsTest::forbidUnknown);
  }
}
