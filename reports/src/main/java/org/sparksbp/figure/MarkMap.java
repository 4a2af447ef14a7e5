package org.sparksbp.figure;

import java.awt.Color;
import java.awt.Paint;
import java.awt.geom.Rectangle2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Arrays;
import java.util.Locale;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.PaintScale;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.DefaultXYDataset;

/**
 * Coloured marks: the heat map of points that are no grid.
 *
 * @param acrossLabel name of the horizontal axis
 * @param across places of the points on it
 * @param downLabel name of the vertical axis
 * @param down places of the points on it
 * @param values of the points; NaN leaves a mark hollow
 */
public record MarkMap(
    String acrossLabel, double[] across, String downLabel, double[] down, double[] values) {

  /** Highest by lowest place from which on an axis is logarithmic. */
  private static final double LOGARITHMIC = 50;

  /** The marks as a plot. */
  public XYPlot plot(PaintScale scale) {
    XYPlot plot = Panels.plot(axis(acrossLabel, across), axis(downLabel, down));
    DefaultXYDataset data = new DefaultXYDataset();
    data.addSeries("points", new double[][] {across, down});
    plot.setDataset(data);
    plot.setRenderer(new Marks(values, scale));
    return plot;
  }

  static boolean isLogarithmic(double low, double high) {
    return low > 0 && high / low >= LOGARITHMIC;
  }

  private static ValueAxis axis(String label, double[] places) {
    double low = Arrays.stream(places).min().orElse(0);
    double high = Arrays.stream(places).max().orElse(1);
    if (isLogarithmic(low, high)) {
      LogAxis axis = new LogAxis(label);
      axis.setLabelFont(Panels.LABEL);
      axis.setTickLabelFont(Panels.TICK);
      axis.setNumberFormatOverride(
          new DecimalFormat("0.#E0", DecimalFormatSymbols.getInstance(Locale.ROOT)));
      axis.setRange(low / 1.3, high * 1.3);
      return axis;
    }
    NumberAxis axis = Panels.axis(label);
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
