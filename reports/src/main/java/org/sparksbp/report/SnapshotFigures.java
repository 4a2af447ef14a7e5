package org.sparksbp.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.sparksbp.figure.HistogramChart;
import org.sparksbp.figure.Palette;
import org.sparksbp.figure.Picture;
import org.sparksbp.report.FigureGroup.Figure;
import org.sparksbp.report.ReportTable.Cell;
import org.sparksbp.snapshot.Histogram;
import org.sparksbp.snapshot.Snapshot;
import org.sparksbp.snapshot.TrialSnapshots;

/** What the networks of a point look like after their first and their last epoch. */
final class SnapshotFigures {

  private final SweepPoint point;
  private final Map<String, TrialSnapshots> snapshots;
  private final List<Figure> figures = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private SnapshotFigures(SweepPoint point, Map<String, TrialSnapshots> snapshots) {
    this.point = point;
    this.snapshots = snapshots;
  }

  /**
   * Draws a point.
   *
   * @param snapshots by arm, at least one
   */
  static FigureGroup of(SweepPoint point, Map<String, TrialSnapshots> snapshots)
      throws IOException {
    SnapshotFigures drawn = new SnapshotFigures(point, snapshots);
    drawn.draw();
    return new FigureGroup("Networks of " + point.title(), drawn.notes, drawn.figures);
  }

  private void draw() throws IOException {
    about();
    histograms("weights", "Weights of", "weight", Snapshot::weights);
    histograms("rates", "Firing rates of the neurons of", "spikes per time step", Snapshot::rates);
    histograms(
        "activities",
        "Activities of the neurons of",
        "activity after the last step",
        Snapshot::activities);
    histograms(
        "settled",
        "Settled activities of the neurons of",
        "activity when inference has ended",
        Snapshot::settled);
    List<SampleFigures> samples = new ArrayList<>();
    for (int arm = 0; arm < point.arms().size(); arm++) {
      String name = point.arms().get(arm);
      if (snapshots.containsKey(name)) {
        samples.add(new SampleFigures(point, name, arm, snapshots.get(name)));
      }
    }
    // Kind by kind, so that arms stand side by side.
    for (SampleFigures sample : samples) {
      sample.raster(notes).ifPresent(figures::add);
    }
    for (SampleFigures sample : samples) {
      sample.activities().ifPresent(figures::add);
    }
    for (SampleFigures sample : samples) {
      sample.confusion(notes).ifPresent(figures::add);
    }
  }

  private void about() {
    TrialSnapshots one = snapshots.values().iterator().next();
    notes.add(
        "One trial of each arm, that with the first seed ("
            + point.trials().get(0).seed()
            + "). Rates and activities are of the first "
            + one.samples()
            + " test samples, rasters of the sample "
            + (one.sample().isEmpty() ? "(none)" : one.sample())
            + ". Activities after the last step are those at the end of the spiking phase or of the"
            + " relaxation, settled ones those after the homeostatic phase. Density is the share of"
            + " the values in a bin divided by the bin's width.");
    for (String arm : point.arms()) {
      TrialSnapshots ofArm = snapshots.get(arm);
      if (ofArm == null) {
        notes.add("Arm " + arm + ": no snapshot of its trial was kept.");
      } else if (ofArm.first() == null) {
        notes.add("Arm " + arm + ": the first epoch was not kept.");
      } else if (ofArm.last() == null) {
        notes.add("Arm " + arm + ": the trial has not come to its last epoch.");
      }
    }
  }

  /** A figure for each block or layer that some arm has. */
  private void histograms(
      String kind, String title, String label, Function<Snapshot, List<Histogram>> which)
      throws IOException {
    Set<String> names = new LinkedHashSet<>();
    for (TrialSnapshots ofArm : snapshots.values()) {
      for (Snapshot snapshot : ofArm.kept()) {
        which.apply(snapshot).forEach(histogram -> names.add(histogram.of()));
      }
    }
    if (names.isEmpty() && !kind.equals("settled")) {
      notes.add(
          kind.equals("rates")
              ? "No firing rates: these networks do not spike."
              : "No " + kind + ": these networks show none.");
    }
    for (String name : names) {
      histogram(kind, title + " " + name, label, name, which);
    }
  }

