package org.sparksbp.worker;

import com.esotericsoftware.kryo.io.Input;
import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;
import org.sparksbp.serialization.SampleSerializer;
import org.sparksbp.spike.Sample;

/**
 * Samples that lie encoded in a file, each decoded when it is asked for. Where each lies is in the
 * file as well: on the heap there is one number for some thousand samples.
 */
final class EncodedSamples extends AbstractList<Sample> implements RandomAccess {

  /** Places of samples that are neighbours in the file. */
  private static final int CHUNK = 1 << 13;

  private final SampleFile file;

  /** Where in the file the places of the first, second and so on chunk of samples are. */
  private final long[] chunks;

  private final int size;

  private EncodedSamples(SampleFile file, long[] chunks, int size) {
    this.file = file;
    this.chunks = chunks;
    this.size = size;
  }

  /**
   * Samples that are in the file already.
   *
   * @param places of each one's length, four bytes, with the sample's bytes behind them
   */
  static EncodedSamples at(SampleFile file, long[] places) {
    return new EncodedSamples(file, new long[0], 0).and(places);
  }

  /**
   * The same samples with some behind them.
   *
   * @param places as {@link #at} has them
   */
  EncodedSamples and(long[] places) {
    int begun = size % CHUNK;
    long[] left = new long[begun + places.length];
    for (int i = 0; i < begun; i++) {
      left[i] = place(size - begun + i);
    }
    System.arraycopy(places, 0, left, begun, places.length);
    int whole = size / CHUNK;
    long[] all = Arrays.copyOf(chunks, whole + (left.length + CHUNK - 1) / CHUNK);
    for (int from = 0; from < left.length; from += CHUNK) {
      int length = Math.min(CHUNK, left.length - from);
      ByteBuffer bytes = ByteBuffer.allocate(length * Long.BYTES);
      bytes.asLongBuffer().put(left, from, length);
      all[whole + from / CHUNK] = file.append(bytes.array(), bytes.capacity());
    }
    return new EncodedSamples(file, all, size + places.length);
  }

  @Override
  public Sample get(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    long place = place(index);
    byte[] bytes = file.read(place + Integer.BYTES, file.getInt(place));
    return new SampleSerializer().read(null, new Input(bytes), Sample.class);
  }

  @Override
  public int size() {
    return size;
  }

  private long place(int index) {
    return file.getLong(chunks[index / CHUNK] + (long) (index % CHUNK) * Long.BYTES);
  }
}
