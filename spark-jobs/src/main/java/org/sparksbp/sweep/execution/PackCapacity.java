package org.sparksbp.sweep.execution;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.sparksbp.cluster.ClusterDevices.Cards;
import org.sparksbp.pack.LearnerPack;
import org.sparksbp.pack.PackPlan;

/** How many trials go onto a graphics card together. */
final class PackCapacity {

  /** By measurement more trials make a card no faster, see docs/gpu.md. */
  private static final int FULL = 64;

  private final OptionalInt limit;
  private final Supplier<Optional<Cards>> cards;

  /**
   * A capacity.
   *
   * @param limit most trials of a card; empty for as many as make it fast
   * @param cards that there are at the moment, if any
   */
  PackCapacity(OptionalInt limit, Supplier<Optional<Cards>> cards) {
    this.limit = limit;
    this.cards = cards;
  }

  /** Trials to be handed out together so that every card can be given a whole pack; 0 for none. */
  int handedOut() {
    int most = limit.orElse(FULL);
    return most == 1 ? 0 : cards.get().map(all -> all.cards() * most).orElse(0);
  }

  /**
   * Trials of a pack: no more than the card has memory for, and no more than leave every card some.
   *
   * @param plan of each
   * @param batch samples of each one's batch
   * @param trials that were handed out together
   */
  int members(PackPlan plan, int batch, int trials) {
    Cards all = cards.get().orElse(null);
    if (all == null) {
      return 1;
    }
    long bytes = LearnerPack.bytesForMembers(all.description()) / all.tasksOfEach();
    int fitting = plan.members(bytes, LearnerPack.rowsAtOnce(batch));
    int share = Math.max(1, (trials + all.cards() - 1) / all.cards());
    return Math.min(Math.min(limit.orElse(FULL), fitting), share);
  }
}
