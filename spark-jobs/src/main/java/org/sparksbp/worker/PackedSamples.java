package org.sparksbp.worker;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
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
 * each costs a shuffle several times what the samples do.
 */
final class PackedSamples implements Iterator<Tuple2<Integer, byte[]>> {

  /** Bytes from which on a record is sent. */
  private static final int ENOUGH = 128 << 10;

  private final Iterator<Tuple2<Long, Sample>> samples;
  private final ToIntFunction<Long> destination;
  private final SampleSerializer serializer = new SampleSerializer();
  private final Map<Integer, Output> open = new HashMap<>();
  private final Queue<Tuple2<Integer, byte[]>> full = new ArrayDeque<>();

  /** Receives samples. */
  @FunctionalInterface
  interface Receiver {
    void sample(long position, Sample sample);
  }

  /**
   * Packs samples as they are asked for.
   *
   * @param samples with their positions
   * @param destination number of the worker that a position belongs to
   */
  PackedSamples(Iterator<Tuple2<Long, Sample>> samples, ToIntFunction<Long> destination) {
    this.samples = samples;
    this.destination = destination;
  }

  /** Hands over the samples of a record, in the order in which they were packed. */
  static void unpack(byte[] record, Receiver receiver) {
    SampleSerializer serializer = new SampleSerializer();
    Input input = new Input(record);
    while (input.position() < input.limit()) {
      long position = input.readVarLong(true);
      receiver.sample(position, serializer.read(null, input, Sample.class));
    }
  }

  @Override
  public boolean hasNext() {
    while (full.isEmpty() && samples.hasNext()) {
      pack(samples.next());
    }
    if (full.isEmpty()) {
      open.forEach((worker, output) -> full.add(new Tuple2<>(worker, output.toBytes())));
      open.clear();
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
    Output output = open.computeIfAbsent(worker, none -> new Output(4096, -1));
    output.writeVarLong(positioned._1(), true);
    serializer.write(null, output, positioned._2());
    if (output.position() >= ENOUGH) {
      full.add(new Tuple2<>(worker, output.toBytes()));
      output.clear();
    }
  }
}
