package org.sparksbp.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sparksbp.figure.HeatMap;
import org.sparksbp.figure.Palette;
import org.sparksbp.figure.Panels;
import org.sparksbp.figure.Picture;
import org.sparksbp.figure.RasterChart;
import org.sparksbp.learner.ActivityTrace;
import org.sparksbp.report.FigureGroup.Figure;
import org.sparksbp.report.ReportTable.Cell;
import org.sparksbp.snapshot.ActivityMap;
import org.sparksbp.snapshot.Confusion;
import org.sparksbp.snapshot.Raster;
import org.sparksbp.snapshot.Snapshot;
import org.sparksbp.snapshot.TrialSnapshots;

/** What an arm's network makes of samples: raster, activities, confusion matrix. */
final class SampleFigures {

  /** Classes up to which a confusion matrix has its counts in its cells. */
  private static final int MOST_WRITTEN = 14;

  /** Rows of the long tables that are on the page. */
  private static final int MOST_ROWS = 60;

  /** The least share that is shown in colour, so that no sample is lost in white. */
  private static final double PALEST = 0.06;

  private static final String NONE = "none";

  private final String arm;
  private final int number;
  private final TrialSnapshots snapshots;
  private final String file;

  SampleFigures(SweepPoint point, String arm, int number, TrialSnapshots snapshots) {
    this.arm = arm;
    this.number = number;
    this.snapshots = snapshots;
    this.file = point.fileName() + "-arm-" + number + "-";
  }

  /** The raster, or empty with a note. */
  Optional<Figure> raster(List<String> notes) throws IOException {
    boolean spiking = false;
    for (Snapshot snapshot : snapshots.kept()) {
      if (snapshot.rasters().stream().anyMatch(SampleFigures::hasSpikes)) {
        return Optional.of(raster());
      }
      spiking |= !snapshot.rasters().isEmpty();
    }
    notes.add(
        "Arm "
            + arm
            + (spiking
                ? ": no raster, no neuron behind the input fires for the sample; neurons pass on"
                    + " their graded activity."
                : ": no raster, the network does not spike."));
    return Optional.empty();
  }

  /** The graded activities, or empty. */
  Optional<Figure> activities() throws IOException {
    boolean graded = snapshots.kept().stream().anyMatch(snapshot -> !snapshot.maps().isEmpty());
    return graded ? Optional.of(graded()) : Optional.empty();
  }

  /** The confusion matrix, or empty with a note. */
  Optional<Figure> confusion(List<String> notes) throws IOException {
    if (snapshots.confusion() == null) {
      notes.add(
          "Arm "
              + arm
              + ": no confusion matrix, the task has no exclusive classes, there are no test"
              + " samples or the trial has not ended.");
      return Optional.empty();
    }
    return Optional.of(confusion(snapshots.confusion()));
  }

  private static boolean hasSpikes(Raster raster) {
    return !raster.layer().equals(ActivityTrace.INPUT) && raster.step().length > 0;
  }

  private Figure raster() throws IOException {
    ReportTable table =
        new ReportTable(file + "raster")
            .mostShown(MOST_ROWS)
            .column("Epoch", "epoch")
            .column("Layer", "layer")
            .column("Time step", "step")
            .column("Neuron", "neuron");
    for (Snapshot snapshot : snapshots.kept()) {
      for (Raster raster : snapshot.rasters()) {
        for (int i = 0; i < raster.step().length; i++) {
          table.row(
              whole(snapshot.epoch()),
              Cell.text(raster.layer()),
              whole(raster.step()[i]),
              whole(raster.neuron()[i]));
        }
      }
    }
    return new Figure(
        "Raster of " + arm + ": every spike for one sample" + shown(),
        file + "raster",
        RasterChart.spikes(snapshots.kept(), Palette.arm(number)),
        table);
  }

