package org.sparksbp.worker;

import com.esotericsoftware.kryo.io.Output;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.ToIntFunction;
import org.sparksbp.serialization.SampleSerializer;
import org.sparksbp.spike.Sample;
import scala.Tuple2;

/**
 * Samples on their way to the workers, many of them in one record of bytes: a record of its own for
 * each costs a shuffle several times what the samples do. For every sample a record has its
 * position (8 bytes), the number of its bytes (4) and these, as {@link SampleSerializer} writes
 * them; nobody reads them before the sample is learned.
 */
final class PackedSamples implements Iterator<Tuple2<Integer, byte[]>> {

  /** Bytes from which on a record is sent. */
  private static final int ENOUGH = 128 << 10;

  /** Bytes of all open records together; with many workers theirs are sent before they are full. */
  private static final long MOST_OPEN = 16 << 20;

  private static final int HEAD = Long.BYTES + Integer.BYTES;
  private static final int SMALLEST = 256;

  private final Iterator<Tuple2<Long, Sample>> samples;
  private final ToIntFunction<Long> destination;
  private final long mostOpen;
  private final SampleSerializer serializer = new SampleSerializer();
  private final Map<Integer, Output> open = new HashMap<>();
  private final Queue<Tuple2<Integer, byte[]>> full = new ArrayDeque<>();

  /** Bytes that the open records take, free ones at their ends included. */
  private long openBytes;

  /** Receives samples as they are in a record. */
  @FunctionalInterface
  interface Receiver {

    /**
     * A sample.
     *
     * @param position among all samples
     * @param offset of the four bytes that tell how many bytes of the sample follow
     */
    void sample(long position, int offset);
  }

  /**
   * Packs samples as they are asked for.
   *
   * @param samples with their positions
   * @param destination number of the worker that a position belongs to
   */
  PackedSamples(Iterator<Tuple2<Long, Sample>> samples, ToIntFunction<Long> destination) {
    this(samples, destination, MOST_OPEN);
  }

  /** The same with another bound for the bytes of all open records. */
  PackedSamples(
      Iterator<Tuple2<Long, Sample>> samples, ToIntFunction<Long> destination, long mostOpen) {
    this.samples = samples;
    this.destination = destination;
    this.mostOpen = mostOpen;
  }

  /** Tells of the samples of a record, in the order in which they were packed. */
  static void visit(byte[] record, Receiver receiver) {
    ByteBuffer bytes = ByteBuffer.wrap(record);
    for (int at = 0; at < record.length; ) {
      receiver.sample(bytes.getLong(at), at + Long.BYTES);
      at += HEAD + bytes.getInt(at + Long.BYTES);
    }
  }

  /** Bytes of the records that have not been sent. */
  long openBytes() {
    return openBytes;
  }

  @Override
  public boolean hasNext() {
    while (full.isEmpty() && samples.hasNext()) {
      pack(samples.next());
    }
    if (full.isEmpty()) {
      sendAll();
    }
    return !full.isEmpty();
  }

  @Override
  public Tuple2<Integer, byte[]> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("all samples have been packed");
    }
    return full.remove();
  }

  private void pack(Tuple2<Long, Sample> positioned) {
    int worker = destination.applyAsInt(positioned._1());
    Output output = open.get(worker);
    if (output == null) {
      output = new Output(SMALLEST, -1);
      open.put(worker, output);
      openBytes += output.getBuffer().length;
    }
    int before = output.getBuffer().length;
    int start = output.position();
    output.writeLong(positioned._1());
    output.writeInt(0);
    serializer.write(null, output, positioned._2());
    int length = output.position() - start - HEAD;
    ByteBuffer.wrap(output.getBuffer()).putInt(start + Long.BYTES, length);
    openBytes += output.getBuffer().length - before;
    if (output.position() >= ENOUGH) {
      full.add(new Tuple2<>(worker, output.toBytes()));
      output.clear();
    }
    if (openBytes > mostOpen) {
      sendAll();
    }
  }

  private void sendAll() {
    open.forEach(
        (worker, output) -> {
          if (output.position() > 0) {
            full.add(new Tuple2<>(worker, output.toBytes()));
          }
        });
    open.clear();
    openBytes = 0;
  }
}
