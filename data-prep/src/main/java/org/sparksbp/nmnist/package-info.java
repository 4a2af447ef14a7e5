/**
 * Handwritten digits before an event camera that moves in three saccades (G. Orchard et al.,
 * "Converting static image datasets to spiking neuromorphic datasets using saccades", Frontiers in
 * Neuroscience 9:437, 2015): a clip a digit, binned in time and space to frames.
 */
package org.sparksbp.nmnist;
