/**
 * Prepared data as it lies on disk: Parquet shards of spike trains and the manifest that vouches
 * for them. {@link org.sparksbp.shard.ShardSet} is the way to read them, as a Spark data set or on
 * one machine. The format is described in {@code docs/shard-format.md}.
 */
package org.sparksbp.shard;
