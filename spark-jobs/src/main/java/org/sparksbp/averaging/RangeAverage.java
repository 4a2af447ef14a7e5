package org.sparksbp.averaging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Averages a piece of the flat vector over all workers in one thread, to the bits that an {@link
 * OrderedReduction} of whole {@link ParameterSum}s gives: the same sums in the same order, some
 * thousand elements at a time, which stay in the processor's cache.
 */
public final class RangeAverage {

  private static final int CHUNK = 2048;

  private final int from;
  private final List<AveragingRule> chunks = new ArrayList<>();
  private final int size;

  /**
   * What one worker has learned in the round.
   *
   * @param values hold the worker's parameters of the piece
   * @param offset of the piece's first element in the values
   * @param samples that the worker has learned; 0 if it had none, and then there need be no values
   */
  public record Contribution(float[] values, int offset, long samples) {

    private ParameterSum chunk(int at, int length) {
      return samples == 0
          ? ParameterSum.NOTHING
          : ParameterSum.of(Arrays.copyOfRange(values, offset + at, offset + at + length), samples);
    }
  }

  /**
   * Prepares for a piece.
   *
   * @param from first element of the piece in the flat vector, inclusive
   * @param to end of the piece, exclusive
   */
  public RangeAverage(AveragingRule rule, int from, int to) {
    this.from = from;
    this.size = to - from;
    for (int first = from; first < to; first += CHUNK) {
      chunks.add(rule.range(first, Math.min(to, first + CHUNK)));
    }
  }

  /**
   * Averages.
   *
   * @param workers in the order of their numbers
   * @param start the whole vector that the round started from; not changed
   * @param into a whole vector, whose piece receives the round's result
   */
  public void average(List<Contribution> workers, float[] start, float[] into) {
    average(workers, start, into, from);
  }

  /**
   * Averages.
   *
   * @param workers in the order of their numbers
   * @param start the whole vector that the round started from; not changed
   * @return the piece of the round's result
   */
  public float[] average(List<Contribution> workers, float[] start) {
    float[] piece = new float[size];
    average(workers, start, piece, 0);
    return piece;
  }

  private void average(List<Contribution> workers, float[] start, float[] into, int offset) {
    List<Contribution> learned = workers.stream().filter(one -> one.samples() > 0).toList();
    if (learned.size() < 2) {
      float[] values = learned.isEmpty() ? start : learned.get(0).values();
      int first = learned.isEmpty() ? from : learned.get(0).offset();
      System.arraycopy(values, first, into, offset, size);
      return;
    }
    if (workers.size() <= OrderedReduction.FAN_IN) {
      averageAtOnce(learned, start, into, offset);
    } else {
      averageAsTree(workers, start, into, offset);
    }
  }

  /** Of as many workers as a reduction adds up one after the other: no sum need be kept apart. */
  private void averageAtOnce(List<Contribution> learned, float[] start, float[] into, int offset) {
    long samples = learned.stream().mapToLong(Contribution::samples).sum();
    double[] sum = new double[CHUNK];
    int at = 0;
    for (AveragingRule rule : chunks) {
      Arrays.fill(sum, 0);
      for (Contribution worker : learned) {
        rule.addInPlace(sum, worker.values(), worker.offset() + at, worker.samples());
      }
      rule.writeResult(start, from + at, sum, learned.size(), samples, into, offset + at);
      at += rule.size();
    }
  }

  private void averageAsTree(List<Contribution> workers, float[] start, float[] into, int offset) {
    int at = 0;
    for (AveragingRule rule : chunks) {
      int first = at;
      int length = Math.min(CHUNK, size - at);
      List<ParameterSum> parts =
          workers.stream().map(worker -> worker.chunk(first, length)).toList();
      float[] result =
          OrderedReduction.inThisThread(parts, sums -> ParameterSum.merge(sums, rule))
              .result(Arrays.copyOfRange(start, from + at, from + at + length), rule);
      System.arraycopy(result, 0, into, offset + at, length);
      at += length;
    }
  }
}
