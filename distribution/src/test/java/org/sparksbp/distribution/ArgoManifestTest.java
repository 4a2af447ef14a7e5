package org.sparksbp.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manifests of Argo by its schema, and the commands of their pods for real. */
@Tag("slow")
class ArgoManifestTest {

  private static final Path MANIFESTS = SmallSchedule.HOME.resolve("deploy/argo");
  private static final String TIME = "2026-11-30T02:17:00Z";
  private static final List<String> PODS =
      List.of("fetch", "generate", "prepare", "sweep", "report");

  @TempDir Path folder;

  @Test
  void theSchemaTakesTheManifestsAndNoMisspeltField() throws Exception {
    assumeTrue(OperatorSchemas.areHere(), OperatorSchemas.MISSING);
    for (String name : List.of("workflow-template.yaml", "cron-workflow.yaml")) {
      String text = Files.readString(MANIFESTS.resolve(name));
      for (JsonNode manifest : OperatorSchemas.documents(text)) {
        assertThat(OperatorSchemas.complaints(manifest)).as(name).isEmpty();
      }
      String wrong = text.replace("templates:", "template:").replace("retryPolicy", "retrypolicy");
      assertThat(OperatorSchemas.complaints(OperatorSchemas.documents(wrong).get(0))).isNotEmpty();
    }
  }

  @Test
  void everyNightRunsAllTasksAndNamesItsResultsByTheTime() throws Exception {
    ArgoWorkflow workflow = workflow(Map.of());

    List<List<String>> commands = workflow.commands("scheduled", Map.of());

    assertThat(commands.stream().map(words -> String.join(" ", words.subList(1, 3))))
        .containsExactly(
            "fetch nettalk",
            "fetch mnist",
            "prepare nettalk",
            "prepare mnist",
            "sweep --config",
            "sweep --config",
            "report --results");
    for (List<String> words : commands) {
      assertThat(Path.of(words.get(0))).isExecutable();
    }
    assertThat(commands.get(4)).contains("--run-id", TIME);
    assertThat(Path.of(commands.get(4).get(3))).exists();
  }

  @Test
  void podsAreTriedAgainUnlessTheExitCodeSaysThatItIsInVain() throws Exception {
    ArgoWorkflow workflow = workflow(Map.of());
    for (String pod : PODS) {
      assertThat(workflow.inVain(pod)).as(pod).containsExactly(2, 3, 4);
      JsonNode retry = workflow.template(pod).path("retryStrategy");
      assertThat(retry.path("retryPolicy").asText()).isEqualTo("Always");
      JsonNode security = workflow.template(pod).at("/container/securityContext");
      assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
    }
  }

  @Test
  void itsCommandsGoOnWhereOneWasKilledToTheResultsOfAnUndisturbedPass() throws Exception {
    SmallSchedule schedule = new SmallSchedule(folder);
    ArgoWorkflow workflow =
        workflow(
            Map.of(
                "store", schedule.store().toString(),
                "raw", "generate",
                "samples", "100",
                "master", "local[2]",
                "sweeps", "[{\"task\": \"nettalk\", \"file\": \"" + schedule.sweep() + "\"}]"));
    List<List<String>> commands = workflow.commands("scheduled", Map.of());
    assertThat(commands).hasSize(4);
    for (List<String> command : commands.subList(0, 2)) {
      assertThat(run(schedule, command)).as(schedule.said()).isZero();
    }
    Process killed = schedule.start(commands.get(2), Map.of());
    schedule.sweeping(killed).destroyForcibly();
    assertThat(schedule.ended(killed)).isEqualTo(137).isNotIn(workflow.inVain("sweep"));
    assertThat(schedule.trials()).isBetween(1L, SmallSchedule.TRIALS - 1L);

    for (List<String> command : commands) {
      assertThat(run(schedule, command)).as(schedule.said()).isZero();
    }

    assertThat(schedule.intervals()).singleElement().asString().startsWith("2026-11-30T02-17-00Z-");
    assertThat(schedule.tables(schedule.intervals().get(0)))
        .isEqualTo(SmallSchedule.undisturbed().tables());
  }

  private static int run(SmallSchedule schedule, List<String> command)
      throws IOException, InterruptedException {
    return schedule.ended(schedule.start(command, Map.of()));
  }

  private static ArgoWorkflow workflow(Map<String, String> overrides) throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    for (String name : List.of("workflow-template.yaml", "cron-workflow.yaml")) {
      String here = SmallSchedule.HOME.toString();
      String text = Files.readString(MANIFESTS.resolve(name)).replace("/opt/spark-sbp", here);
      documents.addAll(OperatorSchemas.documents(text));
    }
    return new ArgoWorkflow(documents, Map.of("workflow.scheduledTime", TIME), overrides);
  }
}
