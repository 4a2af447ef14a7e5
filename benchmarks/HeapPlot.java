import java.awt.Color;
import java.awt.Font;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.util.List;
import org.jfree.chart.ChartUtils;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Draws the table of more-than-memory.sh: TABLE PICTURE HEAP. */
final class HeapPlot {

  private static final Color INK = new Color(0x1f, 0x3a, 0x5f);
  private static final Color GRID = new Color(0xdd, 0xdd, 0xdd);

  public static void main(String[] arguments) throws Exception {
    XYSeries heap = new XYSeries("heap");
    List<String> lines = Files.readAllLines(Path.of(arguments[0]));
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t");
      heap.add(Double.parseDouble(cells[0]), Double.parseDouble(cells[1]));
    }
    LogAxis across = new LogAxis("samples");
    across.setNumberFormatOverride(new DecimalFormat("#,##0"));
    NumberAxis up = new NumberAxis("most MB in use after a collection");
    up.setAutoRangeIncludesZero(true);
    XYPlot plot =
        new XYPlot(
            new XYSeriesCollection(heap), across, up, new XYLineAndShapeRenderer(true, true));
    plot.getRenderer().setSeriesPaint(0, INK);
    plot.setBackgroundPaint(Color.WHITE);
    plot.setDomainGridlinePaint(GRID);
    plot.setRangeGridlinePaint(GRID);
    JFreeChart chart = new JFreeChart(null, JFreeChart.DEFAULT_TITLE_FONT, plot, false);
    String title = "Training with two workers and a heap of " + arguments[2];
    chart.setTitle(new TextTitle(title, new Font(Font.SANS_SERIF, Font.BOLD, 18)));
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(10, 10, 10, 20));
    ChartUtils.saveChartAsPNG(new File(arguments[1]), chart, 900, 600);
  }

  private HeapPlot() {}
}
