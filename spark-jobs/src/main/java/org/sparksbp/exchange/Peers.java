package org.sparksbp.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A worker's links to all others of a meeting. */
final class Peers implements AutoCloseable {

  private final int self;
  private final Link[] links;
  private String doorway = "";

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
      peers.linkWithin(meeting, place, waiting);
      if (!meeting.oneProcess()) {
        peers.linkOthers(meeting, place, waiting);
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

  /** Host and port where this process lets workers in; empty if there is no other process. */
  String doorway() {
    return doorway;
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

  private void linkWithin(Meeting meeting, Place place, Waiting waiting) {
    for (int peer = 0; peer < links.length; peer++) {
      if (peer != self && (meeting.oneProcess() || place.isHere(peer))) {
        links[peer] = new ProcessLink(meeting.secret(), self, peer, waiting);
      }
    }
  }

  private void linkOthers(Meeting meeting, Place place, Waiting waiting) throws IOException {
    Doorway here = Doorway.here(place.host());
    doorway = place.host() + ' ' + here.port();
    try {
      for (int peer = self + 1; peer < links.length; peer++) {
        if (links[peer] == null) {
          here.expect(meeting, peer, self);
        }
      }
      Map<String, String> doorways = doorways(meeting, place);
      for (int peer = 0; peer < links.length; peer++) {
        if (peer != self && links[peer] == null) {
          String[] there = doorways.get(place.processes().get(peer)).split(" ", -1);
          InetSocketAddress address = new InetSocketAddress(there[0], Integer.parseInt(there[1]));
          links[peer] =
              new SocketLink(
                  peer > self
                      ? here.letIn(meeting, peer, self, waiting)
                      : Doorway.enter(meeting, self, peer, address, waiting),
                  peer,
                  waiting);
        }
      }
    } finally {
      for (int peer = self + 1; peer < links.length; peer++) {
        here.forget(meeting, peer, self);
      }
    }
  }

  /** All workers see the same processes, and so either all ask or none. */
  private Map<String, String> doorways(Meeting meeting, Place place) {
    if (meeting.doorways().keySet().containsAll(place.processes())) {
      return meeting.doorways();
    }
    String[] told = place.announcement().exchange(doorway);
    Map<String, String> doorways = new TreeMap<>();
    List<String> processes = place.processes();
    for (int worker = 0; worker < told.length; worker++) {
      doorways.put(processes.get(worker), told[worker]);
    }
    return doorways;
  }
}
