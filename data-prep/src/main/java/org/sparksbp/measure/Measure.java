package org.sparksbp.measure;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import java.util.SortedMap;
import org.sparksbp.spike.Sample;

/** Sums over samples from which a task's accuracies follow. */
public interface Measure extends Serializable {

  /** Share of outputs that do not equal their target exactly; no accuracy of any kind. */
  String UNEQUAL_OUTPUTS = "unequal-outputs";

  /** Share of outputs that give the same for every sample. */
  String STUCK_OUTPUTS = "stuck-outputs";

  /**
   * Standard error of the error as a mean over samples that are independent of each other; of those
   * that are not, letters of a word or frames of a clip, it is too small.
   */
  String STANDARD_ERROR = "standard-error";

  /**
   * Takes one sample's outputs in.
   *
   * @param outputs activities of the output neurons; those of this sample start at {@code offset}
   */
  void add(Sample sample, float[] outputs, int offset);

  /** Takes in what another measure of the same kind has collected. */
  void merge(Measure other);

  /**
   * Writes the sums, on their way from a worker or into the checkpoint of an epoch that has not
   * ended.
   */
  void write(DataOutput out) throws IOException;

  /** Takes in what a measure of the same kind has written. */
  void merge(DataInput in) throws IOException;

  /** Number of samples taken in. */
  long samples();

  /** The error, from 0 to 1, that epochs are counted by in the cost metric. */
  double error();

  /**
   * Standard error of a mean.
   *
   * @param sum over the samples
   * @param squares sum of the squares over the samples
   * @param samples how many
   */
  static double standardError(double sum, double squares, long samples) {
    double mean = sum / samples;
    return Math.sqrt(Math.max(0, squares / samples - mean * mean) / samples);
  }

  /** All of the task's measures by name, {@code error} among them; fractions from 0 to 1. */
  SortedMap<String, Double> values();

  /** How outputs are read as exclusive classes; empty where the task has none. */
  default Optional<Classifier> classifier() {
    return Optional.empty();
  }
}
