package org.sparksbp.sweep.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which points go on from a rung, without waiting until all have reached it: one does as soon as it
 * is in the best 1/eta of those judged there so far.
 *
 * <p>After L. Li et al., "A system for massively parallel hyperparameter tuning", Proceedings of
 * Machine Learning and Systems 2, 230-246, 2020, with one difference: a rung's points are judged in
 * the order in which they were sent to it, whenever they get there. So decisions follow from the
 * results alone, on any number of cores and after any interruption; those of the first rung are
 * sent in the plan's order. Nobody waits for a decision: while there are points that have not
 * begun, a core has work.
 *
 * <p>With several brackets (Hyperband: L. Li et al., Journal of Machine Learning Research 18(185),
 * 2018) each has one rung less than the one before it, the first ones left out, and points are
 * dealt to them in turn so that all brackets come to much the same work.
 */
public final class AsynchronousHalving implements StoppedPoints {

  private final int eta;
  private final int[] rungOf; // of a point, the next one that it is to reach
  private final int[] bracketOf;
  private final List<List<Rung>> brackets = new ArrayList<>();
  private boolean finished;

  /** Points at some epochs. */
  private static final class Rung {
    final int epochs;
    final List<Integer> sent = new ArrayList<>();
    final Map<Integer, Integer> order = new HashMap<>(); // in which they were sent
    final Map<Integer, Double> scores = new HashMap<>();
    final TreeSet<Integer> best = // of those judged, the first of equals first
        new TreeSet<>(Comparator.<Integer>comparingDouble(scores::get).thenComparing(order::get));
    int judged;
    int promoted;

    Rung(int epochs) {
      this.epochs = epochs;
    }

    void send(int point) {
      order.put(point, sent.size());
      sent.add(point);
    }
  }

  /**
   * Before any point has begun.
   *
   * @param epochs of the longest trial
   */
  AsynchronousHalving(StoppingSettings settings, int points, int epochs) {
    this.eta = settings.eta();
    this.rungOf = new int[points];
    this.bracketOf = new int[points];
    List<Integer> rungs = settings.rungs().stream().filter(rung -> rung < epochs).toList();
    for (int first = 0; first < Math.min(settings.brackets(), rungs.size() + 1); first++) {
      brackets.add(rungs.subList(first, rungs.size()).stream().map(Rung::new).toList());
    }
    deal(points);
  }

  /** In proportion to eta^s / (s + 1) for a bracket of s rungs. */
  private void deal(int points) {
    double[] shares = new double[brackets.size()];
    double sum = 0;
    for (int bracket = 0; bracket < shares.length; bracket++) {
      int rungs = brackets.get(bracket).size();
      shares[bracket] = StrictMath.pow(eta, rungs) / (rungs + 1);
      sum += shares[bracket];
    }
    double[] owed = new double[shares.length];
    for (int point = 0; point < points; point++) {
      int next = 0;
      for (int bracket = 0; bracket < shares.length; bracket++) {
        owed[bracket] += shares[bracket] / sum;
        next = owed[bracket] > owed[next] ? bracket : next;
      }
      owed[next]--;
      bracketOf[point] = next;
      if (!brackets.get(next).isEmpty()) {
        brackets.get(next).get(0).send(point);
      }
    }
  }

  /** Epochs up to which a point's trials may be trained now; those of the next rung, or all. */
  public int epochs(int point) {
    List<Rung> rungs = brackets.get(bracketOf[point]);
    return rungOf[point] < rungs.size() ? rungs.get(rungOf[point]).epochs : Integer.MAX_VALUE;
  }

  /** How many rungs a point has gone on from. */
  public int height(int point) {
    return rungOf[point];
  }

  /**
   * All trials of a point have reached the rung that it was sent to, or have failed.
   *
   * @param score lower is better; infinite for a point that never goes on
   * @return the points that go on now, in order
   */
  public List<Integer> reached(int point, double score) {
    List<Rung> rungs = brackets.get(bracketOf[point]);
    if (rungOf[point] == rungs.size()) {
      return List.of();
    }
    rungs.get(rungOf[point]).scores.put(point, score);
    List<Integer> promoted = new ArrayList<>();
    judge(rungs, rungOf[point], promoted);
    return promoted;
  }

  private void judge(List<Rung> rungs, int number, List<Integer> promoted) {
    Rung rung = rungs.get(number);
    while (rung.judged < rung.sent.size() && rung.scores.containsKey(rung.sent.get(rung.judged))) {
      rung.best.add(rung.sent.get(rung.judged));
      rung.judged++;
      promote(rungs, number, rung.judged / eta, promoted);
    }
    if (isComplete(rungs, number) && rung.promoted == 0) {
      promote(rungs, number, 1, promoted);
    }
    // A rung above may have been waiting to hear that nobody else comes.
    if (number + 1 < rungs.size() && isComplete(rungs, number)) {
      judge(rungs, number + 1, promoted);
    }
  }

  private void promote(List<Rung> rungs, int number, int places, List<Integer> promoted) {
    Rung rung = rungs.get(number);
    Iterator<Integer> best = rung.best.iterator();
    for (int place = 0; place < places && best.hasNext(); place++) {
      int point = best.next();
      if (rungOf[point] == number && !Double.isInfinite(rung.scores.get(point))) {
        rungOf[point]++;
        rung.promoted++;
        promoted.add(point);
        if (number + 1 < rungs.size()) {
          rungs.get(number + 1).send(point);
        }
      }
    }
  }

  /** Whether all points that ever get to a rung have been judged there. */
  private static boolean isComplete(List<Rung> rungs, int number) {
    for (int below = 0; below <= number; below++) {
      if (rungs.get(below).judged < rungs.get(below).sent.size()) {
        return false;
      }
    }
    return true;
  }

  /** No point goes on any more: those that stand at a rung have stopped there. */
  public void finish() {
    finished = true;
  }

  @Override
  public int stoppedAt(int point) {
    int epochs = epochs(point);
    return finished && epochs != Integer.MAX_VALUE ? epochs : 0;
  }
}
