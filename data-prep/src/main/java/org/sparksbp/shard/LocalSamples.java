package org.sparksbp.shard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.spike.Sample;

/** A range of positions of a split, read shard after shard; shards before it are not opened. */
final class LocalSamples implements SampleIterator {

  private final Configuration hadoop;
  private final Path folder;
  private final Iterator<ShardEntry> shards;
  private final int outputs;
  private final long to;
  private long position;
  private long skip;
  private ShardReader<Sample> reader;

  LocalSamples(
      Configuration hadoop, Path folder, List<ShardEntry> shards, int outputs, long from, long to) {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("Invalid range of samples: " + from + " to " + to);
    }
    this.hadoop = hadoop;
    this.folder = folder;
    this.outputs = outputs;
    this.to = to;
    int first = 0;
    while (first < shards.size() && position + shards.get(first).rows() <= from) {
      position += shards.get(first).rows();
      first++;
    }
    this.shards = shards.subList(first, shards.size()).iterator();
    this.skip = from - position;
  }

  @Override
  public boolean hasNext() {
    try {
      while (reader == null || !reader.hasNext()) {
        close();
        if (position >= to || !shards.hasNext()) {
          return false;
        }
        reader = new ShardReader<>(hadoop, folder, shards.next(), new SampleReadSupport(outputs));
        for (; skip > 0 && reader.hasNext(); skip--) {
          reader.next();
          position++;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return position < to;
  }

  @Override
  public Sample next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    position++;
    return reader.next();
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
