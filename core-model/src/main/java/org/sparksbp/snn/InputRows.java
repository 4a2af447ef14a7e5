package org.sparksbp.snn;

import org.sparksbp.pack.SampleEncoding;
import org.sparksbp.spike.SpikeTrain;

/**
 * A sample on a device: a row of its rates and, where its spikes drive the first layer, a row for
 * each step of its train.
 *
 * @param steps of a train whose spikes are held too; 0 for the rates alone
 */
record InputRows(int steps) implements SampleEncoding {

  @Override
  public int rows() {
    return 1 + steps;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if its spikes are held and it has not as many steps
   */
  @Override
  public void encode(SpikeTrain train, Receiver receiver) {
    if (steps > 0 && train.steps() != steps) {
      throw new IllegalArgumentException(
          "Invalid spike train: it has " + train.steps() + " steps, must be " + steps);
    }
    float[] rates = new float[train.channels()];
    train.rates(rates, 0);
    for (int channel = 0; channel < rates.length; channel++) {
      if (rates[channel] != 0f) {
        receiver.element(channel, Float.floatToRawIntBits(rates[channel]));
      }
    }
    receiver.endRow();
    if (steps > 0) {
      encodeSteps(train, receiver);
    }
  }

  private void encodeSteps(SpikeTrain train, Receiver receiver) {
    long spike = Float.floatToRawIntBits(1f);
    int[] ended = {0};
    train.forEach(
        (step, channel) -> {
          while (ended[0] < step) {
            receiver.endRow();
            ended[0]++;
          }
          receiver.element(channel, spike);
        });
    for (; ended[0] < steps; ended[0]++) {
      receiver.endRow();
    }
  }
}
