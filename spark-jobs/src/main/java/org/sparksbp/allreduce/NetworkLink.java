package org.sparksbp.allreduce;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.TaskKilledException;

/** A link between two workers in different processes, over the connection of these. */
final class NetworkLink implements PeerLink {

  private final PeerEndpoint here;
  private final Direction in;
  private final Mailbox mailbox;
  private final PeerConnection connection;
  private final KillCheck kill;
  private final List<VectorSlice> received = new ArrayList<>();

  /**
   * One end.
   *
   * @param in way from the other worker to this one
   * @param mailbox of this way
   * @param connection on which the other worker is known
   */
  NetworkLink(
      PeerEndpoint here, Direction in, Mailbox mailbox, PeerConnection connection, KillCheck kill) {
    this.here = here;
    this.in = in;
    this.mailbox = mailbox;
    this.connection = connection;
    this.kill = kill;
    connection.linked();
  }

  /** {@inheritDoc} The values may be changed as soon as this returns. */
  @Override
  public void send(VectorSlice slice) {
    int first = 0;
    do {
      connection.send(PeerMessage.piece(in.back(), slice, first));
      first += PeerMessage.PIECE_ELEMENTS;
    } while (first < slice.length());
  }

  @Override
  public VectorSlice receive() {
    VectorSlice last;
    try {
      last = mailbox.poll(KillCheck.INTERVAL_MILLISECONDS);
      while (last == null) {
        kill.check();
        boolean open = connection.isOpen();
        last = mailbox.poll(open ? KillCheck.INTERVAL_MILLISECONDS : 0);
        if (last == null) {
          checkAlive(open);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TaskKilledException("interrupted while it waited for worker " + in.from());
    }
    if (last == VectorSlice.END) {
      throw new PeerLostException("Cannot average: worker " + in.from() + " has ended");
    }
    received.add(last);
    return last;
  }

  @Override
  public void recycle() {
    received.forEach(mailbox::giveBack);
    received.clear();
  }

  /** What comes before a connection ends has been taken when it is no longer open. */
  private void checkAlive(boolean open) {
    if (!open) {
      throw lost("it has closed the connection");
    }
    Duration silence = connection.silence();
    if (silence.compareTo(here.timeout()) > 0) {
      connection.close();
      throw lost("nothing heard of it for " + silence.toSeconds() + " s");
    }
  }

  private PeerLostException lost(String reason) {
    return new PeerLostException(
        "Cannot average: lost worker " + in.from() + " at " + connection + " (" + reason + ")");
  }

  @Override
  public void close() {
    here.close(in);
    connection.unlinked();
    connection.send(PeerMessage.of(PeerMessage.Kind.END, in.back()));
  }
}
