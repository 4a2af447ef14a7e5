package org.sparksbp.benchmark;

import org.sparksbp.learner.CheckedSettings;

/** A group of measurements that can be asked for by its name. */
public enum BenchmarkPart {
  /** What the machine can do at most; always measured, the others are held against it. */
  MACHINE,
  /** Steps of the plasticity-trained spiking network. */
  SNN,
  /** Steps of the gradient-trained spiking perceptron. */
  SPIKING_MLP,
  /** Steps of the energy-based network. */
  RBM,
  /** Steps of the perceptron of Deeplearning4j. */
  BP_ANN,
  /** Cost of a training step as the network and the batch grow. */
  SIZES,
  /** Training jobs on one worker and more. */
  WORKERS,
  /** Preparing, reading and holding data. */
  DATA;

  /** The name on the command line and in files: lower case with hyphens. */
  @Override
  public String toString() {
    return CheckedSettings.nameOf(this);
  }
}
