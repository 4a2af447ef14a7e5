/**
 * Averaging rounds: every worker learns some batches of its samples from the same parameters, then
 * the parameters become one. A {@link org.sparksbp.rounds.RoundEngine} runs them, as Spark jobs, by
 * all-reduce among the workers, by Deeplearning4j or in the calling thread; the same rounds give
 * the same bits, whatever fails and is tried again on the way.
 */
package org.sparksbp.rounds;
