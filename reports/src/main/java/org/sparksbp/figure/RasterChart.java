package org.sparksbp.figure;

import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.PaintScale;
import org.jfree.chart.renderer.xy.XYBlockRenderer;
import org.jfree.chart.renderer.xy.XYDotRenderer;
import org.jfree.data.xy.DefaultXYDataset;
import org.jfree.data.xy.DefaultXYZDataset;
import org.sparksbp.learner.ActivityTrace;
import org.sparksbp.snapshot.ActivityMap;
import org.sparksbp.snapshot.Raster;
import org.sparksbp.snapshot.Snapshot;

/** One sample in the layers of a network, step by step: the first epoch left, the last right. */
public final class RasterChart {

  private static final int HEIGHT = 260;

  private RasterChart() {}

  /** Spikes as dots, of at least one snapshot. */
  public static Picture spikes(List<Snapshot> known, Color colour) throws IOException {
    Panels panels = new Panels();
    for (int layer = 0; layer < known.get(0).rasters().size(); layer++) {
      List<Panels.Panel> row = new ArrayList<>();
      for (Snapshot snapshot : known) {
        Raster raster = snapshot.rasters().get(layer);
        row.add(new Panels.Panel(title(raster.layer(), snapshot), plot(raster, colour)));
      }
      panels.row(HEIGHT, row);
    }
    return panels.picture(List.of(new Panels.Key("a spike", List.of(colour))));
  }

  private static String title(String layer, Snapshot snapshot) {
    return layer + ", after epoch " + snapshot.epoch();
  }

  private static XYPlot plot(Raster raster, Color colour) {
    XYPlot plot = frame(raster.layer(), raster.steps(), raster.shown());
    double[][] spikes = new double[2][raster.step().length];
    for (int i = 0; i < spikes[0].length; i++) {
      spikes[0][i] = raster.step()[i];
      spikes[1][i] = raster.neuron()[i];
    }
    DefaultXYDataset data = new DefaultXYDataset();
    data.addSeries("spikes", spikes);
    plot.setDataset(data);
    XYDotRenderer dots = new XYDotRenderer();
    dots.setDotWidth(Math.min(10, Math.max(2, 240 / raster.steps())));
    dots.setDotHeight(Math.min(8, Math.max(2, 120 / raster.shown())));
    dots.setSeriesPaint(0, colour);
    plot.setRenderer(dots);
    return plot;
  }

  private static XYPlot frame(String layer, int steps, int neurons) {
    NumberAxis time = Panels.axis("step");
    time.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    time.setRange(-0.5, steps - 0.5);
    NumberAxis number = Panels.axis(layer.equals(ActivityTrace.INPUT) ? "channel" : "neuron");
    number.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    number.setRange(-0.5, neurons - 0.5);
    return Panels.plot(time, number);
  }

  /** Graded activities as colours, of at least one snapshot. */
  public static Picture activities(List<Snapshot> known) throws IOException {
    boolean relative = known.stream().allMatch(RasterChart::movesTogether);
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Snapshot snapshot : known) {
      for (ActivityMap map : snapshot.maps()) {
        for (float[] values : map.values()) {
          double ground = relative ? mean(values) : 0;
          for (float value : values) {
            low = Math.min(low, value - ground);
            high = Math.max(high, value - ground);
          }
        }
      }
    }
    ColourScale scale = Palette.values(low, high);
    Panels panels = new Panels();
    for (int layer = 0; layer < known.get(0).maps().size(); layer++) {
      List<Panels.Panel> row = new ArrayList<>();
      for (Snapshot snapshot : known) {
        ActivityMap map = snapshot.maps().get(layer);
        row.add(new Panels.Panel(title(map.layer(), snapshot), plot(map, scale, relative)));
      }
      panels.row(HEIGHT, row);
    }
    return panels.picture(
        scale,
        relative ? "activity \u2212 layer's mean of the step" : "activity",
        Math.max(-low, high) < 0.01 ? "0.##E0" : "0.###");
  }

  /**
   * Whether all neurons rise and fall together, so that what tells them apart is lost in the
   * colours of their activities.
   */
  private static boolean movesTogether(Snapshot snapshot) {
    float spread = 0;
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (ActivityMap map : snapshot.maps()) {
      for (float[] values : map.values()) {
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (float value : values) {
          least = Math.min(least, value);
          most = Math.max(most, value);
        }
        spread = Math.max(spread, most - least);
        low = Math.min(low, least);
        high = Math.max(high, most);
      }
    }
    return spread < 0.2f * (high - low);
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static XYPlot plot(ActivityMap map, PaintScale scale, boolean relative) {
    XYPlot plot = frame(map.layer(), map.steps(), map.shown());
    double[][] cells = new double[3][map.step().length * map.shown()];
    int at = 0;
    int every = map.step().length > 1 ? map.step()[1] - map.step()[0] : 1;
    for (int i = 0; i < map.step().length; i++) {
      double ground = relative ? mean(map.values()[i]) : 0;
      for (int neuron = 0; neuron < map.shown(); neuron++) {
        // The kept step stands for those since the one before.
        cells[0][at] = map.step()[i] - (every - 1) / 2.0;
        cells[1][at] = neuron;
        cells[2][at++] = map.values()[i][neuron] - ground;
      }
    }
    DefaultXYZDataset data = new DefaultXYZDataset();
    data.addSeries("activities", cells);
    plot.setDataset(data);
    XYBlockRenderer blocks = new XYBlockRenderer();
    blocks.setBlockWidth(every);
    blocks.setPaintScale(scale);
    plot.setRenderer(blocks);
    return plot;
  }
}
