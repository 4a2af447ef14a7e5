package org.sparksbp.snn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.sparksbp.learner.ActivityTrace;

/**
 * Keeps the spikes and activities of all steps of a batch's spiking phase, and the activities after
 * the homeostatic phase.
 */
final class ActivityRecorder implements StepObserver, PhaseObserver {

  private final int[] sizes;
  private final int batch;
  private final int steps;
  private final float[][] spikes;
  private final float[][] activities;
  private final float[][] settled;

  ActivityRecorder(NetworkDefinition network, int batch) {
    this.sizes = network.sizes();
    this.batch = batch;
    this.steps = network.settings().membrane().steps();
    this.spikes = new float[sizes.length][0];
    this.activities = new float[sizes.length][0];
    this.settled = new float[sizes.length][0];
    for (int l = 1; l < sizes.length; l++) {
      spikes[l] = new float[batch * steps * sizes[l]];
      activities[l] = new float[batch * steps * sizes[l]];
    }
  }

  @Override
  public void stepped(int layer, int k, float[] fired, float[] activity) {
    int neurons = sizes[layer];
    for (int row = 0; row < batch; row++) {
      int to = (row * steps + k - 1) * neurons;
      System.arraycopy(fired, row * neurons, spikes[layer], to, neurons);
      System.arraycopy(activity, row * neurons, activities[layer], to, neurons);
    }
  }

  @Override
  public void ended(Phase phase, IntFunction<double[]> membrane, IntFunction<double[]> activity) {
    if (phase == Phase.HOMEOSTATIC) {
      for (int l = 1; l < sizes.length; l++) {
        double[] values = activity.apply(l);
        settled[l] = new float[values.length];
        for (int i = 0; i < values.length; i++) {
          settled[l][i] = (float) values[i];
        }
      }
    }
  }

  /** Hidden layers and output. */
  List<ActivityTrace.Layer> layers() {
    List<ActivityTrace.Layer> layers = new ArrayList<>();
    for (int l = 1; l < sizes.length; l++) {
      String name = ActivityTrace.name(l, sizes.length - 1);
      layers.add(
          new ActivityTrace.Layer(name, sizes[l], steps, spikes[l], activities[l], settled[l]));
    }
    return layers;
  }
}
