package org.sparksbp.spikingmlp;

import java.util.Arrays;
import org.sparksbp.learner.BatchPosition;

/**
 * Where hidden matrices have their gradient from in one update, as the bits that kernels on a
 * device read; forward.cl has the same.
 */
final class Credit {

  static final int THROUGH_WEIGHTS = 1;
  static final int PROJECTED = 2;
  static final int LOCAL_TERMS = 4;
  static final int WHOLE_UPDATES = 8;
  static final int FLAT_MAGNITUDES = 16;
  static final int WITHOUT_BIASES = 32;
  static final int TRUNCATED = 64;
  static final int RESET_IGNORED = 128;
  static final int OUTPUT_RESET_IGNORED = 256;
  static final int TARGET_PROJECTED = 512;

  private Credit() {}

  /** The bits of an update. */
  static int of(SpikingMlpSettings settings, BatchPosition position) {
    return switch (settings.rule()) {
      case BP -> THROUGH_WEIGHTS;
      case BP_WITHOUT_BIASES -> THROUGH_WEIGHTS | WITHOUT_BIASES;
      case SBP, SBP_LOCAL_ONLY -> truncated(settings) | local(settings);
      case SBP_STEPS_ONLY -> truncated(settings);
      case FLAT -> truncated(settings) | local(settings) | FLAT_MAGNITUDES;
      case FROZEN_HIDDEN -> 0;
      case SBP_UPDATES ->
          settings.isTurnOfBackpropagation(position)
              ? THROUGH_WEIGHTS
              : LOCAL_TERMS | WHOLE_UPDATES | WITHOUT_BIASES;
      case BP_SKIPPED ->
          settings.isTurnOfBackpropagation(position) ? THROUGH_WEIGHTS : WITHOUT_BIASES;
      case BRP -> PROJECTED | RESET_IGNORED | TARGET_PROJECTED;
      case E_PROP -> PROJECTED | RESET_IGNORED | OUTPUT_RESET_IGNORED;
      case NRR -> throw new IllegalArgumentException("not computed on a device: nrr");
    };
  }

  private static int truncated(SpikingMlpSettings settings) {
    return TRUNCATED | WITHOUT_BIASES | (settings.exactSteps().length > 0 ? THROUGH_WEIGHTS : 0);
  }

  private static int local(SpikingMlpSettings settings) {
    return settings.localSteps().length > 0 ? LOCAL_TERMS : 0;
  }

  /** Whether some update of a rule has terms that are not backpropagation's of all steps. */
  static boolean choosesTerms(LearningRule rule) {
    return switch (rule) {
      case SBP, SBP_LOCAL_ONLY, SBP_STEPS_ONLY, FLAT, SBP_UPDATES -> true;
      case BP, BP_WITHOUT_BIASES, FROZEN_HIDDEN, BP_SKIPPED, BRP, E_PROP, NRR -> false;
    };
  }

  /** The random matrices of a rule, {@code [K, N_layer]} of each hidden layer; none if empty. */
  static float[][] feedback(SpikingMlpSettings settings, Topology topology) {
    long seed = settings.seed();
    return switch (settings.rule()) {
      case SBP, SBP_LOCAL_ONLY, FLAT -> SelfBackpropagatedSteps.feedback(topology, seed);
      case SBP_UPDATES -> SelfBackpropagatedUpdates.feedback(topology, seed);
      case BRP, E_PROP -> {
        float[][] ofLayers = RandomProjection.projections(topology, seed);
        yield Arrays.copyOfRange(ofLayers, 1, ofLayers.length);
      }
      default -> new float[0][];
    };
  }

  /** Multiply-accumulates for hidden matrices of a batch, as {@link CreditAssignment} has them. */
  static long multiplyAccumulates(
      int credit, SpikingMlpSettings settings, Topology topology, int size) {
    if ((credit & PROJECTED) != 0) {
      return RandomProjection.multiplyAccumulates(topology, size);
    }
    if ((credit & WHOLE_UPDATES) != 0) {
      return SelfBackpropagatedUpdates.multiplyAccumulates(topology, size);
    }
    long sum = 0;
    if ((credit & LOCAL_TERMS) != 0) {
      int local = settings.localSteps().length;
      sum += SelfBackpropagatedSteps.localMultiplyAccumulates(topology, local, size);
    }
    if ((credit & THROUGH_WEIGHTS) != 0) {
      int exact = (credit & TRUNCATED) != 0 ? settings.exactSteps().length : settings.steps();
      sum += Backpropagation.multiplyAccumulates(topology, exact, size);
    }
    return sum;
  }
}
