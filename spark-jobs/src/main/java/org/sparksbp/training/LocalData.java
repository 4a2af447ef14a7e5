package org.sparksbp.training;

import java.util.List;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.spike.Sample;
import org.sparksbp.worker.MeasureSource;

/**
 * What a model is trained with, chosen by and tested on in one process; the lists may be shared by
 * many runs.
 *
 * @param train samples to learn, in the order of their positions
 * @param validation samples to choose by, measured after every epoch; may be empty
 * @param test samples that nothing is chosen by, measured after every epoch; may be empty
 * @param shape what the data prescribes for the network
 * @param measures the task's measures
 */
public record LocalData(
    List<Sample> train,
    List<Sample> validation,
    List<Sample> test,
    NetworkShape shape,
    MeasureSource measures) {}
