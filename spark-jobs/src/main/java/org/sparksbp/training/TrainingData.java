package org.sparksbp.training;

import org.sparksbp.evaluation.SampleSet;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.worker.MeasureSource;

/**
 * What a model is trained with and tested on.
 *
 * @param train samples to learn
 * @param test samples to measure the model on after every epoch; may be empty
 * @param shape what the data prescribes for the network
 * @param fingerprint identity of the prepared data
 * @param measures the task's measures
 */
public record TrainingData(
    SampleSet train,
    SampleSet test,
    NetworkShape shape,
    String fingerprint,
    MeasureSource measures) {}
