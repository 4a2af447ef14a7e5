package org.sparksbp.spikingmlp;

import org.sparksbp.pack.SampleEncoding;
import org.sparksbp.spike.SpikeTrain;

/**
 * Channels that may spike and, for each, the least of 2^24 equally likely numbers that is no spike:
 * what {@link SpikeRaster#draw} draws with.
 */
final class RateEncoding implements SampleEncoding {

  private float[] rates = new float[0];

  @Override
  public void encode(SpikeTrain train, Receiver receiver) {
    rates = rates.length == train.channels() ? rates : new float[train.channels()];
    train.rates(rates, 0);
    for (int channel = 0; channel < rates.length; channel++) {
      if (rates[channel] > 0f) {
        receiver.element(channel, SpikeRaster.leastWithoutSpike(rates[channel]));
      }
    }
    receiver.endRow();
  }
}
