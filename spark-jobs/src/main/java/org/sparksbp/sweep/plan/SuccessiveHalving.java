package org.sparksbp.sweep.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Which points go on from a rung. A bracket's points are judged together once all have reached the
 * rung, so the decision depends on the results alone and is made again, the same, after a restart.
 * A point's trials go on or stop together, so that pairs of arms stay whole.
 *
 * <p>After L. Li et al., Hyperband, Journal of Machine Learning Research 18(185), 2018.
 */
public final class SuccessiveHalving implements StoppedPoints {

  private final StoppingSettings settings;
  private final int[] stoppedAt;

  /** Lets all points go on. */
  public SuccessiveHalving(StoppingSettings settings, int points) {
    this.settings = settings;
    this.stoppedAt = new int[points];
  }

  /** Rungs below a number of epochs; none if trials are not halved. */
  public List<Integer> rungs(int epochs) {
    return settings.method() == StoppingSettings.Method.SUCCESSIVE_HALVING
        ? settings.rungs().stream().filter(rung -> rung < epochs).toList()
        : List.of();
  }

  public boolean goesOn(int point) {
    return stoppedAt[point] == 0;
  }

  @Override
  public int stoppedAt(int point) {
    return stoppedAt[point];
  }

  /**
   * Stops the worse points of each bracket.
   *
   * @param rung epochs that all trials that go on have reached
   * @param error the lowest of a trial's errors up to the rung
   * @return the points that are stopped now
   */
  public List<Integer> judge(int rung, TrialPlan plan, ToDoubleFunction<PlannedTrial> error) {
    double[] scores = new double[stoppedAt.length];
    double[][] errors = new double[plan.arms()][plan.seeds()];
    int ofPoint = 0;
    for (PlannedTrial trial : plan) {
      if (goesOn(trial.point())) {
        errors[ofPoint / plan.seeds()][ofPoint % plan.seeds()] = error.applyAsDouble(trial);
      }
      ofPoint++;
      if (ofPoint == plan.trialsOfAPoint()) {
        scores[trial.point()] = score(errors);
        ofPoint = 0;
      }
    }
    return judge(rung, scores);
  }

  /**
   * Stops the worse points of each bracket; the first of equals goes on.
   *
   * @param rung epochs
   * @param scores by point, lower is better; those of stopped points are not looked at
   * @return the points that are stopped now
   */
  List<Integer> judge(int rung, double[] scores) {
    List<Integer> stopped = new ArrayList<>();
    int size = settings.bracket() == 0 ? stoppedAt.length : settings.bracket();
    for (int from = 0; from < stoppedAt.length; from += size) {
      List<Integer> running =
          IntStream.range(from, Math.min(from + size, stoppedAt.length))
              .filter(this::goesOn)
              .boxed()
              .sorted(Comparator.comparingDouble((Integer point) -> scores[point]))
              .toList();
      int kept = Math.max(1, running.size() / settings.eta());
      for (int point : running.subList(Math.min(kept, running.size()), running.size())) {
        stoppedAt[point] = rung;
        stopped.add(point);
      }
    }
    return stopped;
  }

  /**
   * A point's score: the mean over all arms and seeds, so that no arm is favoured: a point that is
   * best for one arm alone does not go on before one that is good for all.
   *
   * @param errors {@code [arms][seeds]}, the lowest error so far of each trial
   */
  public static double score(double[][] errors) {
    return Arrays.stream(errors)
        .flatMapToDouble(Arrays::stream)
        .average()
        .orElse(Double.POSITIVE_INFINITY);
  }
}
