package org.sparksbp.allreduce;

import java.nio.ByteBuffer;
import org.sparksbp.allreduce.PeerMessage.Kind;

/** Takes messages of peers for tests of other packages. */
public final class MessageInput {

  private static final int ELEMENTS = 40;
  private static final Direction DIRECTION =
      new Direction("0".repeat(Rendezvous.SECRET_LENGTH), 0, 1);

  private MessageInput() {}

  /** Takes a message, then a right one, at a mailbox that is open to all. */
  public static void take(byte[] message) {
    Mailbox mailbox = new Mailbox(ELEMENTS);
    mailbox.introduce(null);
    mailbox.take(null, PeerMessage.read(ByteBuffer.wrap(message)));
    mailbox.take(null, PeerMessage.read(ByteBuffer.wrap(message)));
  }

  /** A message of a worker; those of a slice are one piece. */
  public static byte[] message(String kind) {
    Kind of = Kind.valueOf(kind);
    VectorSlice slice = new VectorSlice(new float[ELEMENTS], null, 0, ELEMENTS, 3, 12, true);
    return of == Kind.PIECE
        ? PeerMessage.piece(DIRECTION, slice, 0).array()
        : PeerMessage.of(of, DIRECTION).array();
  }
}
