package org.sparksbp.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.sparksbp.scale.RoundModel.Term;
import org.sparksbp.scale.Setting.Transport;

/**
 * Fits the model to {@code measurements.csv} of a folder and writes tables and pictures beside it:
 * FOLDER SECONDS_A_MESSAGE.
 */
final class ScaleReport {

  private static final int WORKERS_OF_EXECUTOR = 8;
  private static final double SAMPLES_OF_BATCH = 50;
  private static final double GIGABIT = 1e9 / 8;

  private final RoundModel model;
  private final double message;

  private ScaleReport(RoundModel model, double message) {
    this.model = model;
    this.message = message;
  }

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    List<Measurement> all = Measurement.read(folder.resolve("measurements.csv"));
    RoundModel model = RoundModel.fit(all);
    List<String> costs = new ArrayList<>(List.of("| term | cost |", "|---|---:|"));
    for (Term term : Term.values()) {
      costs.add(costLine(term, model.cost(term)));
    }
    List<String> errors =
        new ArrayList<>(
            List.of(
                "| transport | epochs measured | median error of the model | largest |",
                "|---|---:|---:|---:|"));
    for (Transport transport : Transport.values()) {
      List<Measurement> of =
          all.stream().filter(one -> one.setting().transport() == transport).toList();
      if (!of.isEmpty()) {
        errors.add(errorLine(transport, of, model));
      }
    }
    Files.write(folder.resolve("costs.md"), costs);
    Files.write(folder.resolve("errors.md"), errors);
    ScalePlots.measured(all, model, folder.resolve("measured.png"));
    ScaleReport report = new ScaleReport(model, Double.parseDouble(arguments[1]));
    Files.write(folder.resolve("clusters.md"), report.clusters());
    ScalePlots.shares(report.parts(), folder.resolve("clusters.png"));
  }

  private static String key(Transport transport) {
    return transport == Transport.DIRECT ? "direct" : "spark-jobs";
  }

  private static String costLine(Term term, double cost) {
    if (cost == 0) {
      return "| " + term.meaning + " | not seen |";
    }
    double shown = term.unit.equals("ms") ? cost * 1e3 : cost;
    return String.format(Locale.ROOT, "| %s | %.2f %s |", term.meaning, shown, term.unit);
  }

  private static String errorLine(
      Transport transport, List<Measurement> measured, RoundModel model) {
    double[] errors =
        measured.stream()
            .mapToDouble(one -> Math.abs(model.seconds(one) / one.seconds() - 1))
            .sorted()
            .toArray();
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.0f %% | %.0f %% |",
        key(transport),
        errors.length,
        100 * errors[errors.length / 2],
        100 * Arrays.stream(errors).max().orElse(0));
  }

  private static List<Setting> settings() {
    List<Setting> all = new ArrayList<>();
    for (int workers : List.of(10, 100, 1_000)) {
      for (double gigabits : List.of(1.0, 10.0)) {
        for (int batches : List.of(1, 10, 100)) {
          int executors = (workers + WORKERS_OF_EXECUTOR - 1) / WORKERS_OF_EXECUTOR;
          all.add(
              new Setting(Transport.DIRECT, workers, 1, executors, gigabits * GIGABIT, batches));
        }
      }
    }
    return all;
  }

  /** What a round takes, in seconds: learning, averaging in memory, messages, link, launching. */
  private double[] partsOf(Setting setting) {
    double averaging = 0;
    for (Term term : List.of(Term.ROUND, Term.WORKER, Term.SENDING)) {
      averaging += model.ofRound(term, setting);
    }
    double launch = 0;
    for (Term term : Term.values()) {
      launch += term.ofJob() ? model.ofRound(term, setting) : 0;
    }
    return new double[] {
      model.ofRound(Term.BATCH, setting),
      averaging,
      message * setting.messages(),
      model.ofRound(Term.LINK, setting),
      launch
    };
  }

  private List<ScalePlots.Parts> parts() {
    return settings().stream()
        .filter(setting -> setting.batches() == 10)
        .map(setting -> new ScalePlots.Parts(name(setting), partsOf(setting)))
        .toList();
  }

  private static String name(Setting setting) {
    return setting.workers() + ", " + Math.round(setting.link() / GIGABIT) + " Gbit/s";
  }

  private List<String> clusters() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "| workers, link of an executor | batches a round | learning | averaging | messages | link |"
            + " launching | round | learning's share | 10^9 samples |");
    lines.add("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    for (Setting setting : settings()) {
      double[] parts = partsOf(setting);
      double round = Arrays.stream(parts).sum();
      double samples = setting.workers() * setting.batches() * SAMPLES_OF_BATCH / round;
      String milliseconds =
          Arrays.stream(parts)
              .mapToObj(part -> String.format(Locale.ROOT, "%.1f", part * 1e3))
              .collect(Collectors.joining(" | "));
      lines.add(
          String.format(
              Locale.ROOT,
              "| %s | %d | %s | %.1f ms | %.0f %% | %s |",
              name(setting),
              setting.batches(),
              milliseconds,
              round * 1e3,
              100 * parts[0] / round,
              duration(1e9 / samples)));
    }
    return lines;
  }

  private static String duration(double seconds) {
    return seconds < 5_400
        ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
        : String.format(Locale.ROOT, "%.1f h", seconds / 3_600);
  }
}
