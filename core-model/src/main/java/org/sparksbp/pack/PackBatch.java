package org.sparksbp.pack;

import org.sparksbp.device.DeviceBuffer;

/**
 * One batch of each of some members, on the device. A work-group of the {@code a}-th of them reads
 * its member's number from {@code memberOf[a]}; what the round holds for row r of its batch is at
 * {@code a * stride + firstRow + r}.
 *
 * @param members how many take part
 * @param rows samples of each one's batch
 * @param firstRow of the batch in the round
 * @param number of the batch in the round, from 0
 * @param round what all batches of the round share
 * @param samples that are held
 */
public record PackBatch(
    int members, int rows, int firstRow, int number, PackRound round, SampleStore samples) {

  /** Rows of a member in the round's arrays. */
  public int stride() {
    return round.stride();
  }

  /** {@code [members]}. */
  public DeviceBuffer memberOf() {
    return round.memberOf();
  }

  /** Where the rows' samples are held, {@code [members, stride]}. */
  public DeviceBuffer slots() {
    return round.slots();
  }

  /** {@code [members, stride]}, of 8 bytes each. */
  public DeviceBuffer keys() {
    return round.keys();
  }

  /** {@code [members, batches, scalars]}; a member's begin at {@code a * scalarStride()}. */
  public DeviceBuffer scalars() {
    return round.scalars();
  }

  /** Scalars of all batches of a member. */
  public int scalarStride() {
    return round.scalarStride();
  }

  /** {@code [members, stride, outputs]}. */
  public DeviceBuffer outputs() {
    return round.outputs();
  }

  /** {@code [members, stride, counts]}. */
  public DeviceBuffer counts() {
    return round.counts();
  }
}
