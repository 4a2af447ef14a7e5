package org.sparksbp.spikingmlp;

import org.sparksbp.pack.SampleEncoding;
import org.sparksbp.spike.SpikeTrain;

/**
 * Channels that spike and, for each, the steps in which it does: bit t for step t. A train of one
 * step spikes in all of them.
 */
final class PatternEncoding implements SampleEncoding {

  private final SpikingMlpSettings settings;
  private long[] patterns = new long[0];

  /**
   * An encoding.
   *
   * @param settings of at most 64 steps
   */
  PatternEncoding(SpikingMlpSettings settings) {
    this.settings = settings;
  }

  @Override
  public int words() {
    return settings.steps() > Integer.SIZE ? 2 : 1;
  }

  @Override
  public void encode(SpikeTrain train, Receiver receiver) {
    int stride = settings.stride(train.steps());
    if (stride == 0) {
      throw settings.unfit("", train.steps());
    }
    long all = -1L >>> Long.SIZE - settings.steps();
    patterns = new long[train.channels()];
    train.forEach(
        (step, channel) -> {
          if (step % stride == 0) {
            patterns[channel] |= train.steps() == 1 ? all : 1L << step / stride;
          }
        });
    for (int channel = 0; channel < patterns.length; channel++) {
      if (patterns[channel] != 0) {
        receiver.element(channel, patterns[channel]);
      }
    }
    receiver.endRow();
  }
}
