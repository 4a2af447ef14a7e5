package org.sparksbp.training;

/**
 * An averaging round that has ended.
 *
 * @param epoch from 1
 * @param round in the epoch, from 0
 * @param rounds rounds of an epoch
 * @param epochSamples samples learned in the epoch so far
 * @param trainError running error over these, from 0 to 1
 * @param seconds that the round took
 */
public record RoundReport(
    int epoch, int round, int rounds, long epochSamples, double trainError, double seconds) {}
