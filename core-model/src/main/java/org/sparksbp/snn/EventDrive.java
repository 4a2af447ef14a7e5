package org.sparksbp.snn;

import org.sparksbp.kernel.Kernels;
import org.sparksbp.spike.SpikeBatch;
import org.sparksbp.spike.SpikeTrain;

/**
 * The first layer's drive by the spikes of the trains: b_1 plus the rows of W_0 whose inputs spike
 * in a step. It changes only where the trains go on to their next step.
 */
final class EventDrive implements SpikingPhase.FirstDrive {

  private final Kernels kernels;
  private final Synapses synapses;
  private final float[] bias;
  private final int batch;
  private final int steps;
  private final int trainSteps;
  private final int[] channels; // of all events, by sample, step, channel
  private final float[] ones;
  private final int[] start; // [batch * trainSteps + 1], first event of (sample, step)

  EventDrive(
      Kernels kernels, Synapses synapses, float[] bias, SpikeBatch spikes, SnnSettings settings) {
    this.kernels = kernels;
    this.synapses = synapses;
    this.bias = bias;
    this.batch = spikes.size();
    this.steps = settings.membrane().steps();
    this.trainSteps = spikes.samples().get(0).spikes().steps();
    int events = 0;
    this.start = new int[batch * trainSteps + 1];
    for (int row = 0; row < batch; row++) {
      SpikeTrain train = spikes.samples().get(row).spikes();
      if (train.steps() != trainSteps) {
        throw new IllegalArgumentException(
            "Invalid batch: trains of " + trainSteps + " and of " + train.steps() + " steps");
      }
      int first = row * trainSteps;
      train.forEach((step, channel) -> start[first + step + 1]++);
    }
    for (int i = 0; i < batch * trainSteps; i++) {
      start[i + 1] += start[i];
    }
    events = start[batch * trainSteps];
    this.channels = new int[events];
    this.ones = new float[events];
    java.util.Arrays.fill(ones, 1f);
    int[] next = new int[1];
    for (int row = 0; row < batch; row++) {
      spikes.samples().get(row).spikes().forEach((step, channel) -> channels[next[0]++] = channel);
    }
  }

  @Override
  public boolean write(int k, float[] drive) {
    int step = StepInput.trainStep(k, steps, trainSteps);
    if (k > 1 && step == StepInput.trainStep(k - 1, steps, trainSteps)) {
      return false;
    }
    Synapses.fillRows(batch, bias, drive);
    for (int row = 0; row < batch; row++) {
      int from = start[row * trainSteps + step];
      int to = start[row * trainSteps + step + 1];
      kernels.addScaledRows(
          to - from,
          channels,
          ones,
          from,
          synapses.outputs,
          synapses.weights,
          drive,
          row * synapses.outputs);
    }
    return true;
  }
}
