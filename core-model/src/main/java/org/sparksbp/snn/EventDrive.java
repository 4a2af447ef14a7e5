package org.sparksbp.snn;

import org.sparksbp.kernel.Kernels;
import org.sparksbp.kernel.SparseMatrix;
import org.sparksbp.spike.SpikeBatch;

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
  private final SparseMatrix events; // [batch * trainSteps, channels]

  EventDrive(
      Kernels kernels, Synapses synapses, float[] bias, SpikeBatch spikes, SnnSettings settings) {
    this.kernels = kernels;
    this.synapses = synapses;
    this.bias = bias;
    this.batch = spikes.size();
    this.steps = settings.membrane().steps();
    this.trainSteps = spikes.samples().get(0).spikes().steps();
    spikes.checkSteps(trainSteps);
    this.events = new SparseMatrix(spikes.channels());
    for (int row = 0; row < batch; row++) {
      int first = row * trainSteps;
      spikes
          .samples()
          .get(row)
          .spikes()
          .forEach((step, channel) -> events.append(first + step, channel, 1f));
    }
    events.finish(batch * trainSteps);
  }

  @Override
  public boolean write(int k, float[] drive) {
    int step = StepInput.trainStep(k, steps, trainSteps);
    if (k > 1 && step == StepInput.trainStep(k - 1, steps, trainSteps)) {
      return false;
    }
    Synapses.fillRows(batch, bias, drive);
    int neurons = synapses.outputs;
    for (int row = 0; row < batch; row++) {
      int ofStep = row * trainSteps + step;
      events.addRowProduct(kernels, ofStep, neurons, synapses.weights, drive, row * neurons);
    }
    return true;
  }
}
