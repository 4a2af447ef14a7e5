package org.sparksbp.shard;

import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import org.sparksbp.spike.Sample;

/**
 * Samples read one after another. A file that cannot be read throws {@link
 * java.io.UncheckedIOException}.
 */
public interface SampleIterator extends Iterator<Sample>, Closeable {
  @Override
  void close() throws IOException;
}
