package org.sparksbp.energy;

import org.sparksbp.learner.LayerSizes;
import org.sparksbp.learner.Work;

/**
 * What a network spends on a sample. Its layers send graded states, and its input is one vector, so
 * all of it are multiply-accumulates.
 *
 * @param learning multiply-accumulates of learning it
 * @param inference multiply-accumulates of inferring it
 */
record EnergyWork(long learning, long inference) {

  /**
   * Both phases, and the products of the matrices that learn: W_0's one, the others' two.
   *
   * @param firstLearned see {@link ParameterScales}
   */
  static EnergyWork of(EnergySettings settings, LayerSizes sizes, int firstLearned) {
    long input = sizes.synapses(0);
    long step = 2 * (sizes.allSynapses() - input);
    long learning = input + step * (settings.freeSteps() + settings.clampedSteps());
    for (int matrix = firstLearned; matrix < sizes.matrices(); matrix++) {
      learning += sizes.synapses(matrix) * (matrix == 0 ? 1 : 2);
    }
    return new EnergyWork(learning, input + step * settings.inferenceSteps());
  }

  Work learned(int samples) {
    return Work.graded(learning * samples);
  }

  Work inferred(int samples) {
    return Work.graded(inference * samples);
  }
}
