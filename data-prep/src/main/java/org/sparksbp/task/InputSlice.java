package org.sparksbp.task;

import java.io.Serializable;
import java.util.List;

/**
 * A part of the raw input that one Spark task reads and that becomes one shard of each split.
 *
 * @param number place in the canonical order of the input, from 0
 * @param files paths the slice is read from: images and labels, say, or a recording and its label
 *     file
 * @param from first record of the slice in its files, inclusive
 * @param to last record, exclusive; {@link Long#MAX_VALUE} for all
 * @param split the split of all of the slice's samples, or null where the task decides by sample
 * @param root folder that names of files, where samples are called by them, are told below
 */
public record InputSlice(
    int number, List<String> files, long from, long to, Split split, String root)
    implements Serializable {

  /** A slice whose samples are not called by the names of files. */
  public InputSlice(int number, List<String> files, long from, long to, Split split) {
    this(number, files, from, to, split, "");
  }

  public InputSlice {
    files = List.copyOf(files);
  }
}