  private Figure graded() throws IOException {
    ReportTable table =
        new ReportTable(file + "activities")
            .mostShown(MOST_ROWS)
            .column("Epoch", "epoch")
            .column("Layer", "layer")
            .column("Step", "step")
            .column("Neuron", "neuron")
            .column("Activity", "activity");
    for (Snapshot snapshot : snapshots.kept()) {
      for (ActivityMap map : snapshot.maps()) {
        for (int i = 0; i < map.step().length; i++) {
          for (int neuron = 0; neuron < map.shown(); neuron++) {
            table.row(
                whole(snapshot.epoch()),
                Cell.text(map.layer()),
                whole(map.step()[i]),
                whole(neuron),
                Cell.number(
                    NumberFormatting.threeDigits(map.values()[i][neuron]),
                    map.values()[i][neuron]));
          }
        }
      }
    }
    return new Figure(
        "Graded activities of " + arm + " for one sample" + shown(),
        file + "activities",
        RasterChart.activities(snapshots.kept()),
        table);
  }

  /** Which neurons are left out, in words. */
  private String shown() {
    List<String> cut = new ArrayList<>();
    for (ActivityMap map : snapshots.kept().get(0).maps()) {
      cut(cut, map.layer(), map.shown(), map.neurons());
    }
    for (Raster raster : snapshots.kept().get(0).rasters()) {
      cut(cut, raster.layer(), raster.shown(), raster.neurons());
    }
    return cut.isEmpty() ? "" : " (" + String.join(", ", cut.stream().distinct().toList()) + ")";
  }

  private static void cut(List<String> cut, String layer, int shown, int neurons) {
    if (shown < neurons) {
      cut.add("first " + shown + " of " + neurons + " neurons of " + layer);
    }
  }

  private Figure confusion(Confusion confusion) throws IOException {
    boolean unanswered = Arrays.stream(confusion.unanswered()).anyMatch(count -> count > 0);
    List<String> answers = new ArrayList<>(confusion.classes());
    if (unanswered) {
      answers.add(NONE);
    }
    int classes = confusion.classes().size();
    double[][] shares = new double[classes][answers.size()];
    List<List<String>> texts = new ArrayList<>();
    ReportTable table =
        new ReportTable(file + "confusion")
            .column("True class", "true_class")
            .column("Answered", "answered")
            .column("Samples", "samples")
            .column("Share of the class", "share");
    for (int truth = 0; truth < classes; truth++) {
      long all = Arrays.stream(confusion.counts()[truth]).sum() + confusion.unanswered()[truth];
      List<String> row = new ArrayList<>();
      for (int answer = 0; answer < answers.size(); answer++) {
        long count =
            answer < classes ? confusion.counts()[truth][answer] : confusion.unanswered()[truth];
        double share = all == 0 ? 0 : (double) count / all;
        shares[truth][answer] = count == 0 ? 0 : Math.max(share, PALEST);
        row.add(count == 0 ? "" : Long.toString(count));
        if (count > 0) {
          table.row(
              Cell.text(confusion.classes().get(truth)),
              Cell.text(answers.get(answer)),
              Cell.number(Long.toString(count), count),
              Cell.number(NumberFormatting.percent(share), share));
        }
      }
      texts.add(row);
    }
    HeatMap matrix =
        new HeatMap(
            "answered class",
            answers,
            "true class",
            confusion.classes(),
            shares,
            classes > MOST_WRITTEN ? List.of() : texts);
    Picture picture =
        new Panels()
            .row(
                classes > MOST_WRITTEN ? 920 : 760,
                List.of(new Panels.Panel(arm, matrix.plot(Palette.shares(), 18))))
            .picture(Palette.shares(), "share of the true class", "0 %");
    return new Figure(
        "Confusion matrix of "
            + arm
            + " after epoch "
            + confusion.epoch()
            + (classes > MOST_WRITTEN ? "" : "; numbers are test samples"),
        file + "confusion",
        picture,
        table);
  }

  private static Cell whole(int value) {
    return Cell.number(Integer.toString(value), value);
  }
}
