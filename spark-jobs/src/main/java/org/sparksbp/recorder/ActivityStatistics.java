package org.sparksbp.recorder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparksbp.learner.ActivityTrace;
import org.sparksbp.snapshot.Histogram;

/** Collects the rates and activities of hidden neurons over batches. */
final class ActivityStatistics {

  private final Map<String, float[]> spikes = new LinkedHashMap<>();
  private final Map<String, Integer> steps = new LinkedHashMap<>();
  private final Map<String, float[]> activities = new LinkedHashMap<>();
  private final Map<String, float[]> settled = new LinkedHashMap<>();

  /** Takes a batch in; all batches are of one network. */
  void add(ActivityTrace trace, int batch) {
    for (ActivityTrace.Layer layer : trace.layers()) {
      if (layer.isHidden() && layer.spikes().length > 0) {
        float[] sums = spikes.computeIfAbsent(layer.name(), name -> new float[layer.neurons()]);
        for (int i = 0; i < layer.spikes().length; i++) {
          sums[i % layer.neurons()] += layer.spikes()[i];
        }
        steps.merge(layer.name(), batch * layer.steps(), Integer::sum);
      }
      if (layer.isHidden() && layer.activities().length > 0) {
        activities.merge(layer.name(), afterLastStep(layer, batch), ActivityStatistics::joined);
      }
      if (layer.isHidden() && layer.settled().length > 0) {
        settled.merge(layer.name(), layer.settled(), ActivityStatistics::joined);
      }
    }
  }

  private static float[] afterLastStep(ActivityTrace.Layer layer, int batch) {
    int neurons = layer.neurons();
    float[] last = new float[batch * neurons];
    for (int row = 0; row < batch; row++) {
      int from = ((row + 1) * layer.steps() - 1) * neurons;
      System.arraycopy(layer.activities(), from, last, row * neurons, neurons);
    }
    return last;
  }

  private static float[] joined(float[] one, float[] other) {
    float[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  /** Spikes per time step of each neuron, by layer. */
  List<Histogram> rates() {
    List<Histogram> all = new ArrayList<>();
    spikes.forEach(
        (name, sums) -> {
          float[] rates = sums.clone();
          for (int i = 0; i < rates.length; i++) {
            rates[i] /= steps.get(name);
          }
          all.add(Histogram.of(name, rates, 0, rates.length));
        });
    return all;
  }

  /** Activity after the last step of each neuron for each sample, by layer. */
  List<Histogram> activities() {
    return histograms(activities);
  }

  /** Activity after inference of each neuron for each sample, by layer. */
  List<Histogram> settled() {
    return histograms(settled);
  }

  private static List<Histogram> histograms(Map<String, float[]> byLayer) {
    List<Histogram> all = new ArrayList<>();
    byLayer.forEach((name, values) -> all.add(Histogram.of(name, values, 0, values.length)));
    return all;
  }
}
