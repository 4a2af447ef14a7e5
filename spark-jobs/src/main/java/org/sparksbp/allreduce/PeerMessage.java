package org.sparksbp.allreduce;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What goes between two processes: a kind, the direction that it belongs to, and for a {@link
 * Kind#PIECE} a run of a slice's elements. Slices go in pieces so that a slow network shows signs
 * of life between them.
 */
record PeerMessage(Kind kind, Direction direction, ByteBuffer content) {

  /** Elements in a piece at most, of four or eight bytes. */
  static final int PIECE_ELEMENTS = 1 << 18;

  private static final int DIRECTION_BYTES = Rendezvous.SECRET_LENGTH + 2 * Integer.BYTES;

  /** What stands before the elements of a piece. */
  static final int PIECE_BYTES = 2 + Long.BYTES + 3 * Integer.BYTES;

  /** What a message says. */
  enum Kind {
    /** The worker that it comes from is there; answered by whether it is expected. */
    HELLO,
    /** The process that it comes from lives. */
    ALIVE,
    /** Some elements of a slice. */
    PIECE,
    /** The worker that it comes from sends no more. */
    END;

    private static final Kind[] ALL = values();
  }

  /** One without content. */
  static ByteBuffer of(Kind kind, Direction direction) {
    return start(kind, direction, 0).flip();
  }

  /**
   * A piece of a slice.
   *
   * @param first element of the slice that is in the piece, the first of as many as may be
   */
  static ByteBuffer piece(Direction direction, VectorSlice slice, int first) {
    int count = Math.min(PIECE_ELEMENTS, slice.length() - first);
    int bytes = PIECE_BYTES + count * (slice.isWide() ? Double.BYTES : Float.BYTES);
    ByteBuffer message = start(Kind.PIECE, direction, bytes);
    message.put((byte) (slice.finite() ? 1 : 0)).put((byte) (slice.isWide() ? 1 : 0));
    message.putLong(slice.samples()).putInt(slice.learned());
    message.putInt(slice.length()).putInt(first);
    if (slice.isWide()) {
      message.asDoubleBuffer().put(slice.sums(), slice.offset() + first, count);
    } else {
      message.asFloatBuffer().put(slice.values(), slice.offset() + first, count);
    }
    return message.rewind();
  }

  private static ByteBuffer start(Kind kind, Direction direction, int content) {
    ByteBuffer message = ByteBuffer.allocate(1 + DIRECTION_BYTES + content);
    message.put((byte) kind.ordinal());
    message.put(direction.rendezvous().getBytes(StandardCharsets.US_ASCII));
    return message.putInt(direction.from()).putInt(direction.to());
  }

  /**
   * Reads the beginning of a message; the content is left in the buffer.
   *
   * @throws IllegalArgumentException if it is none
   */
  static PeerMessage read(ByteBuffer message) {
    if (message.remaining() < 1 + DIRECTION_BYTES) {
      throw new IllegalArgumentException("Invalid message: " + message.remaining() + " bytes");
    }
    int kind = message.get();
    if (kind < 0 || kind >= Kind.ALL.length) {
      throw new IllegalArgumentException("Invalid message: of kind " + kind);
    }
    byte[] secret = new byte[Rendezvous.SECRET_LENGTH];
    message.get(secret);
    Direction direction =
        new Direction(
            new String(secret, StandardCharsets.US_ASCII), message.getInt(), message.getInt());
    return new PeerMessage(Kind.ALL[kind], direction, message);
  }
}
