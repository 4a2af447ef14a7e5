package org.sparksbp.spike;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The spikes of one sample: at most one event for each (step, channel), sorted by step, then
 * channel.
 *
 * <p>The events are held in the form in which a shard stores them. For each step: the number of
 * events as a varint, then for each event the gap to the previous event's channel as a varint (the
 * first gap counts from channel -1, so a gap is at least 1). A varint is little-endian base 128,
 * high bit set on all bytes but the last. A MNIST image at 20 steps takes about 2 kB.
 *
 * <p>Instances are immutable; {@link #code()} is not copied and must not be written to.
 */
public final class SpikeTrain {

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /**
   * In each of eight bytes the lowest bit, the highest bit, and in each of four pairs the lower.
   */
  private static final long ONES = 0x0101010101010101L;

  private static final long HIGH = 0x8080808080808080L;
  private static final long LOWER = 0x00ff00ff00ff00ffL;
  private static final long SUM = 0x0001000100010001L;

  private final int steps;
  private final int channels;
  private final byte[] code;

  private final int events;

  private SpikeTrain(int steps, int channels, byte[] code, int events) {
    this.steps = steps;
    this.channels = channels;
    this.code = code;
    this.events = events;
  }

  /**
   * Takes a train as a shard stores it, after checking that it is whole.
   *
   * @param steps number of time steps, at least 1
   * @param channels number of input channels, at least 1
   * @param code the coded events, see the class comment; kept, not copied
   * @throws IllegalArgumentException if the code ends early, has bytes left over or names a channel
   *     outside the train
   */
  public static SpikeTrain ofCode(int steps, int channels, byte[] code) {
    SpikeTrain unchecked =
        new SpikeTrain(checkPositive("steps", steps), checkPositive("channels", channels), code, 0);
    return new SpikeTrain(steps, channels, code, unchecked.countEvents());
  }

  /**
   * Takes the {@link #code()} of a train that has crossed to another process, without looking at it
   * once more; visiting its events still fails where it is damaged.
   *
   * @param code kept, not copied
   * @param events its {@link #eventCount()}
   */
  public static SpikeTrain ofCheckedCode(int steps, int channels, byte[] code, int events) {
    return new SpikeTrain(steps, channels, code, events);
  }

  /**
   * Codes a train from its events.
   *
   * @param channels number of input channels
   * @param channelsOfStep for each step the channels that spike in it, strictly ascending
   * @throws IllegalArgumentException if a channel is out of range or not ascending
   */
  public static SpikeTrain of(int channels, int[][] channelsOfStep) {
    Builder builder = new Builder(channelsOfStep.length, channels);
    for (int step = 0; step < channelsOfStep.length; step++) {
      for (int channel : channelsOfStep[step]) {
        builder.add(step, channel);
      }
    }
    return builder.build();
  }

  public int steps() {
    return steps;
  }

  public int channels() {
    return channels;
  }

  /** The coded events as stored in a shard; not a copy. */
  public byte[] code() {
    return code;
  }

  /** Receives the events of a train in their order. */
  @FunctionalInterface
  public interface EventVisitor {
    void event(int step, int channel);
  }

  /** Visits every event, by step, then channel. */
  public void forEach(EventVisitor visitor) {
    int at = 0;
    for (int step = 0; step < steps; step++) {
      long countAndNext = readVarint(at);
      at = (int) (countAndNext >>> 32);
      int channel = -1;
      for (int remaining = (int) countAndNext; remaining > 0; remaining--) {
        int gap = at < code.length ? code[at] : -1;
        if (gap >= 0) {
          at++; // nearly all gaps take one byte
        } else {
          long gapAndNext = readVarint(at);
          at = (int) (gapAndNext >>> 32);
          gap = (int) gapAndNext;
        }
        channel = checkedChannel(step, channel, gap, at);
        visitor.event(step, channel);
      }
    }
    checkEnd(at);
  }

  /**
   * Counts the events and checks their code as a visit of each does, eight gaps of one byte at a
   * time: whoever loads samples spends most of the time here.
   */
  private int countEvents() {
    int counted = 0;
    int at = 0;
    for (int step = 0; step < steps; step++) {
      long countAndNext = readVarint(at);
      at = (int) (countAndNext >>> 32);
      int remaining = (int) countAndNext;
      counted += Math.max(0, remaining);
      int channel = -1;
      while (remaining > 0) {
        if (remaining >= Long.BYTES && at + Long.BYTES <= code.length) {
          int sum = sumOfShortGaps((long) EIGHT_BYTES.get(code, at));
          if (sum > 0 && sum < channels - channel) {
            channel += sum;
            at += Long.BYTES;
            remaining -= Long.BYTES;
            continue;
          }
        }
        long gapAndNext = readVarint(at);
        at = (int) (gapAndNext >>> 32);
        channel = checkedChannel(step, channel, (int) gapAndNext, at);
        remaining--;
      }
    }
    checkEnd(at);
    return counted;
  }

  /** The sum of eight gaps; 0 if one of them is 0 or takes more than its byte. */
  private static int sumOfShortGaps(long eight) {
    // A byte that is 0 borrows from the one above it, which sets its highest bit.
    if (((eight | (eight - ONES)) & HIGH) != 0) {
      return 0;
    }
    long pairs = (eight & LOWER) + ((eight >>> Byte.SIZE) & LOWER);
    return (int) ((pairs * SUM) >>> 48);
  }

  private int checkedChannel(int step, int before, int gap, int at) {
    if (gap < 1 || gap >= channels - before) {
      throw new IllegalArgumentException(
          "Invalid spike train: channel gap "
              + gap
              + " before byte "
              + at
              + " leaves the "
              + channels
              + " channels at step "
              + step);
    }
    return before + gap;
  }

  private void checkEnd(int at) {
    if (at != code.length) {
      throw new IllegalArgumentException(
          "Invalid spike train: "
              + (code.length - at)
              + " bytes left after the last of "
              + steps
              + " steps");
    }
  }

  /** Number of events in the train. */
  public int eventCount() {
    return events;
  }

  /**
   * Writes the firing rate of each channel, in spikes per step, between 0 and 1.
   *
   * @param rates receives {@link #channels()} values from {@code offset} on
   */
  public void rates(float[] rates, int offset) {
    Arrays.fill(rates, offset, offset + channels, 0f);
    count(rates, offset);
    if (steps > 1) {
      for (int channel = 0; channel < channels; channel++) {
        rates[offset + channel] /= steps;
      }
    }
  }

  /** Visits every event as {@link #forEach} does: a loop of its own, as every batch begins here. */
  private void count(float[] counts, int offset) {
    byte[] bytes = code;
    int at = 0;
    for (int step = 0; step < steps; step++) {
      long countAndNext = readVarint(at);
      at = (int) (countAndNext >>> 32);
      int channel = -1;
      for (int remaining = (int) countAndNext; remaining > 0; remaining--) {
        int gap = at < bytes.length ? bytes[at] : -1;
        if (gap > 0 && gap < channels - channel) {
          at++;
          channel += gap;
        } else {
          long gapAndNext = readVarint(at);
          at = (int) (gapAndNext >>> 32);
          channel = checkedChannel(step, channel, (int) gapAndNext, at);
        }
        counts[offset + channel]++;
      }
    }
    checkEnd(at);
  }

  private long readVarint(int start) {
    int value = 0;
    int at = start;
    for (int shift = 0; shift < 32; shift += 7) {
      if (at >= code.length) {
        throw new IllegalArgumentException(
            "Invalid spike train: its "
                + code.length
                + " bytes end before the last of "
                + steps
                + " steps");
      }
      byte next = code[at++];
      value |= (next & 0x7f) << shift;
      if (next >= 0) {
        return ((long) at << 32) | (value & 0xffffffffL);
      }
    }
    throw new IllegalArgumentException("Invalid spike train: overlong number at byte " + start);
  }

  private static int checkPositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("Invalid " + name + ": " + value + ", must be at least 1");
    }
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SpikeTrain that
        && steps == that.steps
        && channels == that.channels
        && Arrays.equals(code, that.code);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * steps + channels) + Arrays.hashCode(code);
  }

  @Override
  public String toString() {
    return "SpikeTrain[steps="
        + steps
        + ", channels="
        + channels
        + ", events="
        + eventCount()
        + "]";
  }

  /** Codes a train from events given in ascending order of step, then channel. */
  public static final class Builder {

    private final int steps;
    private final int channels;
    private byte[] code = new byte[64];
    private int length;
    private int step;
    private int[] pending = new int[16];
    private int pendingCount;
    private int events;

    public Builder(int steps, int channels) {
      this.steps = checkPositive("steps", steps);
      this.channels = checkPositive("channels", channels);
    }

    /**
     * Adds one event.
     *
     * @throws IllegalArgumentException if it lies outside the train or not behind the event before
     *     it
     */
    public Builder add(int atStep, int channel) {
      if (atStep < step || atStep >= steps || channel < 0 || channel >= channels) {
        throw new IllegalArgumentException(
            "Invalid event (step "
                + atStep
                + ", channel "
                + channel
                + "): outside "
                + steps
                + " steps of "
                + channels
                + " channels, or behind step "
                + step);
      }
      while (step < atStep) {
        closeStep();
      }
      if (pendingCount > 0 && channel <= pending[pendingCount - 1]) {
        throw new IllegalArgumentException(
            "Invalid event (step "
                + atStep
                + ", channel "
                + channel
                + "): not behind channel "
                + pending[pendingCount - 1]);
      }
      if (pendingCount == pending.length) {
        pending = Arrays.copyOf(pending, 2 * pendingCount);
      }
      pending[pendingCount++] = channel;
      events++;
      return this;
    }

    public SpikeTrain build() {
      while (step < steps) {
        closeStep();
      }
      return new SpikeTrain(steps, channels, Arrays.copyOf(code, length), events);
    }

    private void closeStep() {
      writeVarint(pendingCount);
      int previous = -1;
      for (int i = 0; i < pendingCount; i++) {
        writeVarint(pending[i] - previous);
        previous = pending[i];
      }
      pendingCount = 0;
      step++;
    }

    private void writeVarint(int value) {
      if (length + 5 > code.length) {
        code = Arrays.copyOf(code, 2 * code.length);
      }
      int rest = value;
      while (rest >= 0x80) {
        code[length++] = (byte) (rest | 0x80);
        rest >>>= 7;
      }
      code[length++] = (byte) rest;
    }
  }
}
