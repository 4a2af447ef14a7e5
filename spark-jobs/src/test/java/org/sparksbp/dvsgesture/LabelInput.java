package org.sparksbp.dvsgesture;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.sparksbp.task.SampleSink;

/** Reads label tables for tests of other packages. */
public final class LabelInput {

  private LabelInput() {}

  /** Reads classes and times of clips. */
  public static void clips(Configuration hadoop, String file) throws IOException {
    LabelTable.readClips(hadoop, file, "user01", SampleSink.NONE);
  }

  /** Reads classes of files. */
  public static void files(Configuration hadoop, String file) throws IOException {
    LabelTable.readFileClasses(hadoop, file, SampleSink.NONE);
  }
}
