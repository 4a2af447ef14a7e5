package org.sparksbp.shard;

/**
 * What became of one kind of records of a raw file.
 *
 * @param file path below the input folder
 * @param unit {@code images}, {@code lines}, {@code events} or {@code clips}
 * @param read how many it has, as far as it was read
 * @param kept how many of them could be used
 * @param dropped how many could not
 */
public record RawRecords(String file, String unit, long read, long kept, long dropped) {}
