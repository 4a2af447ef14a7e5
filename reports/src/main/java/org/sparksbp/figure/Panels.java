package org.sparksbp.figure;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;

/** A picture of plots in rows, with a line below that explains their colours. */
public final class Panels {

  static final int WIDTH = 900;
  static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 20);
  static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 20);
  static final Font TICK = new Font(Font.SANS_SERIF, Font.PLAIN, 18);
  private static final int FOOT = 64;

  private final List<Row> rows = new ArrayList<>();

  /** A plot with its title. */
  public record Panel(String title, XYPlot plot) {}

  private record Row(int height, List<Panel> panels) {}

  /** What a colour, or any of some colours, stands for. */
  record Key(String label, List<Color> colours) {}

  /** Adds a row of equally wide panels. */
  public Panels row(int height, List<Panel> panels) {
    rows.add(new Row(height, List.copyOf(panels)));
    return this;
  }

  /** An axis with few and short numbers. */
  static NumberAxis axis(String label) {
    NumberAxis axis = new NumberAxis(label);
    axis.setAutoRangeIncludesZero(false);
    axis.setLabelFont(LABEL);
    axis.setTickLabelFont(TICK);
    return axis;
  }

  /** A plot on white with nothing but its axes. */
  static XYPlot plot(ValueAxis domain, ValueAxis range) {
    XYPlot plot = new XYPlot(null, domain, range, null);
    plot.setBackgroundPaint(Color.WHITE);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinesVisible(false);
    return plot;
  }

  /** The picture with a name beside each colour. */
  Picture picture(List<Key> keys) throws IOException {
    return picture(
        (graphics, top) -> {
          int x = 60;
          for (Key key : keys) {
            for (Color colour : key.colours()) {
              graphics.setColor(colour);
              graphics.fillRect(x, top + 18, 28, 22);
              x += 30;
            }
            graphics.setColor(Color.BLACK);
            graphics.drawString(key.label(), x + 10, top + 37);
            x += 50 + graphics.getFontMetrics().stringWidth(key.label());
          }
        });
  }

  /** The picture with a bar of the colours of numbers. */
  public Picture picture(ColourScale scale, String label, String format) throws IOException {
    return picture(
        (graphics, top) -> {
          DecimalFormat number =
              new DecimalFormat(format, DecimalFormatSymbols.getInstance(Locale.ROOT));
          String low = number.format(scale.getLowerBound());
          String high = number.format(scale.getUpperBound());
          int x = 60 + graphics.getFontMetrics().stringWidth(low);
          int length = 260;
          for (int i = 0; i < length; i++) {
            graphics.setPaint(scale.getPaint(scale.at(i / (length - 1.0))));
            graphics.fillRect(x + i, top + 18, 1, 22);
          }
          graphics.setColor(Color.GRAY);
          graphics.drawRect(x, top + 18, length, 22);
          graphics.setColor(Color.BLACK);
          graphics.drawString(low, 50, top + 37);
          String steps = scale.isLogarithmic() ? ", in equal ratios" : "";
          graphics.drawString(high + "   " + label + steps, x + length + 10, top + 37);
        });
  }

  /** Draws below the panels. */
  @FunctionalInterface
  private interface Foot {
    void draw(Graphics2D graphics, int top);
  }

  private Picture picture(Foot foot) throws IOException {
    System.setProperty("java.awt.headless", "true");
    int height = FOOT + rows.stream().mapToInt(Row::height).sum();
    BufferedImage image = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, WIDTH, height);
    int top = 0;
    for (Row row : rows) {
      double width = (double) WIDTH / row.panels().size();
      for (int i = 0; i < row.panels().size(); i++) {
        draw(
            row.panels().get(i),
            graphics,
            new Rectangle2D.Double(i * width, top, width, row.height()));
      }
      top += row.height();
    }
    graphics.setFont(LABEL);
    foot.draw(graphics, top);
    graphics.dispose();
    return Picture.ofFewColours(image);
  }

  private static void draw(Panel panel, Graphics2D graphics, Rectangle2D place) {
    JFreeChart chart = new JFreeChart(panel.title(), TITLE, panel.plot(), false);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(6, 6, 4, 18));
    chart.draw(graphics, place);
  }
}
