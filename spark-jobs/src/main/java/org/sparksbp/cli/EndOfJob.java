package org.sparksbp.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.jline.utils.Signals;
import org.sparksbp.http.RetryingClient;
import org.sparksbp.http.WebAddress;
import org.sparksbp.modelfolder.SoftwareVersion;
import org.sparksbp.notification.JobSummary;
import org.sparksbp.notification.NotificationTarget;
import org.sparksbp.notification.Notifier;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Tells those whom {@code --notify} names of a command's end, once, whatever the end is. */
final class EndOfJob implements AutoCloseable {

  private static final Map<String, Integer> SIGNALS = Map.of("INT", 2, "TERM", 15);

  /** Before Spark and the file systems are closed. */
  private static final int HOOK_PRIORITY = 100;

  /** A process that is being stopped has not long. */
  private static final Duration WHEN_STOPPED = Duration.ofSeconds(5);

  private final CommandLine program;
  private final Instant started = Instant.now();
  private final AtomicBoolean told = new AtomicBoolean();
  private final Thread hook = new Thread(this::stopped, "notification of a stop");
  private final Map<String, Object> earlierSignals = new TreeMap<>();
  private volatile int signal = SIGNALS.get("TERM");

  /** Prepares to tell of the command that the program is about to run. */
  EndOfJob(CommandLine program) {
    this.program = program;
  }

  /** Begins to watch for signals, when the command's options are known. */
  void watch() {
    if (wanted().isPresent()) {
      ShutdownHookManager.get().addShutdownHook(hook, HOOK_PRIORITY);
      SIGNALS.forEach(
          (name, number) ->
              earlierSignals.put(name, Signals.register(name, () -> end(name, number))));
    }
  }

  /** The options of the command that was given, if somebody is to be told of its end. */
  private Optional<CommonOptions> wanted() {
    return program.getSubcommands().values().stream()
        .flatMap(command -> CommonOptions.of(command).stream())
        .filter(options -> !options.notify.targets.isEmpty())
        .findFirst();
  }

  /** As the virtual machine does by itself; but then nobody would know by which signal. */
  private void end(String name, int number) {
    signal = number;
    ProcessEnd.exitBySignal(name);
  }

  private void stopped() {
    tell(ProcessEnd.BY_SIGNAL + signal, WHEN_STOPPED);
  }

  /**
   * Tells of the end.
   *
   * @param exitCode as the shell gets it
   */
  void came(int exitCode) {
    tell(exitCode, Duration.ofDays(1));
  }

  private void tell(int exitCode, Duration most) {
    CommonOptions options = wanted().orElse(null);
    if (options == null || !told.compareAndSet(false, true)) {
      return;
    }
    try {
      SparkConf spark = settings(options);
      Configuration hadoop = SparkHadoopUtil.get().newConfiguration(spark);
      new Notifier(hadoop, limits(spark).within(most), warning -> warn(options, warning))
          .tell(targets(options, hadoop), summary(options, hadoop, exitCode));
    } catch (RuntimeException e) {
      warn(options, "Cannot notify of the job's end: " + e);
    }
  }

  private static void warn(CommonOptions options, String warning) {
    options.tell(options.command.qualifiedName() + ": " + warning);
  }

  /** Of what is wrong with them the command has failed, and told. */
  private static SparkConf settings(CommonOptions options) {
    SparkConf spark = new SparkConf();
    try {
      options.spark.applySettings(spark, System.getenv());
      return spark;
    } catch (RuntimeException e) {
      return new SparkConf(false);
    }
  }

  private static RetryingClient.Limits limits(SparkConf spark) {
    try {
      return Notifier.limits(spark);
    } catch (RuntimeException e) {
      return Notifier.limits(new SparkConf(false));
    }
  }

  private static List<NotificationTarget> targets(CommonOptions options, Configuration hadoop) {
    List<NotificationTarget> targets = new ArrayList<>();
    for (String written : options.notify.targets) {
      try {
        targets.add(
            WebAddress.isMeant(written)
                ? new NotificationTarget.Webhook(WebAddress.of(written))
                : new NotificationTarget.File(Locations.writtenFile(hadoop, "--notify", written)));
      } catch (IOException | RuntimeException e) {
        warn(options, "Cannot notify " + written + " of the job's end: " + e.getMessage());
      }
    }
    return targets;
  }

  private JobSummary summary(CommonOptions options, Configuration hadoop, int exitCode) {
    Instant ended = Instant.now();
    return new JobSummary(
        options.command.name(),
        SoftwareVersion.current(),
        host(),
        started.toString(),
        ended.toString(),
        Duration.between(started, ended).toMillis() / 1e3,
        exitCode,
        exitCode == 0 ? "done" : exitCode > ProcessEnd.BY_SIGNAL ? "stopped" : "failed",
        options.notify.message(),
        output(options, hadoop),
        options.notify.result());
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  /** Null where the command has no such option, or was not given it. */
  private static String output(CommonOptions options, Configuration hadoop) {
    OptionSpec option = options.command.findOption("--output");
    Object written = option == null ? null : option.getValue();
    if (written == null) {
      return null;
    }
    try {
      return Locations.shown(Locations.place(hadoop, written.toString()));
    } catch (IOException | RuntimeException e) {
      return written.toString();
    }
  }

  @Override
  public void close() {
    if (!earlierSignals.isEmpty() && !ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
      earlierSignals.forEach(Signals::unregister);
    }
  }
}
