package org.sparksbp.figure;

import java.awt.Color;
import java.awt.Font;
import java.util.List;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.PaintScale;
import org.jfree.chart.renderer.xy.XYBlockRenderer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.DefaultXYZDataset;

/**
 * Coloured cells with texts.
 *
 * @param columnLabel name of the horizontal axis
 * @param columns names of the columns, from left to right
 * @param rowLabel name of the vertical axis
 * @param rows names of the rows, from the top
 * @param values {@code [rows, columns]}; NaN leaves a cell empty
 * @param texts in the cells, {@code [rows][columns]}; empty for none at all
 */
public record HeatMap(
    String columnLabel,
    List<String> columns,
    String rowLabel,
    List<String> rows,
    double[][] values,
    List<List<String>> texts) {

  /** The cells as a plot. */
  public XYPlot plot(PaintScale scale, int fontSize) {
    SymbolAxis across = axis(columnLabel, columns, columns.size() > 30 ? 13 : 18);
    SymbolAxis down = axis(rowLabel, rows, rows.size() > 30 ? 11 : 18);
    down.setInverted(true);
    XYPlot plot = Panels.plot(across, down);
    int cells = rows.size() * columns.size();
    double[][] data = new double[3][cells];
    int at = 0;
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < columns.size(); column++) {
        data[0][at] = column;
        data[1][at] = row;
        data[2][at++] = values[row][column];
      }
    }
    DefaultXYZDataset set = new DefaultXYZDataset();
    set.addSeries("cells", data);
    plot.setDataset(set);
    XYBlockRenderer renderer = new XYBlockRenderer();
    renderer.setPaintScale(new WithoutUnknown(scale));
    plot.setRenderer(renderer);
    for (int row = 0; row < texts.size(); row++) {
      for (int column = 0; column < columns.size(); column++) {
        plot.addAnnotation(text(row, column, scale, fontSize));
      }
    }
    return plot;
  }

  private XYTextAnnotation text(int row, int column, PaintScale scale, int fontSize) {
    XYTextAnnotation text = new XYTextAnnotation(texts.get(row).get(column), column, row);
    text.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, fontSize));
    text.setTextAnchor(TextAnchor.CENTER);
    double value = values[row][column];
    Color ground = Double.isNaN(value) ? Color.WHITE : (Color) scale.getPaint(value);
    text.setPaint(Palette.readable(ground));
    return text;
  }

  private static SymbolAxis axis(String label, List<String> names, int fontSize) {
    SymbolAxis axis = new SymbolAxis(label, names.toArray(String[]::new));
    axis.setLabelFont(Panels.LABEL);
    axis.setTickLabelFont(new Font(Font.SANS_SERIF, Font.PLAIN, fontSize));
    axis.setGridBandsVisible(false);
    axis.setRange(-0.5, names.size() - 0.5);
    return axis;
  }

  /** White where there is no value. */
  private record WithoutUnknown(PaintScale scale) implements PaintScale {
    @Override
    public double getLowerBound() {
      return scale.getLowerBound();
    }

    @Override
    public double getUpperBound() {
      return scale.getUpperBound();
    }

    @Override
    public java.awt.Paint getPaint(double value) {
      return Double.isNaN(value) ? Color.WHITE : scale.getPaint(value);
    }
  }
}
