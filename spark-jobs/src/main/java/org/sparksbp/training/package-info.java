/**
 * A training run: its settings, its folder, what it records on its way and the loop over epochs and
 * rounds, which is the same on a cluster and in one thread. The same run gives the same bits,
 * whatever fails and is tried again on the way.
 */
package org.sparksbp.training;
