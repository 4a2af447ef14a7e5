package org.sparksbp.exchange;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.BarrierTaskInfo;
import org.apache.spark.SparkEnv;
import org.sparksbp.averaging.AveragingRule;
import org.sparksbp.averaging.RangeAverage;
import org.sparksbp.averaging.RangeAverage.Contribution;

/**
 * A worker's part in averaging, round after round. The vector is divided into as many pieces as
 * there are workers; each averages one piece over all of them and gives it to the others. What a
 * worker sends and receives in a round is two vectors, however many workers there are.
 */
public final class DirectAverage implements AutoCloseable {

  private final Peers peers;
  private final int size;
  private final RangeAverage own;
  private final float[][] results;
  private int rounds;

  /**
   * How a round has ended, the same for all workers.
   *
   * @param parameters that the next round starts from, good for that round; of no use if the round
   *     is not sound
   * @param sound whether every worker's outputs are finite
   * @param finite whether the parameters are
   */
  public record Result(float[] parameters, boolean sound, boolean finite) {}

  DirectAverage(Peers peers, AveragingRule rule, int size) {
    this.peers = peers;
    this.size = size;
    this.own = new RangeAverage(rule, first(peers.self()), first(peers.self() + 1));
    this.results = new float[2][size];
  }

  /**
   * Meets the other workers; called by the tasks of a barrier stage, one a worker.
   *
   * @param size length of the flat vector
   * @throws PeerLostException if another worker cannot be reached
   */
  public static DirectAverage meet(
      Meeting meeting, BarrierTaskContext task, AveragingRule rule, int size) {
    String host = SparkEnv.get().blockManager().blockManagerId().host();
    List<String> executors =
        Arrays.stream(task.getTaskInfos()).map(BarrierTaskInfo::address).toList();
    Place place =
        new Place(task.partitionId(), executors, host, task::allGather, task::isInterrupted);
    return new DirectAverage(Peers.meet(meeting, place), rule, size);
  }

  /** Host and port where this process lets other workers in; empty if there is no other process. */
  public String doorway() {
    return peers.doorway();
  }

  /**
   * Averages a round.
   *
   * @param start vector that the round started from
   * @param learned vector that this worker has learned, left alone from now on; of no matter
   *     without samples
   * @param samples that the worker has learned in the round
   * @param sound whether the worker's outputs are finite
   * @throws PeerLostException if another worker ends before
   */
  public Result average(float[] start, float[] learned, long samples, boolean sound) {
    List<Contribution> contributions = new ArrayList<>();
    boolean allSound = sound;
    for (int turn = 1; turn < peers.count(); turn++) {
      int peer = (peers.self() + turn) % peers.count();
      int first = first(peer);
      int length = samples == 0 ? 0 : first(peer + 1) - first;
      peers.link(peer).send(new Message(learned, first, length, samples, sound));
    }
    for (int worker = 0; worker < peers.count(); worker++) {
      if (worker == peers.self()) {
        contributions.add(new Contribution(learned, first(worker), samples));
      } else {
        Message message = peers.link(worker).receive();
        contributions.add(new Contribution(message.values(), message.offset(), message.samples()));
        allSound &= message.sound();
      }
    }
    // A buffer is used again when all others have long taken what they need from it.
    float[] result = results[rounds++ % 2];
    return allSound
        ? new Result(result, true, share(contributions, start, result))
        : new Result(result, false, true);
  }

  /** Averages this worker's piece and exchanges it for the others'; whether all are finite. */
  private boolean share(List<Contribution> contributions, float[] start, float[] result) {
    int from = first(peers.self());
    int to = first(peers.self() + 1);
    own.average(contributions, start, result);
    boolean finite = finite(result, from, to);
    Message piece = new Message(result, from, to - from, 0, finite);
    for (int turn = 1; turn < peers.count(); turn++) {
      peers.link((peers.self() + turn) % peers.count()).send(piece);
    }
    for (int worker = 0; worker < peers.count(); worker++) {
      if (worker != peers.self()) {
        Message message = peers.link(worker).receive();
        System.arraycopy(
            message.values(), message.offset(), result, first(worker), message.length());
        finite &= message.sound();
      }
    }
    return finite;
  }

  /** Waits until the others have all that they need of this worker. */
  public void finish() {
    peers.finish();
  }

  @Override
  public void close() {
    peers.close();
  }

  private int first(int worker) {
    return (int) ((long) size * worker / peers.count());
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
