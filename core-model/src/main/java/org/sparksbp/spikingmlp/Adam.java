package org.sparksbp.spikingmlp;

import java.util.List;
import org.sparksbp.kernel.Kernels;

/**
 * The optimiser Adam (D. P. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR 2015,
 * algorithm 1).
 *
 * <p>Its moments and its count of updates are part of the learner's flat vector and are averaged
 * between workers like the weights. Kept per worker, they would belong to weights that the
 * averaging has moved elsewhere, and a run could not go on from the vector alone; averaged, all
 * workers start a round from one state, and one worker is the same as none averaged. The count of
 * updates is a number of its own, so the bias correction survives averaging and resuming. Should a
 * way of combining workers make a second moment negative, it counts as 0.
 */
final class Adam {

  /**
   * @param firstMomentDecay beta_1, per update
   * @param secondMomentDecay beta_2, per update
   * @param epsilon added to the root of the second moment
   */
  record Constants(double firstMomentDecay, double secondMomentDecay, double epsilon) {

    /** The update with that number, from 1. */
    Step step(float update, double learningRate) {
      double firstCorrection = 1 - StrictMath.pow(firstMomentDecay, update);
      double secondCorrection = 1 - StrictMath.pow(secondMomentDecay, update);
      return new Step(
          (float) (learningRate * Math.sqrt(secondCorrection) / firstCorrection),
          (float) (epsilon * Math.sqrt(secondCorrection)));
    }
  }

  private final Constants constants;
  private final Kernels kernels;
  private final Connections firstMoments;
  private final Connections secondMoments;
  private float updates;

  Adam(Topology topology, Constants constants, Kernels kernels) {
    this.constants = constants;
    this.kernels = kernels;
    this.firstMoments = new Connections(topology);
    this.secondMoments = new Connections(topology);
  }

  /**
   * What an update is scaled with.
   *
   * @param size step size, bias corrections included
   * @param epsilon added to the root of the second moment as it is, without its correction
   */
  record Step(float size, float epsilon) {}

  /** Moves the weights against the gradient. */
  void updateInPlace(Connections weights, Connections gradient, double learningRate) {
    updates++;
    Step step = constants.step(updates, learningRate);
    List<float[]> values = weights.arrays();
    for (int i = 0; i < values.size(); i++) {
      kernels.adamInPlace(
          (float) constants.firstMomentDecay(),
          (float) constants.secondMomentDecay(),
          step.size(),
          step.epsilon(),
          gradient.arrays().get(i),
          firstMoments.arrays().get(i),
          secondMoments.arrays().get(i),
          values.get(i));
    }
  }

  boolean isFinite() {
    return firstMoments.areFinite() && secondMoments.areFinite() && Float.isFinite(updates);
  }

  void copyTo(float[] flat, int offset) {
    flat[secondMoments.copyTo(flat, firstMoments.copyTo(flat, offset))] = updates;
  }

  void copyFrom(float[] flat, int offset) {
    updates = flat[secondMoments.copyFrom(flat, firstMoments.copyFrom(flat, offset))];
  }
}
