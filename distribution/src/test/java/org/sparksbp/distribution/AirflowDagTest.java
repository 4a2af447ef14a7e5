package org.sparksbp.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The DAG under stand-ins for Airflow, which refuse arguments that Airflow does not have. */
@Tag("slow")
class AirflowDagTest {

  private static final Path HOME = SmallSchedule.HOME;
  private static final String DAG = HOME.resolve("deploy/airflow/spark_sbp_sweeps.py").toString();
  private static final String RUNNER =
      Path.of("src/test/python/run_dag.py").toAbsolutePath().toString();

  @TempDir Path folder;

  @BeforeAll
  static void needsPython() throws Exception {
    Run run =
        Run.of(
            Path.of("."),
            Map.of(),
            List.of("sh", "-c", "python3 -c 'import sys; sys.exit(sys.version_info < (3, 9))'"));
    assumeTrue(run.exitCode() == 0, "there is no python3 of 3.9 or newer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "2.10"})
  void eachTaskOfASweepFollowsTheOneBeforeInBothVersions(String airflow) throws Exception {
    List<JsonNode> tasks = shown(airflow, Map.of());

    assertThat(tasks.stream().map(AirflowDagTest::what))
        .containsExactly(
            "[] raw fetch nettalk",
            "[] raw fetch mnist",
            "[\"raw\"] prepare prepare nettalk",
            "[\"raw\"] prepare prepare mnist",
            "[\"prepare\"] sweep sweep --config",
            "[\"prepare\"] sweep sweep --config",
            "[\"sweep\"] report report --results");
    assertThat(Path.of(tasks.get(0).get("application").asText())).exists();
    for (JsonNode task : tasks.subList(4, 7)) {
      assertThat(words(task.get("application_args"))).contains("--run-id", SmallSchedule.RUN_ID);
      assertThat(task.get("retries").asInt()).isPositive();
    }
    Path sweep = Path.of(tasks.get(4).at("/application_args/2").asText());
    assertThat(sweep).exists();
  }

  @Test
  void filesThatAreThereAreNotFetched() throws Exception {
    assertThat(shown("3", Map.of("SBP_RAW", "present")).get(0).get("task_id").asText())
        .isEqualTo("prepare");
  }

  @Test
  void theOperatorOfKubernetesRunsTheSameCommandsInValidApplications() throws Exception {
    List<JsonNode> submitted = shown("3", Map.of());
    List<JsonNode> applications = shown("3", Map.of("SBP_RUN_BY", "kubernetes"));

    assertThat(applications).hasSameSizeAs(submitted);
    for (int task = 0; task < submitted.size(); task++) {
      JsonNode spec = applications.get(task).at("/template_spec/spark/spec");
      assertThat(spec.get("arguments")).isEqualTo(submitted.get(task).get("application_args"));
      assertThat(spec.get("mainClass")).isEqualTo(submitted.get(task).get("java_class"));
    }
    assumeTrue(OperatorSchemas.areHere(), OperatorSchemas.MISSING);
    for (JsonNode application : applications) {
      assertThat(OperatorSchemas.complaints(application.at("/template_spec/spark"))).isEmpty();
    }
  }

  @Test
  void aMisspeltArgumentIsFound() throws Exception {
    Path wrong = folder.resolve("wrong.py");
    Files.writeString(wrong, Files.readString(Path.of(DAG)).replace("java_class=", "main_class="));
    Run run = python(Map.of(), "show", "3", wrong.toString(), SmallSchedule.RUN_ID);
    assertThat(run.exitCode()).isNotZero();
    assertThat(run.output()).contains("has no argument ['main_class']");
  }

  @Test
  void tasksAreTriedAgainUnlessTheExitCodeSaysThatItIsInVain() throws Exception {
    Path submit = Files.createDirectories(folder.resolve("bin")).resolve("spark-submit");
    for (int code : new int[] {1, 2, 3, 4, 5, 130, 137, 143}) {
      Path calls = folder.resolve("calls-" + code);
      Files.writeString(submit, "#!/bin/sh\necho called >> " + calls + "\nexit " + code + "\n");
      assertThat(submit.toFile().setExecutable(true)).isTrue();

      Run run =
          python(
              Map.of("PATH", submit.getParent() + ":" + System.getenv("PATH")),
              "run",
              "2.10",
              DAG,
              SmallSchedule.RUN_ID,
              "2");

      boolean inVain = List.of(2, 3, 4).contains(code);
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(Files.readAllLines(calls)).as("exit code " + code).hasSize(inVain ? 1 : 3);
      assertThat(run.output().contains("failed for good: sbp ended with exit code " + code))
          .isEqualTo(inVain);
    }
  }

  @Test
  void itsCommandsGoOnWhereOneWasKilledToTheResultsOfAnUndisturbedPass() throws Exception {
    SmallSchedule schedule = new SmallSchedule(folder);
    Map<String, String> onPath =
        Map.of("PATH", HOME.resolve("spark/bin") + ":" + System.getenv("PATH"));
    List<String> pass =
        List.of("python3", "-B", RUNNER, "run", "3", DAG, SmallSchedule.RUN_ID, "0");

    Process first = schedule.start(pass, onPath);
    schedule.sweeping(first).destroyForcibly();

    assertThat(schedule.ended(first)).isEqualTo(1);
    assertThat(schedule.said()).contains("Error code is: -9");
    assertThat(schedule.trials()).isBetween(1L, SmallSchedule.TRIALS - 1L);
    assertThat(schedule.ended(schedule.start(pass, onPath))).as(schedule.said()).isZero();
    assertThat(schedule.said())
        .contains("these files are there already", "this data is prepared already");
    assertThat(schedule.intervals())
        .containsExactly("scheduled__2026-11-30T00-00-00-00-00-b6d04aff");
    assertThat(schedule.tables(schedule.intervals().get(0)))
        .isEqualTo(SmallSchedule.undisturbed().tables());
  }

  private List<JsonNode> shown(String airflow, Map<String, String> more) throws Exception {
    Map<String, String> environment = new HashMap<>(Map.of("SBP_HOME", HOME.toString()));
    environment.putAll(more);
    Run run = python(environment, "show", airflow, DAG, SmallSchedule.RUN_ID);
    assertThat(run.exitCode()).as(run.output()).isZero();
    List<JsonNode> tasks = new ArrayList<>();
    for (String line : run.output().lines().toList()) {
      tasks.add(new ObjectMapper().readTree(line));
    }
    return tasks;
  }

  private Run python(Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("python3", "-B", RUNNER));
    command.addAll(List.of(words));
    return Run.of(folder, environment, command);
  }

  private static String what(JsonNode task) {
    List<String> words = words(task.get("application_args"));
    return task.get("before")
        + " "
        + task.get("task_id").asText()
        + " "
        + String.join(" ", words.subList(0, 2));
  }

  private static List<String> words(JsonNode list) {
    List<String> words = new ArrayList<>();
    list.forEach(word -> words.add(word.asText()));
    return words;
  }
}
