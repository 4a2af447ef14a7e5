package org.sparksbp.averaging;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * The order in which sums over workers are taken: a binary tree over the workers' numbers. It is
 * the same wherever they are, and whoever holds all workers of a subtree can add these up first.
 */
public final class ReductionTree {

  private ReductionTree() {}

  /**
   * Neighbours whose sum is taken before others are added: one worker, or those of a left and a
   * right subtree. The left one has a power of two of workers, as many as leave some to the right.
   *
   * @param first worker, inclusive
   * @param end exclusive
   */
  public record Subtree(int first, int end) {

    /** A single worker. */
    public static Subtree of(int worker) {
      return new Subtree(worker, worker + 1);
    }

    private boolean isLeaf() {
      return end - first == 1;
    }

    private int middle() {
      return first + Integer.highestOneBit(end - first - 1);
    }

    private Subtree left() {
      return new Subtree(first, middle());
    }

    private Subtree right() {
      return new Subtree(middle(), end);
    }
  }

  /** All of so many workers, at least one. */
  public static Subtree of(int workers) {
    return new Subtree(0, workers);
  }

  /**
   * The largest subtrees that have these workers and no others, in the order of the workers.
   *
   * @param workers how many there are in all
   * @param held some of them
   */
  public static List<Subtree> cover(int workers, BitSet held) {
    List<Subtree> cover = new ArrayList<>();
    cover(of(workers), held, cover);
    return cover;
  }

  private static void cover(Subtree tree, BitSet held, List<Subtree> cover) {
    int next = held.nextSetBit(tree.first());
    if (next < 0 || next >= tree.end()) {
      return;
    }
    if (held.nextClearBit(tree.first()) >= tree.end()) {
      cover.add(tree);
    } else {
      cover(tree.left(), held, cover);
      cover(tree.right(), held, cover);
    }
  }

  /**
   * Merges what there is of the subtrees of a tree to what there is of all of it.
   *
   * @param given what there is already of a subtree; null if its own subtrees are to be looked at
   * @param merge of a left and a right subtree
   */
  static <T> T reduce(Subtree tree, Function<Subtree, T> given, BinaryOperator<T> merge) {
    T known = given.apply(tree);
    if (known != null) {
      return known;
    }
    if (tree.isLeaf()) {
      throw new IllegalStateException("Cannot reduce: nothing of worker " + tree.first());
    }
    return merge.apply(reduce(tree.left(), given, merge), reduce(tree.right(), given, merge));
  }

  /** Merges a list, one of a worker each. */
  static <T> T reduce(List<T> workers, BinaryOperator<T> merge) {
    return reduce(
        of(workers.size()), tree -> tree.isLeaf() ? workers.get(tree.first()) : null, merge);
  }
}
