package org.sparksbp.figure;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.sparksbp.statistics.SeedSummary;

/** A quantity of each arm by the values of one key, with 95 % intervals and every seed. */
public final class KeyChart {

  /** Values of a key up to which each is written below the axis. */
  private static final int MOST_WRITTEN = 10;

  /** From the largest to the smallest value from which on the axis is logarithmic. */
  private static final double DECADE_AND_A_HALF = 30;

  private static final double LOG_MARGIN = 0.03;

  /**
   * An arm.
   *
   * @param arm its name
   * @param values over the seeds, {@code [values of the key]}; may be of no seed
   * @param seeds of each value of the key that of every seed
   */
  public record Curve(String arm, List<SeedSummary> values, List<double[]> seeds) {}

  /**
   * What is drawn.
   *
   * @param label of its axis, with the unit
   * @param format of its numbers
   * @param most it can be, where intervals are cut; the least is 0
   */
  public record Quantity(String label, String format, double most) {}

  private KeyChart() {}

  /**
   * Draws values at numbers.
   *
   * @param places numbers of the key, ascending; the axis is logarithmic where they span much
   */
  public static Picture atNumbers(String key, double[] places, List<Curve> arms, Quantity quantity)
      throws IOException {
    double first = places[0];
    double last = places[places.length - 1];
    ValueAxis axis;
    if (first > 0 && last / first > DECADE_AND_A_HALF) {
      LogAxis logarithmic = new TickedAtValues(key, places);
      double margin = Math.pow(last / first, LOG_MARGIN);
      logarithmic.setRange(first / margin, last * margin);
      axis = logarithmic;
    } else {
      NumberAxis even = ArmChart.axis(key, "0.####");
      even.setAutoRangeIncludesZero(false);
      axis = even;
    }
    return draw(axis, places, arms, quantity);
  }

  /**
   * Draws values at names.
   *
   * @param names values of the key in their order
   */
  public static Picture atNames(String key, List<String> names, List<Curve> arms, Quantity quantity)
      throws IOException {
    SymbolAxis axis = new SymbolAxis(key, names.toArray(String[]::new));
    axis.setGridBandsVisible(false);
    axis.setRange(-0.5, names.size() - 0.5);
    double[] places = new double[names.size()];
    Arrays.setAll(places, number -> number);
    return draw(axis, places, arms, quantity);
  }

  private static Picture draw(ValueAxis axis, double[] places, List<Curve> arms, Quantity quantity)
      throws IOException {
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawXError(false);
    renderer.setErrorStroke(new BasicStroke(2f));
    for (int arm = 0; arm < arms.size(); arm++) {
      YIntervalSeries series = new YIntervalSeries(arms.get(arm).arm());
      for (int place = 0; place < places.length; place++) {
        SeedSummary value = arms.get(arm).values().get(place);
        if (value.count() > 0) {
          double mean = value.mean().getAsDouble();
          double half = value.halfWidth().orElse(0);
          double high = Math.min(quantity.most(), mean + half);
          series.add(places[place], mean, Math.max(0, mean - half), high);
        }
      }
      data.addSeries(series);
      renderer.setSeriesLinesVisible(arm, Boolean.TRUE);
      renderer.setSeriesStroke(arm, ArmChart.line(arm));
      renderer.setSeriesPaint(arm, Palette.arm(arm));
      renderer.setSeriesShape(arm, ArmChart.mark(arm));
    }
    for (int arm = 0; arm < arms.size(); arm++) {
      addSeeds(places, arms.get(arm).seeds(), arm, data, renderer);
    }
    axis.setLabelFont(Panels.LABEL);
    axis.setTickLabelFont(Panels.TICK);
    NumberAxis values = ArmChart.axis(quantity.label(), quantity.format());
    values.setAutoRangeIncludesZero(false);
    return ArmChart.picture(new XYPlot(data, axis, values, renderer), true, ArmChart.HEIGHT);
  }

  private static void addSeeds(
      double[] places,
      List<double[]> seeds,
      int arm,
      YIntervalSeriesCollection data,
      XYErrorRenderer renderer) {
    int number = data.getSeriesCount();
    YIntervalSeries series = new YIntervalSeries("seeds of arm " + arm);
    for (int place = 0; place < places.length; place++) {
      for (double value : seeds.get(place)) {
        series.add(places[place], value, value, value);
      }
    }
    data.addSeries(series);
    renderer.setSeriesPaint(number, Palette.seed(arm));
    renderer.setSeriesShape(number, new Ellipse2D.Double(-4, -4, 8, 8));
    renderer.setSeriesVisibleInLegend(number, false);
  }

  /** A logarithmic axis with the values of the key below it, or with decades if they are many. */
  private static final class TickedAtValues extends LogAxis {
    private static final long serialVersionUID = 1L;
    private final double[] places;

    TickedAtValues(String label, double[] places) {
      super(label);
      this.places = places.clone();
      setTickUnit(new NumberTickUnit(1, number()));
    }

    private static DecimalFormat number() {
      return new DecimalFormat("0.######", DecimalFormatSymbols.getInstance(Locale.ROOT));
    }

    @Override
    protected List<NumberTick> refreshTicksHorizontal(
        Graphics2D graphics, Rectangle2D area, RectangleEdge edge) {
      if (places.length > MOST_WRITTEN) {
        return super.refreshTicksHorizontal(graphics, area, edge);
      }
      DecimalFormat format = number();
      return Arrays.stream(places)
          .mapToObj(
              place ->
                  new NumberTick(
                      place, format.format(place), TextAnchor.TOP_CENTER, TextAnchor.CENTER, 0))
          .toList();
    }
  }
}
