package org.sparksbp.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A worker's links to all others of a meeting. */
final class Peers implements AutoCloseable {

  private final int self;
  private final Link[] links;

  private Peers(int self, int workers) {
    this.self = self;
    this.links = new Link[workers];
  }

  /**
   * Meets the others; returns when this worker has a link to each.
   *
   * @throws PeerLostException if another one cannot be reached
   */
  static Peers meet(Meeting meeting, Place place) {
    Peers peers = new Peers(place.worker(), meeting.workers());
    Waiting waiting = new Waiting(place.killed());
    try {
      if (meeting.oneProcess()) {
        peers.linkWithin(meeting, waiting);
      } else {
        peers.link(meeting, place, waiting);
      }
      return peers;
    } catch (IOException e) {
      peers.close();
      throw new UncheckedIOException("Cannot average: workers cannot connect", e);
    } catch (RuntimeException e) {
      peers.close();
      throw e;
    }
  }

  int self() {
    return self;
  }

  int count() {
    return links.length;
  }

  Link link(int peer) {
    return links[peer];
  }

  /** Waits until all is sent and received. */
  void finish() {
    forEach(Link::finishSending);
    forEach(Link::awaitEnd);
  }

  @Override
  public void close() {
    forEach(Link::close);
  }

  private void forEach(Consumer<Link> action) {
    for (Link link : links) {
      if (link != null) {
        action.accept(link);
      }
    }
  }

  private void linkWithin(Meeting meeting, Waiting waiting) {
    for (int peer = 0; peer < links.length; peer++) {
      if (peer != self) {
        links[peer] = new ProcessLink(meeting.secret(), self, peer, waiting);
      }
    }
  }

  private void link(Meeting meeting, Place place, Waiting waiting) throws IOException {
    linkWithin(meeting, waiting);
    try (Doorway doorway = new Doorway(meeting, place.host(), waiting)) {
      String[] places =
          place
              .announcement()
              .exchange(place.process() + ' ' + place.host() + ' ' + doorway.port());
      List<Integer> expected = new ArrayList<>();
      for (int peer = 0; peer < links.length; peer++) {
        String[] there = places[peer].split(" ", -1);
        if (peer == self || there[0].equals(place.process())) {
          continue;
        }
        links[peer].close();
        links[peer] = null;
        if (peer > self) {
          expected.add(peer);
        } else {
          links[peer] =
              new SocketLink(
                  Doorway.enter(meeting, self, there[1], Integer.parseInt(there[2])),
                  peer,
                  waiting);
        }
      }
      letIn(expected, doorway, waiting);
    }
  }

  private void letIn(List<Integer> expected, Doorway doorway, Waiting waiting) throws IOException {
    while (!expected.isEmpty()) {
      Doorway.Visitor visitor = doorway.letIn();
      if (expected.remove((Integer) visitor.worker())) {
        links[visitor.worker()] = new SocketLink(visitor.socket(), visitor.worker(), waiting);
      } else {
        visitor.socket().close();
      }
    }
  }
}
