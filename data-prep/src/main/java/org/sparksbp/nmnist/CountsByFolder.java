package org.sparksbp.nmnist;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.sparksbp.spike.Sample;
import org.sparksbp.task.RecordUnit;
import org.sparksbp.task.SampleSink;
import org.sparksbp.task.Split;

/**
 * Counts the events of files without a fault with those of their folder: with a line for each of
 * seventy thousand files a manifest could not be read any more. One that loses events has its own,
 * as what it may lose is a share of its own.
 */
final class CountsByFolder implements SampleSink {

  private final SampleSink sink;
  private String faulty = "";

  CountsByFolder(SampleSink sink) {
    this.sink = sink;
  }

  @Override
  public void sample(Split split, Sample sample) throws IOException {
    sink.sample(split, sample);
  }

  /** {@inheritDoc} What a file has lost is told before what it has. */
  @Override
  public void read(String file, RecordUnit unit, long records) throws IOException {
    boolean isWhole = unit == RecordUnit.EVENTS && !file.equals(faulty);
    sink.read(isWhole ? new Path(file).getParent().toString() : file, unit, records);
  }

  @Override
  public void dropped(String file, RecordUnit unit, long records, String position, String reason)
      throws IOException {
    faulty = file;
    sink.dropped(file, unit, records, position, reason);
  }
}