  private void histogram(
      String kind,
      String title,
      String label,
      String name,
      Function<Snapshot, List<Histogram>> which)
      throws IOException {
    String file = point.fileName() + "-" + kind + "-" + FigureGroup.fileName(name);
    List<HistogramChart.Pair> pairs = new ArrayList<>();
    ReportTable table = histogramTable(file);
    boolean spread = false;
    for (int arm = 0; arm < point.arms().size(); arm++) {
      TrialSnapshots ofArm = snapshots.get(point.arms().get(arm));
      if (ofArm != null) {
        Histogram first = find(ofArm.first(), which, name);
        Histogram last = find(ofArm.last(), which, name);
        String shown = panelTitle(point.arms().get(arm), first, last);
        pairs.add(new HistogramChart.Pair(shown, Palette.arm(arm), first, last));
        rows(table, point.arms().get(arm), ofArm.first(), first);
        rows(table, point.arms().get(arm), ofArm.last(), last);
        spread |= varies(first) || varies(last);
      }
    }
    if (spread) {
      Picture picture = new HistogramChart(label, pairs).picture();
      figures.add(new Figure(title + ", first and last epoch", file, picture, table));
    } else if (kind.equals("rates")) {
      notes.add("No picture of firing rates: no neuron of " + name + " has fired at all.");
    } else {
      notes.add(title + ": all values are the same, in the first and in the last epoch.");
    }
  }

  private static boolean varies(Histogram histogram) {
    return histogram != null && !HistogramChart.isOneValue(histogram);
  }

  private static String panelTitle(String arm, Histogram first, Histogram last) {
    return arm
        + ": mean "
        + (first == null ? NumberFormatting.UNKNOWN : NumberFormatting.threeDigits(first.mean()))
        + " \u2192 "
        + (last == null ? NumberFormatting.UNKNOWN : NumberFormatting.threeDigits(last.mean()))
        + ", deviation "
        + (first == null
            ? NumberFormatting.UNKNOWN
            : NumberFormatting.threeDigits(first.deviation()))
        + " \u2192 "
        + (last == null
            ? NumberFormatting.UNKNOWN
            : NumberFormatting.threeDigits(last.deviation()));
  }

  private static ReportTable histogramTable(String file) {
    return new ReportTable(file)
        .column("Arm", "arm")
        .column("Epoch", "epoch")
        .column("From", "from")
        .column("To", "to")
        .column("Values", "values")
        .column("Density", "density");
  }

  private static void rows(ReportTable table, String arm, Snapshot snapshot, Histogram histogram) {
    if (histogram == null) {
      return;
    }
    for (int bin = 0; bin < histogram.counts().length; bin++) {
      double density = histogram.total() == 0 ? 0 : HistogramChart.density(histogram, bin);
      table.row(
          Cell.text(arm),
          Cell.number(Integer.toString(snapshot.epoch()), snapshot.epoch()),
          Cell.number(NumberFormatting.threeDigits(histogram.edge(bin)), histogram.edge(bin)),
          Cell.number(
              NumberFormatting.threeDigits(histogram.edge(bin + 1)), histogram.edge(bin + 1)),
          Cell.number(Long.toString(histogram.counts()[bin]), histogram.counts()[bin]),
          Cell.number(NumberFormatting.threeDigits(density), density));
    }
  }

  private static Histogram find(
      Snapshot snapshot, Function<Snapshot, List<Histogram>> which, String name) {
    if (snapshot == null) {
      return null;
    }
    return which.apply(snapshot).stream()
        .filter(histogram -> histogram.of().equals(name))
        .findFirst()
        .orElse(null);
  }
}
