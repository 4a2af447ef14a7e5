/**
 * Spike trains as the pipeline carries them from a Parquet shard to the inside of a kernel. A train
 * is a sparse, delta-coded list of events; it becomes dense only inside a batch. Every data set and
 * every model speaks through these types.
 */
package org.sparksbp.spike;
