package org.sparksbp.sweep;

/**
 * How far a sweep is.
 *
 * @param name of the sweep
 * @param trials planned; those that come to the same run count once
 * @param done trials that have ended, by whatever sweep and for whatever reason
 * @param failed of these, those that could not be trained
 * @param running trials in training now
 * @param bestError lowest error of an epoch so far, from 0 to 1; infinite before the first
 * @param bestTrial identity of the trial that has it, or the empty string
 * @param secondsLeft estimate from the trials of this call; NaN before the first has ended
 */
public record SweepProgress(
    String name,
    int trials,
    int done,
    int failed,
    int running,
    double bestError,
    String bestTrial,
    double secondsLeft) {}
