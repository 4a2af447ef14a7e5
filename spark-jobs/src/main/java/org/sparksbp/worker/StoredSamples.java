package org.sparksbp.worker;

import com.esotericsoftware.kryo.io.Output;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.sparksbp.serialization.SampleSerializer;
import org.sparksbp.spike.Sample;

/**
 * Samples that are added as they are read and held encoded in a file of this process, which is
 * given back with the last list that has come of it.
 */
public final class StoredSamples {

  private static final int ENOUGH = 128 << 10;
  private static final int PLACES_AT_ONCE = 1 << 16;

  private final SampleFile file = new SampleFile();
  private EncodedSamples samples = EncodedSamples.at(file, new long[0]);

  /** Adds samples behind those that are there. */
  public synchronized void add(Iterator<Sample> more) {
    SampleSerializer serializer = new SampleSerializer();
    Output bytes = new Output(ENOUGH, -1);
    Output one = new Output(4096, -1);
    long[] places = new long[PLACES_AT_ONCE];
    int count = 0;
    int written = 0;
    while (more.hasNext()) {
      one.clear();
      serializer.write(null, one, more.next());
      places[count++] = bytes.position();
      bytes.writeInt(one.position());
      bytes.writeBytes(one.getBuffer(), 0, one.position());
      if (bytes.position() >= ENOUGH || count == PLACES_AT_ONCE) {
        written = write(bytes, places, written, count);
      }
      if (written > PLACES_AT_ONCE / 2) {
        samples = samples.and(Arrays.copyOf(places, written));
        count = 0;
        written = 0;
      }
    }
    written = write(bytes, places, written, count);
    samples = samples.and(Arrays.copyOf(places, written));
  }

  /** Those that are there now, in the order in which they came; the list never changes. */
  public synchronized List<Sample> list() {
    return samples;
  }

  /** Writes what waits, and makes places in the file of the places in what was written. */
  private int write(Output bytes, long[] places, int from, int to) {
    long start = file.append(bytes.getBuffer(), bytes.position());
    bytes.clear();
    for (int i = from; i < to; i++) {
      places[i] += start;
    }
    return to;
  }
}
