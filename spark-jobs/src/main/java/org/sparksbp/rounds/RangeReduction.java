package org.sparksbp.rounds;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.sparksbp.averaging.AveragingRule;
import org.sparksbp.averaging.ParameterSum;
import org.sparksbp.averaging.RangeAverage;
import org.sparksbp.averaging.RangeAverage.Contribution;
import scala.Tuple2;

/**
 * Averages large models where the workers are, a range of the flat vector a task, to the bits of an
 * {@link org.sparksbp.averaging.OrderedReduction}: the driver gets the averaged parameters once,
 * not the sums in double precision of up to eight groups of workers.
 *
 * @param rule how the workers' parameters become one
 * @param workers how many there are
 * @param length elements of a range
 */
record RangeReduction(AveragingRule rule, int workers, int length) implements Serializable {

  private static final float[] NONE = new float[0];

  /** Share of what the driver takes at most that sums may be; beyond it ranges are averaged. */
  private static final int SHARE = 16;

  private static final long UNLIMITED = 1L << 30;
  private static final int GROUPS = 8;

  /** Elements of all workers' parameters that a task holds. */
  private static final int MOST_IN_TASK = 1 << 24;

  private static final int LONGEST = 1 << 20;
  private static final int SHORTEST = 1 << 12;

  /**
   * What a worker sends to the task of a range.
   *
   * @param parameters of the range; empty if the worker has learned none
   * @param rest what it has beside parameters, for the first range; else null
   */
  record Piece(int worker, long samples, float[] parameters, RoundSum rest) {}

  /**
   * What the driver gets of a range.
   *
   * @param rest of all workers, of the first range; else null
   */
  record Averaged(int range, float[] parameters, RoundSum rest) {}

  /** What the driver has of a round. */
  record Outcome(float[] parameters, RoundSum rest) {}

  /** Ranges that neither a task nor a record is large for. */
  static RangeReduction of(AveragingRule rule, int workers) {
    return new RangeReduction(
        rule, workers, Math.max(SHORTEST, Math.min(LONGEST, MOST_IN_TASK / workers)));
  }

  /**
   * Whether sums of whole vectors would be much of what the driver takes from a job, {@code
   * spark.driver.maxResultSize}.
   *
   * @param size elements of the flat vector
   */
  static boolean isDue(SparkConf spark, int size, int workers) {
    long limit = spark.getSizeAsBytes("spark.driver.maxResultSize", "1g");
    long sums = (long) size * Double.BYTES * Math.min(workers, GROUPS);
    return workers > 1 && sums > (limit == 0 ? UNLIMITED : limit) / SHARE;
  }

  /**
   * Averages a round.
   *
   * @param results one a partition, in the order of the workers
   * @param start parameters that the round started from
   */
  Outcome reduce(JavaRDD<WorkerResult> results, Broadcast<float[]> start) {
    int size = start.value().length;
    int ranges = (size + length - 1) / length;
    List<Averaged> averaged =
        results
            .mapPartitionsWithIndex((worker, one) -> pieces(worker, one.next(), size), true)
            .mapToPair(piece -> piece)
            .partitionBy(new HashPartitioner(ranges))
            .mapPartitionsWithIndex(
                (range, pieces) -> average(range, pieces, start.value()).iterator(), false)
            .collect();
    float[] parameters = new float[size];
    RoundSum rest = null;
    for (Averaged one : averaged) {
      System.arraycopy(
          one.parameters(), 0, parameters, one.range() * length, one.parameters().length);
      rest = one.rest() == null ? rest : one.rest();
    }
    return new Outcome(parameters, rest);
  }

  private Iterator<Tuple2<Integer, Piece>> pieces(int worker, WorkerResult result, int size) {
    RoundSum rest = RoundSum.of(ParameterSum.NOTHING, result);
    if (result.samples() == 0) {
      return List.of(new Tuple2<>(0, new Piece(worker, 0, NONE, rest))).iterator();
    }
    return IntStream.range(0, (size + length - 1) / length)
        .mapToObj(
            range -> {
              int from = range * length;
              float[] part =
                  Arrays.copyOfRange(result.parameters(), from, Math.min(size, from + length));
              return new Tuple2<>(
                  range, new Piece(worker, result.samples(), part, range == 0 ? rest : null));
            })
        .iterator();
  }

  private List<Averaged> average(
      int range, Iterator<Tuple2<Integer, Piece>> pieces, float[] start) {
    List<Contribution> contributions = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      contributions.add(Contribution.of(worker, NONE, 0, 0));
    }
    RoundSum[] rests = new RoundSum[workers];
    pieces.forEachRemaining(
        keyed -> {
          Piece piece = keyed._2();
          contributions.set(
              piece.worker(),
              Contribution.of(piece.worker(), piece.parameters(), 0, piece.samples()));
          rests[piece.worker()] = piece.rest();
        });
    int from = range * length;
    int to = Math.min(start.length, from + length);
    float[] parameters = new RangeAverage(rule, from, to).average(workers, contributions, start);
    RoundSum rest = range == 0 ? RoundSum.merge(Arrays.asList(rests), rule) : null;
    return List.of(new Averaged(range, parameters, rest));
  }
}
