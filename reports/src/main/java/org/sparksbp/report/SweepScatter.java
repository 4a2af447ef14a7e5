package org.sparksbp.report;

import java.awt.Color;
import java.awt.Paint;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.PaintScale;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.DefaultXYDataset;
import org.sparksbp.report.ReportTable.Cell;

/**
 * The heat map of a design whose points are no grid: each point is a coloured mark at its values of
 * two keys.
 */
final class SweepScatter {

  /** Highest by lowest value from which on an axis is logarithmic. */
  private static final double LOGARITHMIC = 50;

  private final List<Comparison> points;
  private final String down;
  private final String across;
  private final double[] x;
  private final double[] y;

  SweepScatter(List<Comparison> points, String down, String across, double[] y, double[] x) {
    this.points = List.copyOf(points);
    this.down = down;
    this.across = across;
    this.x = x.clone();
    this.y = y.clone();
  }

  /** A quantity of each arm. */
  Figure figure(
      String title,
      String file,
      String label,
      String kind,
      String format,
      List<String> arms,
      ToDoubleBiFunction<Comparison, String> quantity)
      throws IOException {
    List<double[]> values = new ArrayList<>();
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (String arm : arms) {
      double[] ofArm =
          points.stream().mapToDouble(point -> quantity.applyAsDouble(point, arm)).toArray();
      for (double value : ofArm) {
        low = Double.isNaN(value) ? low : Math.min(low, value);
        high = Double.isNaN(value) ? high : Math.max(high, value);
      }
      values.add(ofArm);
    }
    PaintScale scale = Palette.values(low, high);
    Panels panels = new Panels();
    ReportTable table =
        new ReportTable(file)
            .column("Arm", "arm")
            .column(down, down)
            .column(across, across)
            .column(label, kind);
    for (int arm = 0; arm < arms.size(); arm++) {
      panels.row(420, List.of(new Panels.Panel(arms.get(arm), plot(values.get(arm), scale))));
      for (int i = 0; i < x.length; i++) {
        double value = values.get(arm)[i];
        table.row(
            Cell.text(arms.get(arm)),
            Cell.number(Numbers.plain(y[i]), y[i]),
            Cell.number(Numbers.plain(x[i]), x[i]),
            Cell.number(Double.isNaN(value) ? Numbers.UNKNOWN : Numbers.threeDigits(value), value));
      }
    }
    return new Figure(title, file, panels.png(scale, label, format), table);
  }

  private XYPlot plot(double[] values, PaintScale scale) {
    XYPlot plot = Panels.plot(axis(across, x), axis(down, y));
    DefaultXYDataset data = new DefaultXYDataset();
    data.addSeries("points", new double[][] {x, y});
    plot.setDataset(data);
    plot.setRenderer(new Marks(values, scale));
    return plot;
  }

  private static ValueAxis axis(String key, double[] values) {
    double low = java.util.Arrays.stream(values).min().orElse(0);
    double high = java.util.Arrays.stream(values).max().orElse(1);
    if (low > 0 && high / low >= LOGARITHMIC) {
      LogAxis axis = new LogAxis(key);
      axis.setLabelFont(Panels.LABEL);
      axis.setTickLabelFont(Panels.TICK);
      axis.setNumberFormatOverride(
          new DecimalFormat("0.#E0", DecimalFormatSymbols.getInstance(Locale.ROOT)));
      axis.setRange(low / 1.3, high * 1.3);
      return axis;
    }
    NumberAxis axis = Panels.axis(key);
    double margin = 0.05 * (high - low);
    axis.setRange(low - margin, high + margin);
    return axis;
  }

  /** Squares in the colours of their values; hollow ones where there is no value. */
  private static final class Marks extends XYLineAndShapeRenderer {
    private static final long serialVersionUID = 1L;
    private final transient double[] values;
    private final transient PaintScale scale;

    Marks(double[] values, PaintScale scale) {
      super(false, true);
      this.values = values;
      this.scale = scale;
      setSeriesShape(0, new Rectangle2D.Double(-10, -10, 20, 20));
      setUseFillPaint(true);
      setUseOutlinePaint(true);
      setDrawOutlines(true);
      setDefaultOutlinePaint(Color.GRAY);
    }

    @Override
    public Paint getItemFillPaint(int series, int item) {
      return Double.isNaN(values[item]) ? Color.WHITE : scale.getPaint(values[item]);
    }

    @Override
    public Paint getItemOutlinePaint(int series, int item) {
      return Color.GRAY;
    }
  }
}
