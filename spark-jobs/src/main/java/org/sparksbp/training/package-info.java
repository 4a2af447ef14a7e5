/**
 * Data-parallel training: every worker holds its part of the samples in memory, learns a round from
 * the same parameters, and the parameters are averaged. The same run gives the same bits, whatever
 * fails and is tried again on the way.
 */
package org.sparksbp.training;
