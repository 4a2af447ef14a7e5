package org.sparksbp.pack;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;
import org.sparksbp.device.Device;
import org.sparksbp.device.DeviceBuffer;
import org.sparksbp.spike.Sample;
import org.sparksbp.spike.SpikeBatch;

/**
 * Samples on a device, each sent there once. A sample's slot tells where it is; row {@code r} of
 * slot {@code s} has the elements {@code starts[s * rows + r]} to {@code starts[s * rows + r + 1]}
 * of {@link #channels()} and {@link #values()}. When a share of the device's memory is full, all
 * are forgotten and sent anew as they are needed.
 */
public final class SampleStore implements AutoCloseable {

  private static final int FIRST = 1 << 14;

  private final Device device;
  private final SampleEncoding encoding;
  private final int outputs;
  private final long mostBytes;
  private final Map<Key, Slot> slots = new ConcurrentHashMap<>();
  private final Held starts;
  private final Held channels;
  private final Held values;
  private final Held targets;
  private int count;
  private int elementCount;
  private volatile int generation; // goes up behind a forgetting

  /**
   * What tells a sample from others, wherever and however often it was decoded.
   *
   * @param id stable name
   * @param checksum of its spikes and targets, for names that are not one's own
   */
  record Key(String id, int checksum) {

    static Key of(Sample sample) {
      CRC32C checksum = new CRC32C();
      checksum.update(sample.spikes().code());
      return new Key(
          sample.id(), 31 * Arrays.hashCode(sample.target()) + (int) checksum.getValue());
    }
  }

  /**
   * Where a sample is.
   *
   * @param number of the slot
   * @param elements of the sample's first row
   */
  record Slot(int number, int elements) {}

  /**
   * What was found of a call's samples, in their order, before it was its turn.
   *
   * @param generation of the slots
   * @param slots null for samples that were not there
   */
  record Found(int generation, Key[] keys, Slot[] slots) {}

  SampleStore(Device device, SampleEncoding encoding, int outputs, long mostBytes) {
    this.device = device;
    this.encoding = encoding;
    this.outputs = outputs;
    this.mostBytes = mostBytes;
    this.starts = new Held();
    this.channels = new Held();
    this.values = new Held();
    this.targets = new Held();
    starts.add(0);
  }

  /** Index of the first element of every row, and behind the last. */
  public DeviceBuffer starts() {
    return starts.buffer;
  }

  /** Column of every element. */
  public DeviceBuffer channels() {
    return channels.buffer;
  }

  /** Value of every element, of one word or two. */
  public DeviceBuffer values() {
    return values.buffer;
  }

  /** Desired outputs, {@code [slots, outputs]}. */
  public DeviceBuffer targets() {
    return targets.buffer;
  }

  /** Forgets all samples if their memory is full; slots given before are then worth nothing. */
  void makeRoom() {
    if (bytes() > mostBytes) {
      slots.clear();
      generation++;
      count = 0;
      elementCount = 0;
      starts.clear();
      channels.clear();
      values.clear();
      targets.clear();
      starts.add(0);
    }
  }

  private long bytes() {
    return starts.bytes() + channels.bytes() + values.bytes() + targets.bytes();
  }

  /**
   * Looks for samples; by any thread, at any time. To tell samples from one another takes longer
   * than all else that a round wants of them, so each member does it for its own.
   */
  Found find(List<SpikeBatch> batches) {
    int now = generation;
    int size = batches.stream().mapToInt(SpikeBatch::size).sum();
    Key[] keys = new Key[size];
    Slot[] known = new Slot[size];
    int at = 0;
    for (SpikeBatch batch : batches) {
      for (Sample sample : batch.samples()) {
        keys[at] = Key.of(sample);
        known[at] = slots.get(keys[at]);
        at++;
      }
    }
    return new Found(now, keys, known);
  }

  /**
   * Where a sample is, or will be once {@link #send} was called.
   *
   * @param found of its call
   * @param at its place among the call's samples
   */
  Slot slot(Found found, int at, Sample sample) {
    Slot known =
        found.generation == generation && found.slots[at] != null
            ? found.slots[at]
            : slots.get(found.keys[at]);
    return known == null ? add(found.keys[at], sample) : known;
  }

  private Slot add(Key key, Sample sample) {
    int before = elementCount;
    int[] ofFirstRow = {-1};
    encoding.encode(
        sample.spikes(),
        new SampleEncoding.Receiver() {
          @Override
          public void element(int channel, long value) {
            channels.add(channel);
            values.add((int) value);
            if (encoding.words() == 2) {
              values.add((int) (value >>> Integer.SIZE));
            }
            elementCount++;
          }

          @Override
          public void endRow() {
            starts.add(elementCount);
            ofFirstRow[0] = ofFirstRow[0] < 0 ? elementCount - before : ofFirstRow[0];
          }
        });
    for (float target : sample.target()) {
      targets.add(Float.floatToRawIntBits(target));
    }
    Slot slot = new Slot(count++, ofFirstRow[0]);
    slots.put(key, slot);
    return slot;
  }

  /** Sends what is not yet on the device. */
  void send() {
    starts.send();
    channels.send();
    values.send();
    targets.send();
  }

  @Override
  public void close() {
    starts.close();
    channels.close();
    values.close();
    targets.close();
  }

  /** Words on the device, with those that are still to be sent. */
  private final class Held implements AutoCloseable {
    private int[] waiting = new int[FIRST];
    private int waitingCount;
    private long sent;
    private DeviceBuffer buffer;

    void add(int word) {
      if (waitingCount == waiting.length) {
        waiting = Arrays.copyOf(waiting, 2 * waitingCount);
      }
      waiting[waitingCount++] = word;
    }

    long bytes() {
      return (sent + waitingCount) * Integer.BYTES;
    }

    void send() {
      if (buffer == null || buffer.bytes() < bytes()) {
        DeviceBuffer larger = device.allocate(Math.max(FIRST, 2 * bytes()));
        if (buffer != null) {
          buffer.copyTo(larger, 0, 0, sent);
          device.finish();
          buffer.close();
        }
        buffer = larger;
      }
      if (waitingCount > 0) {
        buffer.write(sent, Arrays.copyOf(waiting, waitingCount));
        sent += waitingCount;
        waitingCount = 0;
        waiting = new int[FIRST];
      }
    }

    void clear() {
      sent = 0;
      waitingCount = 0;
    }

    @Override
    public void close() {
      if (buffer != null) {
        buffer.close();
        buffer = null;
      }
    }
  }
}
