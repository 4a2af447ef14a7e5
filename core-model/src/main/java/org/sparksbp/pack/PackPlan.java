package org.sparksbp.pack;

/**
 * What a network asks of a device.
 *
 * @param key what the members of a pack must agree in: sizes, steps, all that a program is built
 *     for
 * @param bytesPerMember of a member's parameters and scratch memory
 * @param bytesPerRow of a sample in a batch of a member
 */
public record PackPlan(String key, long bytesPerMember, long bytesPerRow) {

  /**
   * Members for which there is memory, at least 1.
   *
   * @param rows of each that are there at a time
   */
  public int members(long freeBytes, int rows) {
    long ofMember = bytesPerMember + bytesPerRow * rows;
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, freeBytes / ofMember));
  }
}
