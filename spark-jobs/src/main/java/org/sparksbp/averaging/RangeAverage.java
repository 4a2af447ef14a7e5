package org.sparksbp.averaging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sparksbp.averaging.ReductionTree.Subtree;

/**
 * Adds up and averages a piece of the flat vector in one thread, to the bits that an {@link
 * OrderedReduction} of whole {@link ParameterSum}s gives: the same sums by the same {@link
 * ReductionTree}, some thousand elements at a time, which stay in the processor's cache.
 */
public final class RangeAverage {

  private static final int CHUNK = 2048;
  private static final float[] NONE = new float[0];

  private final int from;
  private final List<AveragingRule> chunks = new ArrayList<>();
  private final int size;

  /**
   * What the workers of a subtree have learned in the round: the parameters of one of them, or sums
   * of those of several.
   *
   * @param workers that it is of, whether they have learned or not
   * @param values parameters; empty if there are sums, or nothing was learned
   * @param sums of parameters with their weights; null if there are none
   * @param offset of the piece's first element in the values or sums
   * @param learned how many of the workers have learned
   * @param samples that these have learned
   */
  public record Contribution(
      Subtree workers, float[] values, double[] sums, int offset, int learned, long samples) {

    /**
     * Of one worker.
     *
     * @param samples that it has learned; 0 if it had none, and then there need be no values
     */
    public static Contribution of(int worker, float[] values, int offset, long samples) {
      return samples == 0
          ? nothing(Subtree.of(worker))
          : new Contribution(Subtree.of(worker), values, null, offset, 1, samples);
    }

    /** Of workers that have learned nothing. */
    public static Contribution nothing(Subtree workers) {
      return new Contribution(workers, NONE, null, 0, 0, 0);
    }

    private Contribution as(Subtree all) {
      return new Contribution(all, values, sums, offset, learned, samples);
    }

    private void addTo(double[] sum, int at, AveragingRule rule) {
      if (sums == null) {
        rule.addInPlace(sum, values, offset + at, samples);
      } else {
        for (int i = 0; i < rule.size(); i++) {
          sum[i] += sums[offset + at + i];
        }
      }
    }
  }

  /** A contribution, or what two terms come to; those that have learned nothing are left out. */
  private record Term(Contribution given, Term left, Term right) {

    private static final Term NOTHING = new Term(null, null, null);

    static Term of(Subtree workers, List<Contribution> parts) {
      Map<Subtree, Contribution> given = new HashMap<>();
      parts.forEach(part -> given.put(part.workers(), part));
      return ReductionTree.reduce(
          workers,
          tree -> given.containsKey(tree) ? of(given.get(tree)) : null,
          (left, right) ->
              left == NOTHING ? right : right == NOTHING ? left : new Term(null, left, right));
    }

    private static Term of(Contribution given) {
      return given.samples() == 0 ? NOTHING : new Term(given, null, null);
    }

    int learned() {
      return given == null ? left.learned() + right.learned() : given.learned();
    }

    long samples() {
      return given == null ? left.samples() + right.samples() : given.samples();
    }

    /** Writes what it comes to over zeros, which is as exact as adding the left term's own sum. */
    void writeTo(double[] zeros, int at, AveragingRule rule) {
      if (given != null) {
        given.addTo(zeros, at, rule);
        return;
      }
      left.writeTo(zeros, at, rule);
      if (right.given != null) {
        right.given.addTo(zeros, at, rule);
        return;
      }
      double[] ofRight = new double[rule.size()];
      right.writeTo(ofRight, at, rule);
      for (int i = 0; i < ofRight.length; i++) {
        zeros[i] += ofRight[i];
      }
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
   * Adds up the workers of a subtree.
   *
   * @param parts that have all workers of it, and maybe others
   */
  public Contribution sum(Subtree workers, List<Contribution> parts) {
    Term term = Term.of(workers, parts);
    if (term == Term.NOTHING) {
      return Contribution.nothing(workers);
    }
    if (term.given() != null) {
      return term.given().as(workers);
    }
    double[] sums = new double[size];
    double[] sum = new double[CHUNK];
    int at = 0;
    for (AveragingRule rule : chunks) {
      Arrays.fill(sum, 0);
      term.writeTo(sum, at, rule);
      System.arraycopy(sum, 0, sums, at, rule.size());
      at += rule.size();
    }
    return new Contribution(workers, NONE, sums, 0, term.learned(), term.samples());
  }

  /**
   * Averages.
   *
   * @param all how many workers there are
   * @param parts that have all workers
   * @param start the whole vector that the round started from; not changed
   * @param into a whole vector, whose piece receives the round's result
   */
  public void average(int all, List<Contribution> parts, float[] start, float[] into) {
    average(all, parts, start, into, from);
  }

  /**
   * Averages.
   *
   * @param all how many workers there are
   * @param parts that have all workers
   * @param start the whole vector that the round started from; not changed
   * @return the piece of the round's result
   */
  public float[] average(int all, List<Contribution> parts, float[] start) {
    float[] piece = new float[size];
    average(all, parts, start, piece, 0);
    return piece;
  }

  private void average(int all, List<Contribution> parts, float[] start, float[] into, int offset) {
    Term term = Term.of(ReductionTree.of(all), parts);
    if (term == Term.NOTHING) {
      System.arraycopy(start, from, into, offset, size);
      return;
    }
    if (term.given() != null && term.given().sums() == null) {
      System.arraycopy(term.given().values(), term.given().offset(), into, offset, size);
      return;
    }
    double[] sum = new double[CHUNK];
    int at = 0;
    for (AveragingRule rule : chunks) {
      Arrays.fill(sum, 0);
      term.writeTo(sum, at, rule);
      rule.writeResult(start, from + at, sum, term.learned(), term.samples(), into, offset + at);
      at += rule.size();
    }
  }
}
