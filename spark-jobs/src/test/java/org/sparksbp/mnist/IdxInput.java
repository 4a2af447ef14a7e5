package org.sparksbp.mnist;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/** Reads IDX files for tests of other packages. */
public final class IdxInput {

  private IdxInput() {}

  /** Reads all images, or labels, of a file. */
  public static void read(Configuration hadoop, String file, boolean ofImages) throws IOException {
    try (IdxStream items =
        ofImages ? IdxStream.images(hadoop, file) : IdxStream.labels(hadoop, file)) {
      byte[] item = new byte[items.header().itemBytes()];
      for (int read = 0; read < Math.min(3, items.header().count()); read++) {
        items.read(item);
      }
      items.checkEnd();
    }
  }
}
