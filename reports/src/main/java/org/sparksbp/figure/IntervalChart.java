package org.sparksbp.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Ellipse2D;
import java.io.IOException;
import java.util.List;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.sparksbp.statistics.SeedSummary;

/** Quantities one below the other, each with its 95 % interval, beside a line at zero. */
public final class IntervalChart {

  private static final int HEAD = 110;
  private static final int ROW = 46;

  /** Quantities of less, all of them 0 say, would have an axis of equal numbers. */
  private static final double LEAST_RANGE = 0.1;

  private static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 20);

  /**
   * A quantity.
   *
   * @param label to its left
   * @param arm number of the arm whose colour it has
   * @param quantity its mean and interval, of at least one value
   */
  public record Row(String label, int arm, SeedSummary quantity) {}

  private IntervalChart() {}

  /**
   * Draws the first row at the top.
   *
   * @param unit that quantities are multiplied by
   * @param label of the axis
   */
  public static Picture of(List<Row> rows, double unit, String label) throws IOException {
    XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawYError(false);
    renderer.setErrorStroke(new BasicStroke(2.5f));
    renderer.setDefaultLinesVisible(false);
    String[] labels = new String[rows.size()];
    for (int number = 0; number < rows.size(); number++) {
      Row row = rows.get(number);
      int place = rows.size() - 1 - number;
      labels[place] = row.label();
      double mean = unit * row.quantity().mean().orElseThrow();
      double half = unit * row.quantity().halfWidth().orElse(0);
      XYIntervalSeries series = new XYIntervalSeries(number);
      series.add(mean, mean - half, mean + half, place, place, place);
      data.addSeries(series);
      renderer.setSeriesPaint(number, Palette.arm(row.arm()));
      renderer.setSeriesShape(number, new Ellipse2D.Double(-7, -7, 14, 14));
    }
    NumberAxis quantities = ArmChart.axis(label, "0.##");
    quantities.setAutoRangeIncludesZero(true);
    quantities.setAutoRangeMinimumSize(LEAST_RANGE);
    SymbolAxis names = new SymbolAxis(null, labels);
    names.setGridBandsVisible(false);
    names.setRange(-0.5, rows.size() - 0.5);
    for (NumberAxis axis : List.of(quantities, names)) {
      axis.setLabelFont(LABEL);
      axis.setTickLabelFont(LABEL);
    }
    XYPlot plot = new XYPlot(data, quantities, names, renderer);
    plot.setRangeGridlinesVisible(false);
    plot.addDomainMarker(new ValueMarker(0, Color.BLACK, new BasicStroke(1.5f)));
    return ArmChart.picture(plot, false, HEAD + ROW * rows.size());
  }
}
