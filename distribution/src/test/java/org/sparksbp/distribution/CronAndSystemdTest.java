package org.sparksbp.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schedules of cron and systemd: the lines that they would run, with what they would set. */
@Tag("slow")
class CronAndSystemdTest {

  private static final Path HOME = SmallSchedule.HOME;

  @TempDir Path folder;

  @Test
  void theCrontabsLineDoesAllFromNothingAndSaysNothing() throws Exception {
    SmallSchedule.Undisturbed pass = SmallSchedule.undisturbed();

    assertThat(pass.exitCode()).as(pass.said()).isZero();
    assertThat(pass.said()).as("what cron would send by mail").isEmpty();
    assertThat(pass.intervals()).singleElement().asString().matches("\\d{4}-\\d\\d-\\d\\d");
    assertThat(pass.logs()).containsExactly("sweeps-" + pass.intervals().get(0) + ".log");
    assertThat(pass.tables().get("trials.csv").lines()).hasSize(1 + SmallSchedule.TRIALS);
  }

  /** In place of the program one that takes a while to stop, as it writes a checkpoint then. */
  @Test
  void theProgramIsToldOnceToStopAndWaitedFor() throws Exception {
    Path told = folder.resolve("told");
    Path settings =
        stub(
            "trap 'echo told >> %s; sleep 0.3; exit 130' TERM\n".formatted(told)
                + "echo begun > %s.begun\n".formatted(told)
                + "while :; do sleep 0.05; done");
    SmallSchedule schedule = new SmallSchedule(folder);
    Process line =
        schedule.start(CronLine.withEnvironmentOfCron(folder, "--settings " + settings), Map.of());
    while (line.isAlive() && !Files.exists(folder.resolve("told.begun"))) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    // The shell of cron may have the script as a child, or have become it.
    Stream.concat(Stream.of(line.toHandle()), line.descendants())
        .filter(process -> process.info().command().orElse("").endsWith("/bash"))
        .filter(process -> process.info().commandLine().orElse("").contains("/sweeps.sh"))
        .findFirst()
        .orElseThrow()
        .destroy();

    assertThat(schedule.ended(line)).as(schedule.said()).isEqualTo(130);
    assertThat(told).hasContent("told");
    assertThat(schedule.said()).contains("sweeps: stopped in 'sbp fetch'; the same call goes on");
  }

  @Test
  void theScriptTriesAgainOnlyWhatMayPass() throws Exception {
    Map<Integer, Integer> begun = Map.of(1, 3, 137, 3, 2, 1, 3, 1, 4, 1, 5, 1, 130, 1, 143, 1);
    for (Map.Entry<Integer, Integer> code : begun.entrySet()) {
      Path calls = folder.resolve("calls-" + code.getKey());
      Path settings = stub("echo \"$@\" >> " + calls + "\nexit " + code.getKey());

      Run run = cron("--settings " + settings + " day:" + code.getKey());

      assertThat(run.exitCode()).as(run.output()).isEqualTo(code.getKey());
      assertThat(Files.readAllLines(calls))
          .hasSize(code.getValue())
          .containsOnly("fetch mnist --to /nowhere/raw/mnist");
      assertThat(run.output()).contains("sweeps: ", "logs/sweeps-day-" + code.getKey() + ".log");
    }
  }

  @Test
  void theScriptSaysWhichSettingIsMissing() throws Exception {
    Path settings = Files.writeString(folder.resolve("empty.conf"), "");
    Run run = cron("--settings " + settings);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.output()).contains("SBP_STORE names no folder");
    Run none = cron("--settings /none");
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.output()).contains("Cannot read settings /none");
  }

  @Test
  void systemdTakesTheUnits() throws Exception {
    assumeTrue(
        Run.of(folder, Map.of(), List.of("sh", "-c", "command -v systemd-analyze")).exitCode() == 0,
        "there is no systemd-analyze");
    Run right = verify("");
    assertThat(right.exitCode()).as(right.output()).isZero();
    assertThat(right.output()).isEmpty();

    assertThat(verify("s/RestartSec/RestartSecs/").output()).contains("RestartSecs");
  }

  @Test
  void theServiceRunsTheSameScriptAndRetriesByTheSameCodes() throws IOException {
    List<String> unit = Files.readAllLines(HOME.resolve("deploy/systemd/spark-sbp-sweeps.service"));
    assertThat(unit)
        .contains(
            "ExecStart="
                + CronLine.command().replace(HOME.toString(), CronLine.INSTALLED)
                + " --settings /etc/spark-sbp.conf",
            "RestartPreventExitStatus=2 3 4",
            "SuccessExitStatus=5 130 143",
            "Environment=SBP_ATTEMPTS=1");
  }

  @Test
  void theDocumentationShowsTheCrontabsLine() throws IOException {
    String page = Files.readString(Path.of("../docs/orchestration.md"));
    String script = CronLine.command().replace(HOME.toString(), CronLine.INSTALLED);
    assertThat(page).contains(CronLine.line(), "    " + script + " 2026-11-29");
  }

  /**
   * Has systemd read the units, for the program where it is here.
   *
   * @param change {@code s/WORD/OTHER/}, made before; empty for none
   */
  private Run verify(String change) throws IOException, InterruptedException {
    Path units = Files.createDirectories(folder.resolve("units"));
    List<String> command = new ArrayList<>(List.of("systemd-analyze", "verify"));
    for (String kind : List.of("service", "timer")) {
      String name = "spark-sbp-sweeps." + kind;
      String text =
          Files.readString(HOME.resolve("deploy/systemd").resolve(name))
              .replace(CronLine.INSTALLED, HOME.toString());
      if (!change.isEmpty()) {
        String[] parts = change.split("/", -1);
        text = text.replace(parts[1], parts[2]);
      }
      command.add(Files.writeString(units.resolve(name), text).toString());
    }
    return Run.of(folder, Map.of("SYSTEMD_COLORS", "0"), command);
  }

  private Run cron(String words) throws IOException, InterruptedException {
    return Run.of(folder, Map.of(), CronLine.withEnvironmentOfCron(folder, words));
  }

  /** Settings for a script in the program's place. */
  private Path stub(String script) throws IOException {
    Path home = Files.createDirectories(folder.resolve("home/bin")).getParent();
    Path program = Files.writeString(home.resolve("bin/sbp"), "#!/bin/bash\n" + script + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return Files.writeString(
        folder.resolve("stub.conf"),
        """
        SBP_HOME=%s
        SBP_STORE=/nowhere
        SBP_SWEEPS=mnist=a.conf
        SBP_LOGS=%s
        SBP_RETRY_SECONDS=0
        """
            .formatted(home, folder.resolve("logs")));
  }
}
