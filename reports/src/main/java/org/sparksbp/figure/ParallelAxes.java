package org.sparksbp.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.PaintScale;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.DefaultXYDataset;

/**
 * Points of many keys as lines over one axis for each key, coloured by a value; low values lie
 * above high ones.
 *
 * @param axes the keys, from left to right
 * @param values of the points; those that are NaN are left out
 */
public record ParallelAxes(List<Axis> axes, double[] values) {

  private static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 14);

  /** Where an axis' lowest and highest names stand, as a share of its length. */
  private static final double BESIDE = 0.035;

  private static final double MARGIN = 0.09;

  /** Where a key's axis is crossed by points that it does not apply to, below its lowest value. */
  private static final double UNSET = -0.17;

  /** From an axis to a name beside it. */
  private static final double ASIDE = 0.02;

  /** Values with a name up to which each is written beside the axis. */
  private static final int MOST_WRITTEN = 8;

  /**
   * A key.
   *
   * @param label its name
   * @param places of the points on it, from 0 to 1; NaN where the key does not apply to a point
   * @param ticks places with a name, ascending
   */
  public record Axis(String label, double[] places, List<Tick> ticks) {

    boolean appliesToAll() {
      return Arrays.stream(places).noneMatch(Double::isNaN);
    }

    double place(int point) {
      return Double.isNaN(places[point]) ? UNSET : places[point];
    }
  }

  /** A place with its name. */
  public record Tick(double place, String name) {}

  /** An axis of numbers, logarithmic where they span much. */
  public static Axis ofNumbers(String label, double[] numbers) {
    double[] known = Arrays.stream(numbers).filter(number -> !Double.isNaN(number)).toArray();
    double low = Arrays.stream(known).min().orElse(0);
    double high = Arrays.stream(known).max().orElse(1);
    double[] places = Arrays.stream(numbers).map(number -> place(number, low, high)).toArray();
    List<Tick> ticks =
        high == low
            ? List.of(new Tick(0.5, name(low)))
            : List.of(new Tick(0, name(low)), new Tick(1, name(high)));
    return new Axis(label, places, ticks);
  }

  private static double place(double number, double low, double high) {
    if (Double.isNaN(number)) {
      return number;
    }
    if (high == low) {
      return 0.5;
    }
    return MarkMap.isLogarithmic(low, high)
        ? Math.log(number / low) / Math.log(high / low)
        : (number - low) / (high - low);
  }

  private static String name(double number) {
    String text = Float.toString((float) number);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /**
   * An axis of names.
   *
   * @param names of the points; empty where a point has none
   * @param all names in their order
   */
  public static Axis ofNames(String label, List<String> names, List<String> all) {
    double last = Math.max(1, all.size() - 1);
    double first = all.size() == 1 ? 0.5 : 0;
    double[] places =
        names.stream()
            .mapToDouble(name -> name.isEmpty() ? Double.NaN : first + all.indexOf(name) / last)
            .toArray();
    List<Tick> ticks =
        IntStream.range(0, all.size())
            .filter(i -> all.size() <= MOST_WRITTEN || i == 0 || i == all.size() - 1)
            .mapToObj(i -> new Tick(first + i / last, all.get(i)))
            .toList();
    return new Axis(label, places, ticks);
  }

  /** The lines as a plot. */
  public XYPlot plot(PaintScale scale) {
    SymbolAxis across = new SymbolAxis(null, axes.stream().map(Axis::label).toArray(String[]::new));
    across.setTickLabelFont(SMALL);
    across.setGridBandsVisible(false);
    across.setRange(-0.35, axes.size() - 0.65);
    NumberAxis up = new NumberAxis();
    up.setVisible(false);
    boolean all = axes.stream().allMatch(Axis::appliesToAll);
    up.setRange((all ? 0 : UNSET) - MARGIN, 1 + MARGIN);
    XYPlot plot = Panels.plot(across, up);
    plot.setDomainGridlinesVisible(true);
    plot.setDomainGridlinePaint(Color.DARK_GRAY);
    plot.setDomainGridlineStroke(new BasicStroke(1f));
    plot.setOutlineVisible(false);
    lines(plot, scale);
    for (int axis = 0; axis < axes.size(); axis++) {
      for (Tick tick : axes.get(axis).ticks()) {
        plot.addAnnotation(text(axis, tick));
      }
      if (!axes.get(axis).appliesToAll()) {
        plot.addAnnotation(text(axis, new Tick(UNSET, "does not apply")));
      }
    }
    return plot;
  }

  /** The lowest are drawn last. */
  private void lines(XYPlot plot, PaintScale scale) {
    int[] order =
        IntStream.range(0, values.length)
            .filter(point -> !Double.isNaN(values[point]))
            .boxed()
            .sorted(Comparator.comparingDouble((Integer point) -> values[point]))
            .mapToInt(Integer::intValue)
            .toArray();
    DefaultXYDataset data = new DefaultXYDataset();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    for (int series = 0; series < order.length; series++) {
      int point = order[series];
      double[] x = IntStream.range(0, axes.size()).asDoubleStream().toArray();
      double[] y = axes.stream().mapToDouble(axis -> axis.place(point)).toArray();
      data.addSeries(series, new double[][] {x, y});
      renderer.setSeriesPaint(series, scale.getPaint(values[point]));
      renderer.setSeriesStroke(series, new BasicStroke(series == 0 ? 4f : 1.6f));
    }
    plot.setDataset(data);
    plot.setRenderer(renderer);
  }

  private static XYTextAnnotation text(int axis, Tick tick) {
    boolean isLow = tick.place() <= 0;
    boolean isHigh = tick.place() == 1;
    boolean isBetween = !isLow && !isHigh;
    double y = tick.place() + (isLow ? -BESIDE : isHigh ? BESIDE : 0);
    XYTextAnnotation text = new XYTextAnnotation(tick.name(), isBetween ? axis + ASIDE : axis, y);
    text.setFont(SMALL);
    text.setBackgroundPaint(Color.WHITE);
    text.setTextAnchor(isBetween ? TextAnchor.HALF_ASCENT_LEFT : TextAnchor.CENTER);
    return text;
  }
}
