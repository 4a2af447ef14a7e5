package org.sparksbp.encoding;

import java.io.Serializable;
import org.sparksbp.spike.SpikeTrain;

/** Codes the intensities of one sample as a spike train. */
public interface SpikeEncoder extends Serializable {

  /** Name in settings and manifests, for example {@code regular}. */
  String name();

  /**
   * Codes one sample.
   *
   * @param sampleId decides, with the seed, the draws of a random encoder
   * @param intensities {@code [channels]}, each from 0 to 1
   * @return a train of the encoder's number of steps and {@code intensities.length} channels
   */
  SpikeTrain encode(String sampleId, float[] intensities);
}
