package org.sparksbp.sweep.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sparksbp.sweep.plan.ParzenProposals.Observation;
import org.sparksbp.sweep.plan.Space.Key;
import org.sparksbp.sweep.plan.Space.Point;

/**
 * The points of a search, some at a time: the first are those of the random design, each batch
 * after them is proposed once all before it have ended. So proposals follow from results alone, and
 * a sweep that goes on after it was killed, on however many cores, makes the same ones again.
 */
final class ProposedPoints {

  private final Space space;
  private final Design.Sampling sampling;
  private final Map<String, String> base;
  private final ParzenProposals proposals;
  private final List<double[]> shares = new ArrayList<>();
  private final List<Point> points = new ArrayList<>();

  /** The first points; {@code base} as {@link Design#points} has it. */
  ProposedPoints(Space space, Design.Sampling sampling, Map<String, String> base) {
    this.space = space;
    this.sampling = sampling;
    this.base = base;
    this.proposals =
        new ParzenProposals(space.keys().stream().map(Key::domain).toList(), sampling.seed());
    for (int number = 0; number < Math.min(sampling.startup(), sampling.points()); number++) {
      add(Design.randomShares(space, sampling.seed(), number));
    }
  }

  /** Those that have been proposed. */
  synchronized List<Point> points() {
    return List.copyOf(points);
  }

  /**
   * Proposes the next ones.
   *
   * @param scores of all points so far, lower is better
   * @return false if there are as many as there are to be
   */
  synchronized boolean propose(double[] scores) {
    List<Observation> seen = new ArrayList<>();
    for (int number = 0; number < points.size(); number++) {
      seen.add(new Observation(shares.get(number), scores[number]));
    }
    int more = Math.min(sampling.batch(), sampling.points() - points.size());
    for (int i = 0; i < more; i++) {
      add(proposals.propose(points.size(), seen));
      seen.add(new Observation(shares.get(shares.size() - 1), Double.POSITIVE_INFINITY));
    }
    return more > 0;
  }

  private void add(double[] place) {
    Point point = Design.point(space, points.size(), place, base);
    double[] known = place.clone();
    for (int key = 0; key < known.length; key++) {
      if (!point.values().containsKey(space.keys().get(key).key())) {
        known[key] = Double.NaN;
      }
    }
    shares.add(known);
    points.add(point);
  }
}
