package org.sparksbp.allreduce;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.BarrierTaskInfo;
import org.sparksbp.averaging.AveragingRule;
import org.sparksbp.averaging.RangeAverage;
import org.sparksbp.averaging.RangeAverage.Contribution;

/**
 * A worker's part in averaging, round after round, as a reduce-scatter and an all-gather: the
 * vector is divided into as many slices as there are workers; each averages one slice over all of
 * them and gives it to the others. What a worker sends and receives in a round is two vectors,
 * however many workers there are.
 */
public final class AllReduce implements AutoCloseable {

  private static final float[] NONE = new float[0];

  private final ProcessGroup group;
  private final int size;
  private final RangeAverage own;
  private final float[][] results;
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

  AllReduce(ProcessGroup group, AveragingRule rule, int size) {
    this.group = group;
    this.size = size;
    this.own = new RangeAverage(rule, first(group.rank()), first(group.rank() + 1));
    this.results = new float[2][size];
  }

  /**
   * Joins the other workers; called by the tasks of a barrier stage, one a worker.
   *
   * @param size length of the flat vector
   * @throws PeerLostException if another worker cannot be reached
   */
  public static AllReduce join(
      Rendezvous rendezvous, BarrierTaskContext task, AveragingRule rule, int size) {
    List<String> executors =
        Arrays.stream(task.getTaskInfos()).map(BarrierTaskInfo::address).toList();
    PeerTopology topology =
        new PeerTopology(
            task.partitionId(),
            executors,
            PeerEndpoint::ofThisProcess,
            task::allGather,
            task::isInterrupted);
    return new AllReduce(ProcessGroup.join(rendezvous, topology, size), rule, size);
  }

  /** Host and port where this process listens for peers; empty if there is no other process. */
  public String listener() {
    return group.listener();
  }

  /**
   * Averages a round.
   *
   * @param start vector that the round started from
   * @param learned vector that this worker has learned, left alone from now on; not looked at
   *     without samples
   * @param samples that the worker has learned in the round
   * @param outputsFinite whether this worker's outputs are
   * @throws PeerLostException if another worker ends before
   */
  public Result average(float[] start, float[] learned, long samples, boolean outputsFinite) {
    List<Contribution> contributions = new ArrayList<>();
    boolean allFinite = outputsFinite;
    for (int turn = 1; turn < group.size(); turn++) {
      int peer = (group.rank() + turn) % group.size();
      group.link(peer).send(slice(peer, learned, samples, outputsFinite));
    }
    for (int worker = 0; worker < group.size(); worker++) {
      if (worker == group.rank()) {
        contributions.add(new Contribution(learned, first(worker), samples));
      } else {
        VectorSlice slice = group.link(worker).receive();
        contributions.add(new Contribution(slice.values(), slice.offset(), slice.samples()));
        allFinite &= slice.finite();
      }
    }
    // A buffer is used again when all others have long taken what they need from it.
    float[] result = results[rounds++ % 2];
    return allFinite
        ? new Result(result, true, share(contributions, start, result))
        : new Result(result, false, true);
  }

  /** What a peer averages of this worker's vector. */
  private VectorSlice slice(int peer, float[] learned, long samples, boolean outputsFinite) {
    int first = first(peer);
    return samples == 0
        ? new VectorSlice(NONE, 0, 0, 0, outputsFinite)
        : new VectorSlice(learned, first, first(peer + 1) - first, samples, outputsFinite);
  }

  /** Averages this worker's slice and exchanges it for the others'; whether all are finite. */
  private boolean share(List<Contribution> contributions, float[] start, float[] result) {
    int from = first(group.rank());
    int to = first(group.rank() + 1);
    own.average(contributions, start, result);
    boolean finite = finite(result, from, to);
    VectorSlice slice = new VectorSlice(result, from, to - from, 0, finite);
    for (int turn = 1; turn < group.size(); turn++) {
      group.link((group.rank() + turn) % group.size()).send(slice);
    }
    for (int worker = 0; worker < group.size(); worker++) {
      if (worker != group.rank()) {
        VectorSlice other = group.link(worker).receive();
        System.arraycopy(other.values(), other.offset(), result, first(worker), other.length());
        finite &= other.finite();
      }
    }
    return finite;
  }

  @Override
  public void close() {
    group.close();
  }

  private int first(int worker) {
    return (int) ((long) size * worker / group.size());
  }

  private static boolean finite(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Float.isFinite(values[i])) {
        return false;
      }
    }
    return true;
  }
}
