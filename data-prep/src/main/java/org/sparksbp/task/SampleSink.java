package org.sparksbp.task;

import java.io.IOException;
import org.sparksbp.spike.Sample;

/** Where a task delivers what it reads. */
public interface SampleSink {

  /** Takes everything and keeps nothing. */
  SampleSink NONE =
      new SampleSink() {
        @Override
        public void sample(Split split, Sample sample) {}

        @Override
        public void read(String file, RecordUnit unit, long records) {}

        @Override
        public void dropped(
            String file, RecordUnit unit, long records, String position, String reason) {}
      };

  /** Takes the next sample of a split, in canonical order. */
  void sample(Split split, Sample sample) throws IOException;

  /**
   * Counts records that a file has, usable or not.
   *
   * @param file path of the raw file, or of the folder whose files are the records
   */
  void read(String file, RecordUnit unit, long records) throws IOException;

  /**
   * Takes note of records that cannot be used and are skipped. They are among those {@link #read}.
   *
   * @param file path of the raw file, or of the folder whose files are the records
   * @param records how many are lost, at least 1
   * @param position where in it the first one is: {@code line 7766}, {@code byte 9662157}
   * @param reason what is wrong with them
   */
  void dropped(String file, RecordUnit unit, long records, String position, String reason)
      throws IOException;
}
