package org.sparksbp.rounds;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs rounds by all-reduce, many in one Spark job, and falls back to a job a round where the
 * policy forbids it or a worker was lost. The first round is always a job of its own: it brings the
 * samples to the workers and shows whether they keep memories.
 */
final class FallbackEngine implements RoundEngine {

  private static final Logger LOG = LoggerFactory.getLogger(FallbackEngine.class);

  private final AllReduceEngine allReduce;
  private final SparkJobEngine jobs;
  private final WorkerMemories memories;
  private final AllReducePolicy policy;
  private boolean begun;

  FallbackEngine(
      AllReduceEngine allReduce,
      SparkJobEngine jobs,
      WorkerMemories memories,
      AllReducePolicy policy) {
    this.allReduce = allReduce;
    this.jobs = jobs;
    this.memories = memories;
    this.policy = policy;
  }

  @Override
  public RoundBatch run(RoundSpan rounds, float[] parameters) {
    long began = System.nanoTime();
    if (rounds.first() == 0) {
      policy.epochBegins();
    }
    boolean allowed = policy.allows(memories.areKept()) && begun;
    RoundBatch batch =
        (allowed ? byAllReduce(rounds, parameters) : Optional.<RoundBatch>empty())
            .orElseGet(
                () -> {
                  double lostSeconds = (System.nanoTime() - began) / 1e9;
                  return jobs.run(rounds, parameters).after(lostSeconds);
                });
    begun = true;
    return batch;
  }

  /** Nothing if Spark has not brought the rounds to their end. */
  private Optional<RoundBatch> byAllReduce(RoundSpan rounds, float[] parameters) {
    try {
      RoundBatch batch = allReduce.run(rounds, parameters);
      policy.tried(true);
      return Optional.of(batch);
    } catch (RoundsLostException e) {
      policy.tried(false);
      LOG.warn("{}. Spark runs a round as a job of its own", e.getMessage());
      return Optional.empty();
    }
  }
}
