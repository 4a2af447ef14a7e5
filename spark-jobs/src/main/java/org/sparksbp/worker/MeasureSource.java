package org.sparksbp.worker;

import java.io.Serializable;
import org.sparksbp.measure.Measure;

/** Makes empty measures, on the driver and on workers: {@code task::newMeasure}. */
@FunctionalInterface
public interface MeasureSource extends Serializable {

  Measure newMeasure();
}
