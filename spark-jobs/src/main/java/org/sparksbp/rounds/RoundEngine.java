package org.sparksbp.rounds;

/** Runs averaging rounds, wherever they are learned. */
public interface RoundEngine extends AutoCloseable {

  /**
   * Runs the first of these rounds, as many as suit the engine but one at least. It ends with a
   * round that has diverged.
   *
   * @param rounds those of an epoch that are left
   * @param parameters the flat vector that every worker starts from; not changed
   */
  RoundBatch run(RoundSpan rounds, float[] parameters);

  @Override
  default void close() {}
}
