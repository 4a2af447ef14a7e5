package org.sparksbp.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.ChartUtils;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.SeriesRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.category.ScatterRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.renderer.category.StatisticalBarRenderer;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.util.ShapeUtils;
import org.jfree.data.statistics.DefaultMultiValueCategoryDataset;
import org.jfree.data.statistics.DefaultStatisticalCategoryDataset;
import org.jfree.data.xy.DefaultXYDataset;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.sparksbp.statistics.SeedSummary;

/** Pictures that compare arms, legible on a phone; they need no display. */
public final class ArmChart {

  private static final int WIDTH = 900;
  static final int HEIGHT = 600;

  private static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 22);
  private static final Font TICK = new Font(Font.SANS_SERIF, Font.PLAIN, 20);

  private static final Color GRID = new Color(0xdd, 0xdd, 0xdd);
  private static final List<Shape> MARKS =
      List.of(
          new Ellipse2D.Double(-8, -8, 16, 16),
          new Rectangle2D.Double(-6, -6, 12, 12),
          ShapeUtils.createDiamond(6));

  /**
   * Errors of an arm over its seeds.
   *
   * @param arm its name
   * @param errors fractions of 1, after each epoch from 1
   * @param seeds of each seed, likewise
   */
  public record Curve(String arm, List<SeedSummary> errors, List<double[]> seeds) {}

  /**
   * A cost of an arm over its seeds.
   *
   * @param label below the bar
   * @param colour of the arm
   * @param cost of at least one seed
   * @param seeds the cost of each
   */
  public record Bar(String label, Color colour, SeedSummary cost, double[] seeds) {}

  /**
   * The seeds of an arm.
   *
   * @param arm its name
   * @param costs by seed
   * @param accuracies fractions of 1, of the same seeds
   */
  public record Dots(String arm, double[] costs, double[] accuracies) {}

  private ArmChart() {}

  /**
   * Mean error by epoch with the 95 % interval of each arm as a band, and each seed in a thin line.
   */
  public static Picture errors(List<Curve> arms) throws IOException {
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    boolean oneEpoch = arms.stream().allMatch(arm -> arm.errors().size() == 1);
    DeviationRenderer renderer = new DeviationRenderer(true, oneEpoch);
    for (int arm = 0; arm < arms.size(); arm++) {
      YIntervalSeries series = new YIntervalSeries(arms.get(arm).arm());
      int epoch = 0;
      for (SeedSummary error : arms.get(arm).errors()) {
        epoch++;
        if (error.count() > 0) {
          double mean = 100 * error.mean().getAsDouble();
          double half = 100 * error.halfWidth().orElse(0);
          series.add(epoch, mean, Math.max(0, mean - half), Math.min(100, mean + half));
        }
      }
      data.addSeries(series);
      renderer.setSeriesStroke(arm, line(arm));
      renderer.setSeriesPaint(arm, Palette.arm(arm));
      renderer.setSeriesFillPaint(arm, Palette.arm(arm));
      renderer.setSeriesShape(arm, mark(arm));
    }
    for (int arm = 0; arm < arms.size(); arm++) {
      for (double[] seed : arms.get(arm).seeds()) {
        addSeed(seed, arm, data, renderer);
      }
    }
    renderer.setAlpha(0.15f);
    renderer.setDrawSeriesLineAsPath(true);
    NumberAxis epochs = axis("epoch", "0");
    epochs.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    epochs.setAutoRangeIncludesZero(false);
    NumberAxis errors = axis("test error, %", "0.##");
    errors.setAutoRangeIncludesZero(false);
    return picture(new XYPlot(data, epochs, errors, renderer), true, HEIGHT);
  }

  private static void addSeed(
      double[] errors, int arm, YIntervalSeriesCollection data, DeviationRenderer renderer) {
    int number = data.getSeriesCount();
    YIntervalSeries series = new YIntervalSeries("seed " + number);
    for (int epoch = 1; epoch <= errors.length; epoch++) {
      double error = 100 * errors[epoch - 1];
      series.add(epoch, error, error, error);
    }
    data.addSeries(series);
    renderer.setSeriesPaint(number, Palette.seed(arm));
    renderer.setSeriesStroke(number, new BasicStroke(1f));
    renderer.setSeriesShape(number, mark(arm));
    renderer.setSeriesVisibleInLegend(number, false);
  }

  /** Bars of the mean costs with their standard deviations, and a dot for each seed. */
  public static Picture costs(List<Bar> bars) throws IOException {
    DefaultStatisticalCategoryDataset data = new DefaultStatisticalCategoryDataset();
    DefaultMultiValueCategoryDataset seeds = new DefaultMultiValueCategoryDataset();
    for (Bar bar : bars) {
      SeedSummary cost = bar.cost();
      Double deviation =
          cost.standardDeviation().isPresent() ? cost.standardDeviation().getAsDouble() : null;
      data.add(Double.valueOf(cost.mean().getAsDouble()), deviation, "cost", bar.label());
      seeds.add(Arrays.stream(bar.seeds()).boxed().toList(), "seeds", bar.label());
    }
    StatisticalBarRenderer renderer = new ArmBars(bars.stream().map(Bar::colour).toList());
    renderer.setShadowVisible(false);
    renderer.setBarPainter(new StandardBarPainter());
    renderer.setErrorIndicatorPaint(Color.BLACK);
    renderer.setErrorIndicatorStroke(new BasicStroke(2f));
    renderer.setMaximumBarWidth(0.15);
    CategoryAxis names = new CategoryAxis();
    names.setTickLabelFont(TICK);
    names.setMaximumCategoryLabelLines(3);
    CategoryPlot plot = new CategoryPlot(data, names, axis("cost", "0.##E0"), renderer);
    plot.setBackgroundPaint(Color.WHITE);
    plot.setRangeGridlinePaint(GRID);
    ScatterRenderer dots = new ScatterRenderer();
    dots.setSeriesPaint(0, Color.BLACK);
    dots.setSeriesShape(0, new Ellipse2D.Double(-4, -4, 8, 8));
    plot.setDataset(1, seeds);
    plot.setRenderer(1, dots);
    plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
    return picture(plot, false, HEIGHT);
  }

  /** Accuracy against cost, a dot a seed. */
  public static Picture accuracyAgainstCost(List<Dots> arms) throws IOException {
    DefaultXYDataset data = new DefaultXYDataset();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    for (int arm = 0; arm < arms.size(); arm++) {
      Dots dots = arms.get(arm);
      double[] percent = Arrays.stream(dots.accuracies()).map(a -> 100 * a).toArray();
      data.addSeries(dots.arm(), new double[][] {dots.costs(), percent});
      renderer.setSeriesPaint(arm, Palette.arm(arm));
      renderer.setSeriesShape(arm, mark(arm));
    }
    NumberAxis cost = axis("cost", "0.##E0");
    cost.setAutoRangeIncludesZero(true);
    NumberAxis accuracy = axis("accuracy, %", "0.##");
    accuracy.setAutoRangeIncludesZero(false);
    return picture(new XYPlot(data, cost, accuracy, renderer), true, HEIGHT);
  }

  /** The mark of an arm's means. */
  static Shape mark(int arm) {
    return MARKS.get(arm % MARKS.size());
  }

  /** Dashes, so that curves on top of each other are all seen. */
  static BasicStroke line(int arm) {
    float[] dashes =
        switch (arm % 3) {
          case 0 -> null;
          case 1 -> new float[] {18, 9};
          default -> new float[] {5, 7};
        };
    return new BasicStroke(3.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0);
  }

  /** An axis whose numbers have a {@link DecimalFormat}, the same in all languages. */
  static NumberAxis axis(String label, String format) {
    NumberAxis axis = new NumberAxis(label);
    axis.setNumberFormatOverride(
        new DecimalFormat(format, DecimalFormatSymbols.getInstance(Locale.ROOT)));
    axis.setLabelFont(LABEL);
    axis.setTickLabelFont(TICK);
    return axis;
  }

  /** The picture of a plot, on white and of the width that all have. */
  static Picture picture(Plot plot, boolean legend, int height) throws IOException {
    System.setProperty("java.awt.headless", "true");
    if (plot instanceof XYPlot curves) {
      curves.setSeriesRenderingOrder(SeriesRenderingOrder.FORWARD);
      curves.setBackgroundPaint(Color.WHITE);
      curves.setDomainGridlinePaint(GRID);
      curves.setRangeGridlinePaint(GRID);
    }
    JFreeChart chart = new JFreeChart(null, LABEL, plot, legend);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(12, 8, 8, 24));
    if (legend) {
      chart.getLegend().setItemFont(LABEL);
      chart.getLegend().setFrame(BlockBorder.NONE);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ChartUtils.writeChartAsPNG(out, chart, WIDTH, height);
    return new Picture(out.toByteArray(), VectorPicture.of(chart, WIDTH, height));
  }

  /** Bars in the colours of their arms. */
  private static final class ArmBars extends StatisticalBarRenderer {
    private static final long serialVersionUID = 1L;
    private final transient List<Color> colours;

    ArmBars(List<Color> colours) {
      this.colours = colours;
    }

    @Override
    public Paint getItemPaint(int row, int column) {
      return colours.get(column);
    }
  }
}
