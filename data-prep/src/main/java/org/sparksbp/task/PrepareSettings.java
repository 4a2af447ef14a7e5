package org.sparksbp.task;

import java.io.Serializable;

/**
 * All that decides, beside the input files, what a prepared data set contains.
 *
 * @param encoder {@code regular}, {@code bernoulli}, {@code latency}, {@code direct} or {@code
 *     events}
 * @param steps time steps of a spike train, at least 1
 * @param seed of random encoders and random splits
 * @param sampleBy DvsGesture: {@code frames} or {@code clips}; else empty
 * @param split MNIST {@code official}; NETtalk {@code letters} or {@code words}; DvsGesture {@code
 *     official} or {@code within-clip}
 * @param wordSet NETtalk: {@code common-1000} or {@code full}; else empty
 * @param limit most samples of each split, the first ones; 0 for all
 * @param maxBadRecords most records that may be skipped before preparing fails
 * @param pooledSide DvsGesture: pixels on a side after spatial pooling; else 0
 * @param polarities DvsGesture: {@code merged} or {@code separate}; else empty
 * @param binMicroseconds DvsGesture: length of a frame in us, or 0 to spread the steps over the
 *     clip
 * @param verify whether published checksums are checked: {@code true} or {@code false}
 */
public record PrepareSettings(
    String encoder,
    int steps,
    long seed,
    String sampleBy,
    String split,
    String wordSet,
    int limit,
    int maxBadRecords,
    int pooledSide,
    String polarities,
    int binMicroseconds,
    boolean verify)
    implements Serializable {}
