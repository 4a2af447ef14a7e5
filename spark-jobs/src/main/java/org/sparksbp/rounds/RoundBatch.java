package org.sparksbp.rounds;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparksbp.worker.Tally;

/**
 * Consecutive rounds that have ended, one at least: what the driver gets of them.
 *
 * @param rounds in their order
 * @param parameters the flat vector after the last round; of no use if that has diverged
 * @param divergence what is no longer finite after the last round, if anything
 */
public record RoundBatch(List<Round> rounds, float[] parameters, Optional<Divergence> divergence) {

  /**
   * A round.
   *
   * @param tallies what the workers have learned, in the order of their numbers
   * @param seconds that the round took
   */
  public record Round(List<Tally> tallies, double seconds) {
    public Round {
      tallies = List.copyOf(tallies);
    }
  }

  public RoundBatch {
    rounds = List.copyOf(rounds);
  }

  /**
   * A single round.
   *
   * @param ofOutputs what is not finite of the workers' outputs, or null
   * @param averaged parameters after the round, looked at unless outputs have diverged
   */
  static RoundBatch ofOne(
      List<Tally> tallies, Divergence ofOutputs, float[] averaged, double seconds) {
    Optional<Divergence> divergence =
        Optional.ofNullable(ofOutputs).or(() -> Divergence.ofParameters(averaged));
    return new RoundBatch(List.of(new Round(tallies, seconds)), averaged, divergence);
  }

  /** The same rounds, of which the first one has taken longer. */
  RoundBatch after(double lostSeconds) {
    List<Round> later = new ArrayList<>(rounds);
    later.set(0, new Round(rounds.get(0).tallies(), rounds.get(0).seconds() + lostSeconds));
    return new RoundBatch(later, parameters, divergence);
  }
}
