package org.sparksbp.snn;

/**
 * Constants of the homeostatic and the weakly clamped relaxation.
 *
 * @param rate epsilon, share of the way to the local fixed point that an iteration goes
 * @param clamping beta, strength of the pull towards the target, not 0
 * @param homeostaticIterations of the free phase
 * @param clampedIterations of the weakly clamped phase
 */
record RelaxationConstants(
    double rate, double clamping, int homeostaticIterations, int clampedIterations) {}
