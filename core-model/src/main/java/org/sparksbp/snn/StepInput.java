package org.sparksbp.snn;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.sparksbp.spike.SpikeBatch;

/**
 * a_0 of every step of the spiking phase, and of the relaxations.
 *
 * @param rates {@code [batch, N_0]}
 * @param ofTrainStep for each step of the spike trains the spikes, {@code [batch, N_0]}; empty if
 *     the rates drive the spiking phase too
 */
record StepInput(INDArray rates, INDArray... ofTrainStep) {

  static StepInput of(SnnSettings settings, SpikeBatch batch, DataType type) {
    INDArray rates =
        Nd4j.createFromArray(batch.rates()).reshape(batch.size(), batch.channels()).castTo(type);
    if (settings.input() == SnnSettings.Input.RATE) {
      return new StepInput(rates);
    }
    int trainSteps = batch.samples().get(0).spikes().steps();
    INDArray[] ofTrainStep = new INDArray[trainSteps];
    for (int step = 0; step < trainSteps; step++) {
      ofTrainStep[step] = Nd4j.zeros(type, batch.size(), batch.channels());
    }
    for (int row = 0; row < batch.size(); row++) {
      int sample = row;
      batch
          .samples()
          .get(row)
          .spikes()
          .forEach((step, channel) -> ofTrainStep[step].putScalar(sample, channel, 1));
    }
    return new StepInput(rates, ofTrainStep);
  }

  /** Step k of S shows step (k - 1) steps / S of the train, k from 1. */
  static int trainStep(int k, int steps, int trainSteps) {
    return (int) ((long) (k - 1) * trainSteps / steps);
  }

  INDArray atStep(int k, int steps) {
    return ofTrainStep.length == 0 ? rates : ofTrainStep[trainStep(k, steps, ofTrainStep.length)];
  }
}
