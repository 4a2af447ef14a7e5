/**
 * What can be said of runs over several seeds: mean, spread and interval of an arm, and tests
 * between arms that have the same seeds. Nothing is smoothed and no seed is dropped.
 */
package org.sparksbp.statistics;
