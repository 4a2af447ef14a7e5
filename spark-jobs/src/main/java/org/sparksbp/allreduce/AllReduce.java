package org.sparksbp.allreduce;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.BarrierTaskInfo;
import org.sparksbp.averaging.AveragingLevels;
import org.sparksbp.averaging.AveragingRule;
import org.sparksbp.averaging.RangeAverage;
import org.sparksbp.averaging.RangeAverage.Contribution;
import org.sparksbp.averaging.ReductionTree.Subtree;
import org.sparksbp.learner.FiniteNumbers;

/**
 * A worker's part in averaging, round after round, as a reduce-scatter and an all-gather: the
 * vector is divided into as many slices as there are workers; each averages one slice over all of
 * them and gives it to the others. What goes between two processes is put together first by the
 * workers of one, as an {@link ExchangePlan} says, so a process sends and receives about three
 * vectors in a round, however many workers there are.
 */
public final class AllReduce implements AutoCloseable {

  private static final float[] NONE = new float[0];

  private final ProcessGroup group;
  private final ExchangePlan plan;
  private final AveragingRule rule;
  private final int size;
  private final float[][] results;

  /** Slices that this worker relays for its process, or for its group. */
  private final List<Integer> ofProcess;

  private final List<Integer> ofGroup;
  private final Map<Integer, List<Integer>> ofNeighbours = new HashMap<>();
  private final Map<Integer, RangeAverage> ranges = new HashMap<>();
  private int rounds;

  /**
   * How a round has ended, the same for all workers.
   *
   * @param parameters that the next round starts from, good for that round; of no use if anything
   *     is not finite
   * @param outputsFinite whether every worker's outputs are
   * @param parametersFinite whether the parameters are; not looked at if outputs are not
   */
  public record Result(float[] parameters, boolean outputsFinite, boolean parametersFinite) {}

  /** What is there of a slice: parts of some workers, and whether all that these have is finite. */
  private static final class Gathered {
    private final List<Contribution> parts = new ArrayList<>();
    private boolean finite = true;
  }

  AllReduce(ProcessGroup group, ExchangePlan plan, AveragingRule rule, int size) {
    this.group = group;
    this.plan = plan;
    this.rule = rule;
    this.size = size;
    this.results = new float[2][size];
    this.ofProcess = plan.slicesOfProcess(group.rank());
    this.ofGroup = plan.slicesOfGroup();
    plan.neighbours()
        .forEach(neighbour -> ofNeighbours.put(neighbour, plan.slicesOfProcess(neighbour)));
  }

  /**
   * Joins the other workers; called by the tasks of a barrier stage, one a worker.
   *
   * @param size length of the flat vector
   * @throws PeerLostException if another worker cannot be reached
   */
  public static AllReduce join(
      Rendezvous rendezvous,
      BarrierTaskContext task,
      AveragingLevels levels,
      AveragingRule rule,
      int size) {
    List<String> executors =
        Arrays.stream(task.getTaskInfos()).map(BarrierTaskInfo::address).toList();
    PeerTopology topology =
        new PeerTopology(
            task.partitionId(),
            executors,
            PeerEndpoint::ofThisProcess,
            task::allGather,
            task::isInterrupted);
    return join(rendezvous, topology, levels, rule, size);
  }

  static AllReduce join(
      Rendezvous rendezvous,
      PeerTopology topology,
      AveragingLevels levels,
      AveragingRule rule,
      int size) {
    List<String> places =
        rendezvous.oneProcess()
            ? Collections.nCopies(rendezvous.workers(), "")
            : topology.processes();
    ExchangePlan plan = new ExchangePlan(topology.worker(), places, levels);
    return new AllReduce(ProcessGroup.join(rendezvous, topology, plan, size), plan, rule, size);
  }

  /** Host and port where this process listens for peers; empty if there is no other process. */
  public String listener() {
    return group.listener();
  }

  /**
   * Averages a round.
   *
   * @param start vector that the round started from
   * @param learned vector that this worker has learned, left alone until the next round has ended;
   *     not looked at without samples
   * @param samples that the worker has learned in the round
   * @param outputsFinite whether this worker's outputs are
   * @throws PeerLostException if another worker ends before
   */
  public Result average(float[] start, float[] learned, long samples, boolean outputsFinite) {
    if (group.size() == 1) {
      float[] alone = samples == 0 ? start : learned;
      return new Result(alone, outputsFinite, !outputsFinite || FiniteNumbers.areAll(alone));
    }
    Gathered own = gather(withinProcess(learned, samples, outputsFinite));
    // A buffer is used again when all others have long taken what they need from it.
    float[] result = results[rounds++ % 2];
    boolean finite = true;
    if (own.finite) {
      range(group.rank()).average(group.size(), own.parts, start, result);
      finite = share(result);
    }
    group.recycle();
    return new Result(result, own.finite, finite);
  }

