package org.sparksbp.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYAreaRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.DefaultXYDataset;
import org.sparksbp.snapshot.Histogram;

/** Histograms of the first and the last epoch, arm above arm on the same axes. */
public final class HistogramChart {

  private static final Color FIRST = new Color(0xd2, 0xd2, 0xd2);
  private static final int HEIGHT = 235;

  private final String label;
  private final List<Pair> arms;

  /**
   * An arm's histograms.
   *
   * @param title of its panel
   * @param colour of the arm
   * @param first after the first epoch, or null
   * @param last after the last epoch, or null
   */
  public record Pair(String title, Color colour, Histogram first, Histogram last) {
    List<Histogram> known() {
      List<Histogram> known = new ArrayList<>();
      for (Histogram one : new Histogram[] {first, last}) {
        if (one != null && one.total() > 0) {
          known.add(one);
        }
      }
      return known;
    }
  }

  /** Prepares a chart; the label is of what the values are. */
  public HistogramChart(String label, List<Pair> arms) {
    this.label = label;
    this.arms = List.copyOf(arms);
  }

  /** Draws them. */
  public Picture picture() throws IOException {
    List<Histogram> all = arms.stream().flatMap(arm -> arm.known().stream()).toList();
    double low = all.stream().mapToDouble(Histogram::low).min().orElse(0);
    double high = all.stream().mapToDouble(Histogram::high).max().orElse(1);
    double most =
        all.stream()
            .filter(histogram -> !isOneValue(histogram))
            .mapToDouble(HistogramChart::highestDensity)
            .max()
            .orElse(1);
    Panels panels = new Panels();
    for (int arm = 0; arm < arms.size(); arm++) {
      boolean last = arm == arms.size() - 1;
      XYPlot plot = plot(arms.get(arm));
      NumberAxis domain = (NumberAxis) plot.getDomainAxis();
      domain.setRange(low - 0.02 * (high - low), high + 0.02 * (high - low));
      plot.getRangeAxis().setRange(0, 1.05 * most);
      domain.setLabel(last ? label : null);
      panels.row(HEIGHT + (last ? 24 : 0), List.of(new Panels.Panel(arms.get(arm).title(), plot)));
    }
    return panels.picture(
        List.of(
            new Panels.Key("after the first epoch", List.of(FIRST)),
            new Panels.Key(
                "after the last epoch", arms.stream().map(HistogramChart.Pair::colour).toList())));
  }

  private static XYPlot plot(Pair arm) {
    NumberAxis density = Panels.axis("density");
    density.setNumberFormatOverride(
        new DecimalFormat("0.###", DecimalFormatSymbols.getInstance(Locale.ROOT)));
    XYPlot plot = Panels.plot(Panels.axis(null), density);
    plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
    add(plot, 0, arm.first());
    add(plot, 1, arm.last());
    XYAreaRenderer area = new XYAreaRenderer(XYAreaRenderer.AREA);
    area.setSeriesPaint(0, FIRST);
    plot.setRenderer(0, area);
    XYLineAndShapeRenderer line = new XYLineAndShapeRenderer(true, false);
    line.setSeriesPaint(0, arm.colour());
    line.setSeriesStroke(0, new BasicStroke(2.5f));
    plot.setRenderer(1, line);
    return plot;
  }

  private static void add(XYPlot plot, int index, Histogram histogram) {
    if (histogram == null || histogram.total() == 0) {
      return;
    }
    if (isOneValue(histogram)) {
      plot.addDomainMarker(
          new ValueMarker(
              histogram.mean(), index == 0 ? FIRST : Color.BLACK, new BasicStroke(4 - 2 * index)));
      return;
    }
    int bins = histogram.counts().length;
    double[][] corners = new double[2][2 * bins + 2];
    corners[0][0] = histogram.low();
    for (int bin = 0; bin < bins; bin++) {
      double density = density(histogram, bin);
      corners[0][2 * bin + 1] = histogram.edge(bin);
      corners[1][2 * bin + 1] = density;
      corners[0][2 * bin + 2] = histogram.edge(bin + 1);
      corners[1][2 * bin + 2] = density;
    }
    corners[0][2 * bins + 1] = histogram.high();
    DefaultXYDataset data = new DefaultXYDataset();
    data.addSeries("histogram", corners);
    plot.setDataset(index, data);
  }

  /** Whether all values are the same, so that there is no density. */
  public static boolean isOneValue(Histogram histogram) {
    return histogram.deviation() < 1e-9 * Math.max(1, Math.abs(histogram.mean()));
  }

  /** Share of the values in a bin by its width. */
  public static double density(Histogram histogram, int bin) {
    double width = (histogram.high() - histogram.low()) / histogram.counts().length;
    return histogram.counts()[bin] / (histogram.total() * width);
  }

  private static double highestDensity(Histogram histogram) {
    double most = 0;
    for (int bin = 0; bin < histogram.counts().length; bin++) {
      most = Math.max(most, density(histogram, bin));
    }
    return most;
  }
}
