package org.sparksbp.task;

import java.io.IOException;
import org.sparksbp.spike.Sample;

/** Where a task delivers what it reads. */
public interface SampleSink {

  /** Takes the next sample of a split, in canonical order. */
  void sample(Split split, Sample sample) throws IOException;

  /**
   * Takes note of a record that cannot be used and is skipped.
   *
   * @param file path of the raw file
   * @param position where in it: {@code line 7766}, {@code byte 9662157}
   * @param reason what is wrong with it
   */
  void badRecord(String file, String position, String reason) throws IOException;
}
