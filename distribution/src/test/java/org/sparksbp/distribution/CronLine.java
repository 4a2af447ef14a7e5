package org.sparksbp.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The line of the shipped crontab, as cron would run it. */
final class CronLine {

  static final String INSTALLED = "/opt/spark-sbp";

  private CronLine() {}

  /** The only line of the crontab that is no comment. */
  static String line() throws IOException {
    return Files.readAllLines(SmallSchedule.HOME.resolve("deploy/cron/crontab")).stream()
        .filter(each -> !each.startsWith("#"))
        .collect(Collectors.joining());
  }

  /** The command of the crontab, without when and who. */
  static String command() throws IOException {
    return line()
        .replaceFirst("^(\\S+ ){5}spark-sbp ", "")
        .replace(INSTALLED, SmallSchedule.HOME.toString());
  }

  /**
   * By sh, with nothing else in the environment than what cron sets.
   *
   * @param home folder of the user
   * @param words behind the command of the crontab
   */
  static List<String> withEnvironmentOfCron(Path home, String words) throws IOException {
    return List.of(
        "env",
        "-i",
        "HOME=" + home,
        "LOGNAME=nobody",
        "PATH=/usr/bin:/bin",
        "SHELL=/bin/sh",
        "/bin/sh",
        "-c",
        command() + " " + words);
  }
}
