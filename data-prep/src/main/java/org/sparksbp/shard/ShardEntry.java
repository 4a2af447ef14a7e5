package org.sparksbp.shard;

import java.io.Serializable;
import org.sparksbp.task.Split;

/**
 * One shard file of a data set.
 *
 * @param file path below the data set's folder, for example {@code data/train-00000.parquet}
 * @param split of all of its samples
 * @param rows number of samples
 * @param bytes size of the file
 * @param sha256 of the file's bytes, in hexadecimal
 */
public record ShardEntry(String file, Split split, long rows, long bytes, String sha256)
    implements Serializable {}
