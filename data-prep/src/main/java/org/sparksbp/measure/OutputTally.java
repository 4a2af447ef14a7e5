package org.sparksbp.measure;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;

/**
 * What becomes of the single outputs, whatever they stand for: how many do not equal their target
 * exactly, and how many give the same for every sample.
 *
 * <p>The first is the error that the program of the study counts for its energy-based network (T.
 * Zhang et al., Science Advances 7(43), eabh0146, 2021): no accuracy, as outputs that are all 0 are
 * wrong in but one of K by it where one of K classes is right. The second tells a network that has
 * run into saturation: it answers every sample alike, and nothing that it learns moves it.
 */
final class OutputTally implements Serializable {

  private static final long serialVersionUID = 1L;

  private final float[] least;
  private final float[] most;
  private long samples;
  private long unequal;

  /**
   * @param outputs number of output neurons, K
   */
  OutputTally(int outputs) {
    least = new float[outputs];
    most = new float[outputs];
    Arrays.fill(least, Float.POSITIVE_INFINITY);
    Arrays.fill(most, Float.NEGATIVE_INFINITY);
  }

  /**
   * Takes a sample in.
   *
   * @param target {@code [K]}
   */
  void add(float[] target, float[] outputs, int offset) {
    samples++;
    for (int i = 0; i < least.length; i++) {
      float output = outputs[offset + i];
      if (output != target[i]) {
        unequal++;
      }
      // An output that is not a number is neither, and so never one that gives the same.
      least[i] = Math.min(least[i], output);
      most[i] = Math.max(most[i], output);
    }
  }

  void merge(OutputTally other) {
    samples += other.samples;
    unequal += other.unequal;
    for (int i = 0; i < least.length; i++) {
      least[i] = Math.min(least[i], other.least[i]);
      most[i] = Math.max(most[i], other.most[i]);
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(samples);
    out.writeLong(unequal);
    for (int i = 0; i < least.length; i++) {
      out.writeFloat(least[i]);
      out.writeFloat(most[i]);
    }
  }

  /** Takes in what {@link #write} has written. */
  void merge(DataInput in) throws IOException {
    samples += in.readLong();
    unequal += in.readLong();
    for (int i = 0; i < least.length; i++) {
      least[i] = Math.min(least[i], in.readFloat());
      most[i] = Math.max(most[i], in.readFloat());
    }
  }

  /** Adds the share of outputs that are not exactly right, and of those that are stuck. */
  void put(Map<String, Double> values) {
    int stuck = 0;
    for (int i = 0; i < least.length; i++) {
      if (samples > 1 && least[i] == most[i]) {
        stuck++;
      }
    }
    values.put(Measure.UNEQUAL_OUTPUTS, (double) unequal / (samples * least.length));
    values.put(Measure.STUCK_OUTPUTS, (double) stuck / least.length);
  }
}
