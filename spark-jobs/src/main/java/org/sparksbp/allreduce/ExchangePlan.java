package org.sparksbp.allreduce;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.sparksbp.averaging.AveragingLevels;
import org.sparksbp.averaging.ReductionTree;
import org.sparksbp.averaging.ReductionTree.Subtree;

/**
 * Who hands which slices of the vector to whom, as one worker sees it. Every worker averages the
 * slice with its own number. What the workers of a process have for it is put together by one of
 * them, and what the processes of a group have by one worker of the group; these are its relays.
 * The average comes back the same way. Everything follows from where the workers run, so all see
 * the same relays without a word.
 */
final class ExchangePlan {

  private final int self;
  private final int workers;

  /** Workers of each process, in the order of their lowest numbers. */
  private final List<List<Integer>> processes;

  private final int[] processOf;
  private final List<List<Integer>> groups = new ArrayList<>();

  /** First process of each group, and the end of the last. */
  private final int[] firstOfGroup;

  /** Group of each process. */
  private final int[] groupOf;

  private final Map<List<Integer>, List<Subtree>> covers = new LinkedHashMap<>();

  /**
   * A plan.
   *
   * @param self number of the worker
   * @param places what each worker runs in, by number
   */
  ExchangePlan(int self, List<String> places, AveragingLevels levels) {
    this.self = self;
    this.workers = places.size();
    Map<String, List<Integer>> byPlace = new LinkedHashMap<>();
    for (int worker = 0; worker < workers; worker++) {
      byPlace.computeIfAbsent(places.get(worker), none -> new ArrayList<>()).add(worker);
    }
    this.processes = List.copyOf(byPlace.values());
    this.processOf = new int[workers];
    this.groupOf = new int[processes.size()];
    int count = levels.groups(processes.size());
    this.firstOfGroup =
        IntStream.rangeClosed(0, count).map(group -> processes.size() * group / count).toArray();
    for (int group = 0; group < count; group++) {
      List<Integer> members = new ArrayList<>();
      for (int process = firstOfGroup[group]; process < firstOfGroup[group + 1]; process++) {
        groupOf[process] = group;
        members.addAll(processes.get(process));
        for (int worker : processes.get(process)) {
          processOf[worker] = process;
        }
      }
      groups.add(members);
    }
  }

  /** Workers of this process. */
  List<Integer> neighbours() {
    return processes.get(processOf[self]);
  }

  /** Slices that a worker of this process relays for it, its own one among them. */
  List<Integer> slicesOfProcess(int neighbour) {
    return IntStream.range(0, workers)
        .filter(slice -> relay(processOf[self], slice) == neighbour)
        .boxed()
        .toList();
  }

  /** Slices that this worker relays for its group, its own one among them. */
  List<Integer> slicesOfGroup() {
    int group = groupOf[processOf[self]];
    return IntStream.range(0, workers)
        .filter(slice -> relayOfGroup(group, slice) == self)
        .boxed()
        .toList();
  }

  /** Who relays a slice for this worker's group. */
  int relayOfGroup(int slice) {
    return relayOfGroup(groupOf[processOf[self]], slice);
  }

  /** Who relays a slice for each of the other processes of this worker's group. */
  List<Integer> relaysOfProcesses(int slice) {
    int own = processOf[self];
    return IntStream.range(0, processes.size())
        .filter(process -> process != own && groupOf[process] == groupOf[own])
        .map(process -> relay(process, slice))
        .boxed()
        .toList();
  }

  /** Who relays this worker's slice for each of the other groups. */
  List<Integer> relaysOfGroups() {
    int own = groupOf[processOf[self]];
    return IntStream.range(0, groups.size())
        .filter(group -> group != own)
        .map(group -> relayOfGroup(group, self))
        .boxed()
        .toList();
  }

  /** Workers of other processes that this one has anything to do with. */
  SortedSet<Integer> peers() {
    SortedSet<Integer> peers = new TreeSet<>();
    for (int slice : slicesOfProcess(self)) {
      peers.add(relayOfGroup(slice));
    }
    for (int slice : slicesOfGroup()) {
      peers.add(slice);
      peers.addAll(relaysOfProcesses(slice));
    }
    peers.addAll(relaysOfGroups());
    peers.removeAll(neighbours());
    return peers;
  }

  /** The parts in which a worker sends what its process has. */
  List<Subtree> partsOfProcess(int worker) {
    return cover(processes.get(processOf[worker]));
  }

  /** The parts in which a worker sends what its group has. */
  List<Subtree> partsOfGroup(int worker) {
    return cover(groups.get(groupOf[processOf[worker]]));
  }

  private int relay(int process, int slice) {
    int ofGroup = relayOfGroup(groupOf[process], slice);
    return processOf[ofGroup] == process ? ofGroup : oneOf(processes.get(process), slice);
  }

  /** The workers of a process have theirs in one process of another group, where that can be. */
  private int relayOfGroup(int group, int slice) {
    int process = processOf[slice];
    int there = groupOf[process];
    if (there == group) {
      return slice;
    }
    int size = firstOfGroup[group + 1] - firstOfGroup[group];
    int relay = firstOfGroup[group] + (process - firstOfGroup[there]) % size;
    return oneOf(processes.get(relay), slice);
  }

  /** All have about as many slices to relay. */
  private static int oneOf(List<Integer> some, int slice) {
    return some.get(slice % some.size());
  }

  private List<Subtree> cover(List<Integer> some) {
    return covers.computeIfAbsent(
        some,
        held -> {
          BitSet numbers = new BitSet();
          held.forEach(numbers::set);
          return ReductionTree.cover(workers, numbers);
        });
  }
}
