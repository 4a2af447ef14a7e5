package org.sparksbp.worker;

import java.io.Serializable;
import org.sparksbp.measure.Measure;

/**
 * Makes empty measures, on the driver and on workers: those of the task on the outputs that the
 * prepared data has.
 */
@FunctionalInterface
public interface MeasureSource extends Serializable {

  Measure newMeasure();
}
