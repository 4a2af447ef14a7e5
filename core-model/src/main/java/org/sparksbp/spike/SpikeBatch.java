package org.sparksbp.spike;

import java.util.List;

/** Some samples that a learner takes together, all with the same number of channels and outputs. */
public final class SpikeBatch {

  private final List<Sample> samples;
  private final int channels;
  private final int outputs;

  /**
   * @throws IllegalArgumentException if there is no sample or their shapes differ
   */
  public SpikeBatch(List<Sample> samples) {
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("Invalid batch: no samples");
    }
    this.samples = List.copyOf(samples);
    this.channels = samples.get(0).spikes().channels();
    this.outputs = samples.get(0).target().length;
    for (Sample sample : samples) {
      if (sample.spikes().channels() != channels || sample.target().length != outputs) {
        throw new IllegalArgumentException(
            "Invalid batch: "
                + sample.id()
                + " has "
                + sample.spikes().channels()
                + " channels and "
                + sample.target().length
                + " outputs, "
                + samples.get(0).id()
                + " has "
                + channels
                + " and "
                + outputs);
      }
    }
  }

  /**
   * Checks that a network can take the batch.
   *
   * @param networkChannels input channels of the network
   * @param networkOutputs output neurons of the network
   * @throws IllegalArgumentException if the batch has others
   */
  public void checkShape(int networkChannels, int networkOutputs) {
    if (channels != networkChannels || outputs != networkOutputs) {
      throw new IllegalArgumentException(
          "Invalid batch: "
              + channels
              + " channels and "
              + outputs
              + " outputs, this network has "
              + networkChannels
              + " and "
              + networkOutputs);
    }
  }

  /**
   * Checks that all spike trains are as long.
   *
   * @throws IllegalArgumentException naming a sample that has not as many time steps
   */
  public void checkSteps(int steps) {
    for (Sample sample : samples) {
      if (sample.spikes().steps() != steps) {
        throw new IllegalArgumentException(
            "Invalid batch: "
                + sample.id()
                + " has "
                + sample.spikes().steps()
                + " steps, must be "
                + steps);
      }
    }
  }

  public List<Sample> samples() {
    return samples;
  }

  public int size() {
    return samples.size();
  }

  public int channels() {
    return channels;
  }

  public int outputs() {
    return outputs;
  }

  /** Firing rates, spikes per step, {@code [batch, channels]} row by row. */
  public float[] rates() {
    float[] rates = new float[size() * channels];
    for (int row = 0; row < size(); row++) {
      samples.get(row).spikes().rates(rates, row * channels);
    }
    return rates;
  }

  /** Desired outputs, {@code [batch, outputs]} row by row. */
  public float[] targets() {
    float[] targets = new float[size() * outputs];
    for (int row = 0; row < size(); row++) {
      System.arraycopy(samples.get(row).target(), 0, targets, row * outputs, outputs);
    }
    return targets;
  }
}
