package org.sparksbp.inspect;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.OutputStream;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Arrays;
import java.util.Locale;
import org.jfree.chart.ChartUtils;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.DefaultXYDataset;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeTrain;

/** The spikes of one sample, step on the x axis and channel on the y axis. */
public final class RasterPlot {

  private static final int TEXT_COLUMNS = 80;
  private static final int TEXT_ROWS = 32;
  private static final String SHADES = " .:+*#";
  private static final int IMAGE_WIDTH = 1000;
  private static final int IMAGE_HEIGHT = 700;
  private static final Color INK = new Color(0x1f, 0x3a, 0x5f);

  private RasterPlot() {}

  /**
   * Draws with characters, at most 100 columns and 36 lines; the more of a cell's (step, channel)
   * places have a spike, the darker its character. Channel 0 is at the bottom.
   */
  public static String text(Sample sample) {
    SpikeTrain train = sample.spikes();
    int columns = Math.min(TEXT_COLUMNS, train.steps());
    int rows = Math.min(TEXT_ROWS, train.channels());
    int[][] spikes = new int[rows][columns];
    train.forEach(
        (step, channel) ->
            spikes[cell(channel, train.channels(), rows)][cell(step, train.steps(), columns)]++);
    StringBuilder text = new StringBuilder(shortened(title(sample), 100)).append('\n');
    for (int row = rows - 1; row >= 0; row--) {
      text.append(String.format(Locale.ROOT, "%9d |", first(row, train.channels(), rows)));
      for (int column = 0; column < columns; column++) {
        int places = width(row, train.channels(), rows) * width(column, train.steps(), columns);
        text.append(shade(spikes[row][column], places));
      }
      text.append("|\n");
    }
    text.append("  channel +").append("-".repeat(columns)).append("+\n");
    String last = Integer.toString(train.steps() - 1);
    int gap = Math.max(1, columns - 1 - last.length());
    text.append("           0").append(" ".repeat(gap)).append(last).append("  step\n");
    return text.toString();
  }

  /**
   * Draws a PNG of 1000x700 pixels; needs no display.
   *
   * @param out receives the picture; left open
   */
  public static void png(Sample sample, OutputStream out) throws IOException {
    System.setProperty("java.awt.headless", "true");
    ChartUtils.writeChartAsPNG(out, chart(sample), IMAGE_WIDTH, IMAGE_HEIGHT);
  }

  private static JFreeChart chart(Sample sample) {
    SpikeTrain train = sample.spikes();
    DefaultXYDataset data = new DefaultXYDataset();
    data.addSeries("spikes", events(train));
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    double markWidth = Math.max(1.5, Math.min(12, 0.7 * 880 / train.steps()));
    double markHeight = Math.max(2, Math.min(12, 0.8 * 580 / train.channels()));
    renderer.setSeriesShape(
        0, new Rectangle2D.Double(-markWidth / 2, -markHeight / 2, markWidth, markHeight));
    renderer.setSeriesPaint(0, INK);
    XYPlot plot =
        new XYPlot(data, axis("step", train.steps()), axis("channel", train.channels()), renderer);
    plot.setBackgroundPaint(Color.WHITE);
    plot.setDomainGridlinePaint(new Color(0xdd, 0xdd, 0xdd));
    plot.setRangeGridlinePaint(new Color(0xdd, 0xdd, 0xdd));
    plot.setDomainGridlineStroke(new BasicStroke(1f));
    plot.setRangeGridlineStroke(new BasicStroke(1f));
    JFreeChart chart = new JFreeChart(null, new Font(Font.SANS_SERIF, Font.BOLD, 18), plot, false);
    chart.setTitle(new TextTitle(title(sample), new Font(Font.SANS_SERIF, Font.BOLD, 18)));
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(10, 10, 10, 20));
    return chart;
  }

  private static NumberAxis axis(String label, int size) {
    NumberAxis axis = new NumberAxis(label);
    // Without grouping, so that pictures do not depend on the machine's language.
    axis.setNumberFormatOverride(
        new DecimalFormat("0", DecimalFormatSymbols.getInstance(Locale.ROOT)));
    axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    axis.setRange(-0.5 - 0.01 * size, size - 0.5 + 0.01 * size);
    axis.setLabelFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15));
    axis.setTickLabelFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    return axis;
  }

  private static double[][] events(SpikeTrain train) {
    int count = train.eventCount();
    double[][] events = new double[2][count];
    int[] next = new int[1];
    train.forEach(
        (step, channel) -> {
          events[0][next[0]] = step;
          events[1][next[0]++] = channel;
        });
    return events;
  }

  private static String title(Sample sample) {
    StringBuilder title = new StringBuilder(sample.id());
    if (sample.label() >= 0) {
      title.append(", label ").append(sample.label());
    } else {
      title.append(", outputs ").append(Arrays.toString(active(sample.target())));
    }
    return title.append(", ").append(sample.spikes().eventCount()).append(" spikes").toString();
  }

  private static int[] active(float[] target) {
    int[] active = new int[target.length];
    int count = 0;
    for (int output = 0; output < target.length; output++) {
      if (target[output] > 0.5f) {
        active[count++] = output;
      }
    }
    return Arrays.copyOf(active, count);
  }

  private static String shortened(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 3) + "...";
  }

  private static char shade(int spikes, int places) {
    int darkest = SHADES.length() - 1;
    return SHADES.charAt((int) Math.ceil((double) spikes * darkest / places));
  }

  private static int cell(int index, int size, int cells) {
    return (int) ((long) index * cells / size);
  }

  private static int first(int cell, int size, int cells) {
    return (int) (((long) cell * size + cells - 1) / cells);
  }

  private static int width(int cell, int size, int cells) {
    return first(cell + 1, size, cells) - first(cell, size, cells);
  }
}
