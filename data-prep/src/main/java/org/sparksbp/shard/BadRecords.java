package org.sparksbp.shard;

import java.io.Serializable;
import java.util.List;

/**
 * Records of the raw input that were skipped.
 *
 * @param count how many records are lost: images, lines, events and clips
 * @param first the first {@value #LISTED} reasons in the order of the input
 */
public record BadRecords(long count, List<BadRecord> first) {

  /** How many reasons are listed one by one. */
  public static final int LISTED = 20;

  public BadRecords {
    first = List.copyOf(first);
  }

  /**
   * Why a record, or several in a row or of a kind, were skipped.
   *
   * @param file raw file, as a path below the input folder
   * @param position where in it: {@code line 7766}, {@code byte 9662157}
   * @param reason what is wrong with it
   */
  public record BadRecord(String file, String position, String reason) implements Serializable {
    @Override
    public String toString() {
      return file + ", " + position + ": " + reason;
    }
  }
}
