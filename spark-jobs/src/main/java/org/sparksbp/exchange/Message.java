package org.sparksbp.exchange;

/**
 * A piece of a vector on its way from one worker to another.
 *
 * @param values hold the piece; not changed before the receiver has done with it
 * @param offset of the piece's first element in the values
 * @param length of the piece
 * @param samples that the sender has learned in the round
 * @param sound whether all that the sender has computed is finite
 */
record Message(float[] values, int offset, int length, long samples, boolean sound) {

  /** The last one of a sender, which has ended, whether well or not. */
  static final Message END = new Message(new float[0], 0, 0, -1, false);
}
