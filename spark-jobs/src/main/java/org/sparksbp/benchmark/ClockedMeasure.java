package org.sparksbp.benchmark;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.SortedMap;
import java.util.concurrent.atomic.LongAdder;
import org.sparksbp.measure.Measure;
import org.sparksbp.spike.Sample;

/**
 * Clocks what the workers of this process compute: a worker asks for an empty measure when it has
 * its parameters, and adds to it after every batch that it has learned, so what lies between is
 * learning. What an epoch takes beyond that is Spark's.
 */
final class ClockedMeasure implements Measure {

  private static final long serialVersionUID = 1L;
  private static final LongAdder COMPUTED_NANOSECONDS = new LongAdder();

  private final Measure measure;
  private transient long last = System.nanoTime();

  ClockedMeasure(Measure measure) {
    this.measure = measure;
  }

  /** Seconds that workers have computed since the call before, added up over the workers. */
  static double takeComputedSeconds() {
    return COMPUTED_NANOSECONDS.sumThenReset() / 1e9;
  }

  @Override
  public void add(Sample sample, float[] outputs, int offset) {
    measure.add(sample, outputs, offset);
    long now = System.nanoTime();
    COMPUTED_NANOSECONDS.add(now - last);
    last = now;
  }

  @Override
  public void merge(Measure other) {
    measure.merge(other instanceof ClockedMeasure clocked ? clocked.measure : other);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    measure.write(out);
  }

  @Override
  public void merge(DataInput in) throws IOException {
    measure.merge(in);
  }

  @Override
  public long samples() {
    return measure.samples();
  }

  @Override
  public double error() {
    return measure.error();
  }

  @Override
  public SortedMap<String, Double> values() {
    return measure.values();
  }
}
