package org.sparksbp.scale;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.ChartUtils;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StackedBarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Pictures of measured epochs and of what the model says of clusters. */
final class ScalePlots {

  private static final List<Color> COLORS =
      List.of(
          new Color(0x1f, 0x3a, 0x5f),
          new Color(0xd9, 0x82, 0x1c),
          new Color(0x7a, 0x9e, 0x7e),
          new Color(0x9b, 0x2d, 0x30),
          new Color(0x8c, 0x8c, 0x8c));

  private static final Color GRID = new Color(0xdd, 0xdd, 0xdd);
  private static final List<String> PARTS =
      List.of("learning", "averaging", "messages", "link", "launching");

  private static final double TICKS_OF_DECADE = 0.5;
  private static final int WIDTH = 900;
  private static final int HEIGHT = 500;

  private ScalePlots() {}

  /**
   * What a round of a cluster takes.
   *
   * @param seconds of learning, averaging, messages, link and launching
   */
  record Parts(String cluster, double[] seconds) {}

  /** Epochs as they were measured against what the model says, one point each. */
  static void measured(List<Measurement> measured, RoundModel model, Path file) throws IOException {
    XYSeriesCollection points = new XYSeriesCollection();
    for (boolean hosts : new boolean[] {false, true}) {
      XYSeries series = new XYSeries(hosts ? "executors on hosts" : "one process");
      measured.stream()
          .filter(one -> one.setting().executors() > 1 == hosts)
          .forEach(one -> series.add(model.seconds(one), one.seconds()));
      if (!series.isEmpty()) {
        points.addSeries(series);
      }
    }
    XYSeries equal = new XYSeries("equal");
    for (Measurement one : measured) {
      equal.add(one.seconds(), one.seconds());
    }
    points.addSeries(equal);
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    int last = points.getSeriesCount() - 1;
    renderer.setSeriesLinesVisible(last, true);
    renderer.setSeriesShapesVisible(last, false);
    for (int series = 0; series < last; series++) {
      renderer.setSeriesPaint(series, COLORS.get(series));
    }
    renderer.setSeriesPaint(last, COLORS.get(COLORS.size() - 1));
    XYPlot plot =
        new XYPlot(
            points,
            seconds("seconds of an epoch, by the model"),
            seconds("seconds of an epoch, measured"),
            renderer);
    plot.setBackgroundPaint(Color.WHITE);
    plot.setDomainGridlinePaint(GRID);
    plot.setRangeGridlinePaint(GRID);
    save(new JFreeChart(plot), "Epochs measured, and by the model", file);
  }

  private static LogAxis seconds(String label) {
    LogAxis axis = new LogAxis(label);
    axis.setTickUnit(new NumberTickUnit(TICKS_OF_DECADE));
    axis.setNumberFormatOverride(
        new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)));
    return axis;
  }

  /** Shares of a round, a bar for each cluster. */
  static void shares(List<Parts> clusters, Path file) throws IOException {
    DefaultCategoryDataset bars = new DefaultCategoryDataset();
    for (Parts cluster : clusters) {
      for (int part = 0; part < PARTS.size(); part++) {
        bars.addValue(cluster.seconds()[part] * 1e3, PARTS.get(part), cluster.cluster());
      }
    }
    JFreeChart chart =
        ChartFactory.createStackedBarChart(
            null,
            "workers, link of an executor",
            "ms of a round",
            bars,
            PlotOrientation.HORIZONTAL,
            true,
            false,
            false);
    CategoryPlot plot = chart.getCategoryPlot();
    BarRenderer renderer = new StackedBarRenderer();
    renderer.setBarPainter(new StandardBarPainter());
    renderer.setShadowVisible(false);
    for (int part = 0; part < PARTS.size(); part++) {
      renderer.setSeriesPaint(part, COLORS.get(part));
    }
    plot.setRenderer(renderer);
    plot.setBackgroundPaint(Color.WHITE);
    plot.setRangeGridlinePaint(GRID);
    save(chart, "A round of ten batches of 50 samples", file);
  }

  private static void save(JFreeChart chart, String title, Path file) throws IOException {
    chart.setTitle(new TextTitle(title, new Font(Font.SANS_SERIF, Font.BOLD, 18)));
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(10, 10, 10, 20));
    ChartUtils.saveChartAsPNG(file.toFile(), chart, WIDTH, HEIGHT);
  }
}
