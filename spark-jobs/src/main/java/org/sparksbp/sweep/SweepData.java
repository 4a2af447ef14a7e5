package org.sparksbp.sweep;

import java.io.Serializable;
import org.sparksbp.worker.MeasureSource;

/**
 * Prepared data of a task, to be read by any process.
 *
 * @param task its name
 * @param folder where it lies, with the file system in front
 * @param fingerprint identity of the data
 * @param measures the task's measures
 */
public record SweepData(String task, String folder, String fingerprint, MeasureSource measures)
    implements Serializable {}
