/**
 * The energy-based network (the study's RBM): states of the neurons relax towards a minimum of an
 * energy, freely and weakly clamped to the target, and the parameters follow the difference of the
 * energy's gradients at the two ends. The energies without and with self-backpropagation differ in
 * a few coefficients only, see {@link org.sparksbp.energy.Energy}. The states of the training
 * samples persist in the worker's memory.
 */
package org.sparksbp.energy;
