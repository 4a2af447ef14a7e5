/**
 * What is known of trials: their records and summaries, in a folder that several sweeps may share,
 * put together where they are many; the driver's index of them; a sweep's own folder; event files
 * for TensorBoard. Nothing here trains.
 */
package org.sparksbp.sweep.results;
