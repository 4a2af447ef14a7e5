package org.sparksbp.allreduce;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A worker's links to those others of a rendezvous that it exchanges slices with, whatever they go
 * through.
 */
final class ProcessGroup implements AutoCloseable {

  private final int self;
  private final PeerLink[] links;
  private String listener = "";

  private ProcessGroup(int self, int workers) {
    this.self = self;
    this.links = new PeerLink[workers];
  }

  /**
   * Joins the others; returns when this worker has a link to each that it needs.
   *
   * @param plan of the same worker
   * @param mostElements of a slice that is sent
   * @throws PeerLostException if another one cannot be reached
   */
  static ProcessGroup join(
      Rendezvous rendezvous, PeerTopology topology, ExchangePlan plan, int mostElements) {
    ProcessGroup group = new ProcessGroup(topology.worker(), rendezvous.workers());
    KillCheck kill = new KillCheck(topology.killed());
    try {
      group.linkWithinProcess(rendezvous, plan, kill);
      if (!rendezvous.oneProcess()) {
        group.linkOtherProcesses(rendezvous, topology, plan, mostElements, kill);
      }
      return group;
    } catch (RuntimeException e) {
      group.close();
      throw e;
    }
  }

  /** Number of this worker. */
  int rank() {
    return self;
  }

  /** Workers in the group, this one among them. */
  int size() {
    return links.length;
  }

  /** The link to a worker of the same process, or one that the plan needs. */
  PeerLink link(int peer) {
    return links[peer];
  }

  /** Host and port where this process listens for peers; empty if there is no other process. */
  String listener() {
    return listener;
  }

  /** What has been received over any link is not needed any more. */
  void recycle() {
    for (PeerLink link : links) {
      if (link != null) {
        link.recycle();
      }
    }
  }

  @Override
  public void close() {
    for (PeerLink link : links) {
      if (link != null) {
        link.close();
      }
    }
  }

  private void linkWithinProcess(Rendezvous rendezvous, ExchangePlan plan, KillCheck kill) {
    for (int peer : plan.neighbours()) {
      if (peer != self) {
        links[peer] = new SharedMemoryLink(rendezvous.secret(), self, peer, kill);
      }
    }
  }

  /**
   * Of two processes always the same one connects, so that one connection does for all of their
   * workers.
   */
  private void linkOtherProcesses(
      Rendezvous rendezvous,
      PeerTopology topology,
      ExchangePlan plan,
      int mostElements,
      KillCheck kill) {
    PeerEndpoint here = topology.endpoint().get();
    listener = here.address();
    Map<Integer, Mailbox> mailboxes = new TreeMap<>();
    for (int peer : plan.peers()) {
      Direction in = new Direction(rendezvous.secret(), peer, self);
      mailboxes.put(peer, here.open(in, mostElements));
    }
    try {
      Map<String, String> listeners = listeners(rendezvous, topology);
      mailboxes.forEach(
          (peer, mailbox) -> {
            Direction in = new Direction(rendezvous.secret(), peer, self);
            PeerConnection connection =
                topology.connectsTo(peer)
                    ? here.connect(in, mailbox, address(listeners, topology, peer), kill)
                    : here.accept(in, mailbox, kill);
            links[peer] = new NetworkLink(here, in, mailbox, connection, kill);
          });
    } catch (RuntimeException e) {
      mailboxes
          .keySet()
          .forEach(peer -> here.close(new Direction(rendezvous.secret(), peer, self)));
      throw e;
    }
  }

  private static InetSocketAddress address(
      Map<String, String> listeners, PeerTopology topology, int peer) {
    String[] there = listeners.get(topology.processes().get(peer)).split(" ", -1);
    return InetSocketAddress.createUnresolved(there[0], Integer.parseInt(there[1]));
  }

  /** All workers see the same processes, and so either all gather or none. */
  private Map<String, String> listeners(Rendezvous rendezvous, PeerTopology topology) {
    if (rendezvous.listeners().keySet().containsAll(topology.processes())) {
      return rendezvous.listeners();
    }
    String[] told = topology.allGather().gather(listener);
    Map<String, String> listeners = new TreeMap<>();
    List<String> processes = topology.processes();
    for (int worker = 0; worker < told.length; worker++) {
      listeners.put(processes.get(worker), told[worker]);
    }
    return listeners;
  }
}
