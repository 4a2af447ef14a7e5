package org.sparksbp.rounds;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.sparksbp.averaging.AveragingRule;
import org.sparksbp.averaging.ParameterSum;
import org.sparksbp.worker.Tally;

/**
 * What one worker, or some workers together, bring to the driver from a round.
 *
 * @param parameters added up
 * @param tallies in the order of the workers
 * @param divergence of the first worker whose outputs are not finite, or null
 * @param remembers whether any worker has a memory to keep
 */
record RoundSum(
    ParameterSum parameters, List<Tally> tallies, Divergence divergence, boolean remembers) {

  /** Lists of one class, as it is registered with Kryo. */
  RoundSum {
    tallies = new ArrayList<>(tallies);
  }

  /** What a worker brings. */
  static RoundSum of(ParameterSum parameters, WorkerResult result) {
    return new RoundSum(
        parameters, List.of(result.tally()), result.divergence(), !result.memory().isEmpty());
  }

  /** Adds up in the order of the list. */
  static RoundSum merge(List<RoundSum> parts, AveragingRule rule) {
    return new RoundSum(
        ParameterSum.merge(parts.stream().map(RoundSum::parameters).toList(), rule),
        parts.stream().flatMap(part -> part.tallies().stream()).toList(),
        parts.stream().map(RoundSum::divergence).filter(Objects::nonNull).findFirst().orElse(null),
        parts.stream().anyMatch(RoundSum::remembers));
  }

  /**
   * The round, whose sum this is of all workers.
   *
   * @param start parameters that it started from
   */
  RoundBatch average(float[] start, AveragingRule rule, double seconds) {
    return round(parameters.result(start, rule), seconds);
  }

  /** The round, whose sum this is of all workers, with parameters that were averaged before. */
  RoundBatch round(float[] averaged, double seconds) {
    return RoundBatch.ofOne(tallies, divergence, averaged, seconds);
  }
}
