package org.sparksbp.benchmark;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jfree.chart.ChartUtils;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** Samples a second over each size that grew, as pictures; bars are from least to greatest. */
final class BenchmarkPlots {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 600;
  private static final Color INK = new Color(0x1f, 0x3a, 0x5f);
  private static final Color GRID = new Color(0xdd, 0xdd, 0xdd);
  private static final Map<String, String> AXES =
      Map.of(
          "hidden", "hidden neurons",
          "batch", "samples of a batch",
          "layers", "layers, input and output included",
          "workers", "workers");

  private final List<Result> results;

  BenchmarkPlots(List<Result> results) {
    this.results = results;
  }

  /** Writes {@code samples-by-SERIES.png} for every series there is; needs no display. */
  List<Path> write(Path folder) throws IOException {
    System.setProperty("java.awt.headless", "true");
    List<Path> files = new ArrayList<>();
    for (String series : List.of("hidden", "batch", "layers", "workers")) {
      List<Result> points =
          results.stream()
              .filter(one -> one.place().map(place -> place.series().equals(series)).orElse(false))
              .toList();
      if (!points.isEmpty()) {
        Path file = folder.resolve("samples-by-" + series + ".png");
        try (OutputStream out = Files.newOutputStream(file)) {
          ChartUtils.writeChartAsPNG(out, chart(series, points), WIDTH, HEIGHT);
        }
        files.add(file);
      }
    }
    return files;
  }

  private static JFreeChart chart(String series, List<Result> points) {
    YIntervalSeries line = new YIntervalSeries(series);
    for (Result point : points) {
      line.add(point.place().orElseThrow().size(), point.median(), point.least(), point.greatest());
    }
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    data.addSeries(line);
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDefaultLinesVisible(true);
    renderer.setSeriesPaint(0, INK);
    boolean isLogarithmic = series.equals("hidden") || series.equals("batch");
    NumberAxis up = new NumberAxis("samples/s");
    up.setAutoRangeIncludesZero(true);
    up.setNumberFormatOverride(
        new DecimalFormat("0", DecimalFormatSymbols.getInstance(Locale.ROOT)));
    XYPlot plot = new XYPlot(data, across(AXES.get(series), isLogarithmic), up, renderer);
    plot.setBackgroundPaint(Color.WHITE);
    plot.setDomainGridlinePaint(GRID);
    plot.setRangeGridlinePaint(GRID);
    JFreeChart chart = new JFreeChart(null, JFreeChart.DEFAULT_TITLE_FONT, plot, false);
    String title = series.equals("workers") ? "training job" : "training on one core";
    chart.setTitle(new TextTitle("SNN, sbp, " + title, new Font(Font.SANS_SERIF, Font.BOLD, 18)));
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(10, 10, 10, 20));
    return chart;
  }

  private static ValueAxis across(String label, boolean isLogarithmic) {
    if (isLogarithmic) {
      LogAxis axis = new LogAxis(label);
      axis.setNumberFormatOverride(
          new DecimalFormat("0", DecimalFormatSymbols.getInstance(Locale.ROOT)));
      return axis;
    }
    NumberAxis axis = new NumberAxis(label);
    axis.setAutoRangeIncludesZero(false);
    axis.setTickUnit(new NumberTickUnit(1));
    axis.setNumberFormatOverride(
        new DecimalFormat("0", DecimalFormatSymbols.getInstance(Locale.ROOT)));
    return axis;
  }
}
