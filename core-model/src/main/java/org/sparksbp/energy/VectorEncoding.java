package org.sparksbp.energy;

import org.sparksbp.learner.InputVector;
import org.sparksbp.pack.SampleEncoding;
import org.sparksbp.spike.SpikeTrain;

/**
 * The input vector of a sample for a device, as {@link org.sparksbp.learner.BatchInput} makes it
 * for the processor.
 */
final class VectorEncoding implements SampleEncoding {

  private final InputVector vector;
  private float[] rates = new float[0];

  VectorEncoding(InputVector vector) {
    this.vector = vector;
  }

  @Override
  public void encode(SpikeTrain train, Receiver receiver) {
    int channels = train.channels();
    switch (vector) {
      case RATE -> {
        if (rates.length != channels) {
          rates = new float[channels];
        }
        train.rates(rates, 0);
        for (int channel = 0; channel < channels; channel++) {
          if (rates[channel] != 0f) {
            receiver.element(channel, Float.floatToRawIntBits(rates[channel]));
          }
        }
      }
      case FLATTENED -> {
        int one = Float.floatToRawIntBits(1f);
        train.forEach((step, channel) -> receiver.element(step * channels + channel, one));
      }
    }
    receiver.endRow();
  }
}
