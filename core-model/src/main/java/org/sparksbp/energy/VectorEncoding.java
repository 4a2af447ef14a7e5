package org.sparksbp.energy;

import java.util.Arrays;
import org.sparksbp.learner.InputVector;
import org.sparksbp.pack.SampleEncoding;
import org.sparksbp.spike.SpikeTrain;

/**
 * The input vector of a sample for a device, as {@link org.sparksbp.learner.BatchInput} makes it
 * for the processor.
 */
final class VectorEncoding implements SampleEncoding {

  private final InputVector vector;
  private float[] counts = new float[0];

  VectorEncoding(InputVector vector) {
    this.vector = vector;
  }

  @Override
  public void encode(SpikeTrain train, Receiver receiver) {
    int channels = train.channels();
    switch (vector) {
      case RATE -> {
        if (counts.length != channels) {
          counts = new float[channels];
        }
        Arrays.fill(counts, 0f);
        train.forEach((step, channel) -> counts[channel]++);
        for (int channel = 0; channel < channels; channel++) {
          if (counts[channel] != 0f) {
            float rate = counts[channel] / train.steps();
            receiver.element(channel, Float.floatToRawIntBits(rate));
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
