package org.sparksbp.allreduce;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A worker's links to all others of a rendezvous, whatever they go through. */
final class ProcessGroup implements AutoCloseable {

  private final int self;
  private final PeerLink[] links;
  private String listener = "";

  private ProcessGroup(int self, int workers) {
    this.self = self;
    this.links = new PeerLink[workers];
  }

  /**
   * Joins the others; returns when this worker has a link to each.
   *
   * @throws PeerLostException if another one cannot be reached
   */
  static ProcessGroup join(Rendezvous rendezvous, PeerTopology topology) {
    ProcessGroup group = new ProcessGroup(topology.worker(), rendezvous.workers());
    KillCheck kill = new KillCheck(topology.killed());
    try {
      group.linkWithinProcess(rendezvous, topology, kill);
      if (!rendezvous.oneProcess()) {
        group.linkOtherProcesses(rendezvous, topology, kill);
      }
      return group;
    } catch (IOException e) {
      group.close();
      throw new UncheckedIOException("Cannot average: workers cannot connect", e);
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

  PeerLink link(int peer) {
    return links[peer];
  }

  /** Host and port where this process listens for peers; empty if there is no other process. */
  String listener() {
    return listener;
  }

  /** Waits until all is sent and received. */
  void finish() {
    forEach(PeerLink::finishSending);
    forEach(PeerLink::awaitEnd);
  }

  @Override
  public void close() {
    forEach(PeerLink::close);
  }

  private void forEach(Consumer<PeerLink> action) {
    for (PeerLink link : links) {
      if (link != null) {
        action.accept(link);
      }
    }
  }

  private void linkWithinProcess(Rendezvous rendezvous, PeerTopology topology, KillCheck kill) {
    for (int peer = 0; peer < links.length; peer++) {
      if (peer != self && (rendezvous.oneProcess() || topology.isInThisProcess(peer))) {
        links[peer] = new SharedMemoryLink(rendezvous.secret(), self, peer, kill);
      }
    }
  }

  /** Of two workers the one with the lower number listens and the other one connects. */
  private void linkOtherProcesses(Rendezvous rendezvous, PeerTopology topology, KillCheck kill)
      throws IOException {
    PeerListener here = PeerListener.ofThisProcess(topology.host());
    listener = topology.host() + ' ' + here.port();
    try {
      for (int peer = self + 1; peer < links.length; peer++) {
        if (links[peer] == null) {
          here.expect(rendezvous, peer, self);
        }
      }
      Map<String, String> listeners = listeners(rendezvous, topology);
      for (int peer = 0; peer < links.length; peer++) {
        if (peer != self && links[peer] == null) {
          String[] there = listeners.get(topology.processes().get(peer)).split(" ", -1);
          InetSocketAddress address = new InetSocketAddress(there[0], Integer.parseInt(there[1]));
          links[peer] =
              new TcpLink(
                  peer > self
                      ? here.accept(rendezvous, peer, self, kill)
                      : PeerListener.connect(rendezvous, self, peer, address, kill),
                  peer,
                  kill);
        }
      }
    } finally {
      for (int peer = self + 1; peer < links.length; peer++) {
        here.expectNoMore(rendezvous, peer, self);
      }
    }
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
