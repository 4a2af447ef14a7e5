package org.sparksbp.allreduce;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Puts the slices together that one worker sends another one here. Takes nothing from others than
 * the connection by which the sender has made itself known.
 */
final class Mailbox {

  private static final float[] NONE = new float[0];

  private final int mostElements;
  private final BlockingQueue<VectorSlice> slices = new LinkedBlockingQueue<>();
  private final Queue<VectorSlice> spare = new ConcurrentLinkedQueue<>();
  private PeerConnection sender;
  private float[] values = NONE;
  private double[] sums;
  private int filled;

  /**
   * An empty one.
   *
   * @param mostElements of a slice; a longer one is no slice
   */
  Mailbox(int mostElements) {
    this.mostElements = mostElements;
  }

  /**
   * The sender makes itself known.
   *
   * @return whether it may send
   */
  synchronized boolean introduce(PeerConnection connection) {
    if (sender == null || !sender.isOpen()) {
      sender = connection;
      notifyAll();
    }
    return sender == connection;
  }

  /** Waits a while for the sender to make itself known; null if it does not. */
  synchronized PeerConnection sender(long milliseconds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
    for (long left = milliseconds; sender == null && left > 0; ) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
    return sender;
  }

  /** The next whole slice; null if none comes for a while. */
  VectorSlice poll(long milliseconds) throws InterruptedException {
    return slices.poll(milliseconds, TimeUnit.MILLISECONDS);
  }

  /** What a slice from here was in is not needed any more. */
  void giveBack(VectorSlice slice) {
    spare.add(slice);
  }

  /**
   * Takes a message. Those of one connection come one after another, in order.
   *
   * @throws IllegalArgumentException if it does not go on where the one before has ended
   */
  synchronized void take(PeerConnection connection, PeerMessage message) {
    if (connection != sender) {
      throw new IllegalArgumentException("Invalid message: from a stranger, " + connection);
    }
    if (message.kind() == PeerMessage.Kind.END) {
      slices.add(VectorSlice.END);
    } else if (message.kind() == PeerMessage.Kind.PIECE) {
      takePiece(message.content());
    }
  }

  private void takePiece(ByteBuffer content) {
    if (content.remaining() < PeerMessage.PIECE_BYTES) {
      throw new IllegalArgumentException(
          "Invalid message: a piece of " + content.remaining() + " bytes");
    }
    boolean finite = content.get() == 1;
    boolean wide = content.get() == 1;
    long samples = content.getLong();
    int learned = content.getInt();
    int length = content.getInt();
    int first = content.getInt();
    int count = content.remaining() / (wide ? Double.BYTES : Float.BYTES);
    if (length < 0
        || length > mostElements
        || first != filled
        || count > length - first
        || (first > 0 && wide != (sums != null))) {
      throw new IllegalArgumentException(
          "Invalid message: elements "
              + first
              + " and "
              + count
              + " on of "
              + length
              + ", where "
              + filled
              + " were there of "
              + mostElements
              + " at most");
    }
    if (first == 0) {
      begin(length, wide);
    }
    if (sums != null) {
      content.asDoubleBuffer().get(sums, first, count);
    } else {
      content.asFloatBuffer().get(values, first, count);
    }
    filled = first + count;
    if (filled == length) {
      filled = 0;
      slices.add(new VectorSlice(values, sums, 0, length, learned, samples, finite));
    }
  }

  /** A slice that was given back is filled anew if it has room and the same precision. */
  private void begin(int length, boolean wide) {
    VectorSlice used = spare.poll();
    boolean fits =
        used != null
            && used.isWide() == wide
            && (wide ? used.sums().length : used.values().length) >= length;
    values = wide ? NONE : fits ? used.values() : new float[length];
    sums = wide ? fits ? used.sums() : new double[length] : null;
  }
}