  /** Whole vectors of this process's workers, which stay where they are. */
  private List<VectorSlice> withinProcess(float[] learned, long samples, boolean outputsFinite) {
    VectorSlice own =
        new VectorSlice(samples == 0 ? NONE : learned, 0, size, samples, outputsFinite);
    List<VectorSlice> vectors = new ArrayList<>();
    sendToNeighbours(own);
    for (int neighbour : plan.neighbours()) {
      vectors.add(neighbour == group.rank() ? own : group.link(neighbour).receive());
    }
    return vectors;
  }

  /** Relays all slices for this process and this group; what all workers have for the own one. */
  private Gathered gather(List<VectorSlice> vectors) {
    Map<Integer, Gathered> kept = new HashMap<>();
    for (int slice : ofProcess) {
      Gathered here = gathered(vectors, slice);
      int relay = plan.relayOfGroup(slice);
      if (relay == group.rank()) {
        kept.put(slice, here);
      } else {
        send(relay, slice, here, plan.partsOfProcess(group.rank()));
      }
    }
    for (int slice : ofGroup) {
      for (int relay : plan.relaysOfProcesses(slice)) {
        receive(relay, plan.partsOfProcess(relay), kept.get(slice));
      }
      if (slice != group.rank()) {
        send(slice, slice, kept.remove(slice), plan.partsOfGroup(group.rank()));
      }
    }
    Gathered own = kept.get(group.rank());
    for (int relay : plan.relaysOfGroups()) {
      receive(relay, plan.partsOfGroup(relay), own);
    }
    return own;
  }

  /** What this process's workers have of a slice. */
  private Gathered gathered(List<VectorSlice> vectors, int slice) {
    Gathered here = new Gathered();
    for (int i = 0; i < vectors.size(); i++) {
      VectorSlice vector = vectors.get(i);
      int worker = plan.neighbours().get(i);
      here.parts.add(Contribution.of(worker, vector.values(), first(slice), vector.samples()));
      here.finite &= vector.finite();
    }
    return here;
  }

  private void send(int to, int slice, Gathered gathered, List<Subtree> parts) {
    int length = first(slice + 1) - first(slice);
    for (Subtree part : parts) {
      Contribution sum = range(slice).sum(part, gathered.parts);
      group
          .link(to)
          .send(
              new VectorSlice(
                  sum.values(),
                  sum.sums(),
                  sum.offset(),
                  sum.samples() == 0 ? 0 : length,
                  sum.learned(),
                  sum.samples(),
                  gathered.finite));
    }
  }

  private void receive(int from, List<Subtree> parts, Gathered gathered) {
    for (Subtree part : parts) {
      VectorSlice slice = group.link(from).receive();
      gathered.finite &= slice.finite();
      gathered.parts.add(
          slice.samples() == 0
              ? Contribution.nothing(part)
              : new Contribution(
                  part,
                  slice.values(),
                  slice.sums(),
                  slice.offset(),
                  slice.learned(),
                  slice.samples()));
    }
  }

  /** Exchanges this worker's slice of the result for the others'; whether all are finite. */
  private boolean share(float[] result) {
    boolean[] finite = new boolean[group.size()];
    int self = group.rank();
    finite[self] = FiniteNumbers.areAll(result, first(self), first(self + 1));
    for (int relay : plan.relaysOfGroups()) {
      group.link(relay).send(averaged(result, self, finite));
    }
    for (int slice : ofGroup) {
      if (slice != self) {
        copy(slice, slice, result, finite);
      }
      for (int relay : plan.relaysOfProcesses(slice)) {
        group.link(relay).send(averaged(result, slice, finite));
      }
    }
    for (int slice : ofProcess) {
      int relay = plan.relayOfGroup(slice);
      if (relay != self) {
        copy(relay, slice, result, finite);
      }
      sendToNeighbours(averaged(result, slice, finite));
    }
    for (int neighbour : plan.neighbours()) {
      if (neighbour != self) {
        ofNeighbours.get(neighbour).forEach(slice -> copy(neighbour, slice, result, finite));
      }
    }
    return allTrue(finite);
  }

  private VectorSlice averaged(float[] result, int slice, boolean[] finite) {
    int first = first(slice);
    return new VectorSlice(result, first, first(slice + 1) - first, 0, finite[slice]);
  }

  private void copy(int from, int slice, float[] result, boolean[] finite) {
    VectorSlice other = group.link(from).receive();
    System.arraycopy(other.values(), other.offset(), result, first(slice), other.length());
    finite[slice] = other.finite();
  }

  private void sendToNeighbours(VectorSlice slice) {
    for (int neighbour : plan.neighbours()) {
      if (neighbour != group.rank()) {
        group.link(neighbour).send(slice);
      }
    }
  }

  @Override
  public void close() {
    group.close();
  }

  private RangeAverage range(int slice) {
    return ranges.computeIfAbsent(
        slice, number -> new RangeAverage(rule, first(number), first(number + 1)));
  }

  private int first(int worker) {
    return (int) ((long) size * worker / group.size());
  }

  private static boolean allTrue(boolean[] values) {
    for (boolean value : values) {
      if (!value) {
        return false;
      }
    }
    return true;
  }
}
