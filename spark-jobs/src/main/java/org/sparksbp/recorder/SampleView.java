package org.sparksbp.recorder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.sparksbp.learner.ActivityTrace;
import org.sparksbp.snapshot.ActivityMap;
import org.sparksbp.snapshot.Raster;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeTrain;

/** Rasters and maps of a network that infers one sample. */
final class SampleView {

  /** Neurons of a hidden layer or of the output that are shown. */
  static final int NEURONS = 100;

  /** Steps of which graded activities are kept. */
  static final int MAP_STEPS = 50;

  private final Sample sample;
  private final ActivityTrace trace;

  /**
   * A view.
   *
   * @param trace of the sample alone
   */
  SampleView(Sample sample, ActivityTrace trace) {
    this.sample = sample;
    this.trace = trace;
  }

  /** Of all layers that fire; the input's own train where the network shows none. */
  List<Raster> rasters() {
    List<Raster> rasters = new ArrayList<>();
    for (ActivityTrace.Layer layer : trace.layers()) {
      if (layer.spikes().length > 0) {
        boolean input = layer.name().equals(ActivityTrace.INPUT);
        rasters.add(raster(layer, input ? layer.neurons() : Math.min(NEURONS, layer.neurons())));
      }
    }
    boolean hasInput = rasters.stream().anyMatch(r -> r.layer().equals(ActivityTrace.INPUT));
    if (!rasters.isEmpty() && !hasInput) {
      rasters.add(0, input());
    }
    return rasters;
  }

  private Raster input() {
    SpikeTrain train = sample.spikes();
    IntStream.Builder steps = IntStream.builder();
    IntStream.Builder channels = IntStream.builder();
    train.forEach(
        (step, channel) -> {
          steps.add(step);
          channels.add(channel);
        });
    return new Raster(
        ActivityTrace.INPUT,
        train.channels(),
        train.channels(),
        train.steps(),
        steps.build().toArray(),
        channels.build().toArray());
  }

  private static Raster raster(ActivityTrace.Layer layer, int shown) {
    int[] spikes =
        IntStream.range(0, layer.steps() * layer.neurons())
            .filter(i -> layer.spikes()[i] > 0 && i % layer.neurons() < shown)
            .toArray();
    return new Raster(
        layer.name(),
        layer.neurons(),
        shown,
        layer.steps(),
        Arrays.stream(spikes).map(i -> i / layer.neurons()).toArray(),
        Arrays.stream(spikes).map(i -> i % layer.neurons()).toArray());
  }

  /** Of all layers with graded activities. */
  List<ActivityMap> maps() {
    List<ActivityMap> maps = new ArrayList<>();
    for (ActivityTrace.Layer layer : trace.layers()) {
      if (layer.activities().length > 0) {
        maps.add(map(layer));
      }
    }
    return maps;
  }

  private static ActivityMap map(ActivityTrace.Layer layer) {
    int shown = Math.min(NEURONS, layer.neurons());
    int every = (layer.steps() + MAP_STEPS - 1) / MAP_STEPS;
    int[] kept =
        IntStream.range(0, layer.steps()).filter(step -> (step + 1) % every == 0).toArray();
    float[][] values = new float[kept.length][shown];
    for (int at = 0; at < kept.length; at++) {
      for (int j = 0; j < shown; j++) {
        values[at][j] = rounded(layer.activities()[kept[at] * layer.neurons() + j]);
      }
    }
    return new ActivityMap(layer.name(), layer.neurons(), shown, layer.steps(), kept, values);
  }

  private static float rounded(float value) {
    if (value == 0 || !Float.isFinite(value)) {
      return value;
    }
    double unit = Math.pow(10, Math.floor(Math.log10(Math.abs(value))) - 2);
    return (float) (Math.round(value / unit) * unit);
  }
}
