package org.sparksbp.clip;

import org.sparksbp.spike.SpikeTrain;

/** The frames of one stretch of time: which channels had an event in each, as bits. */
public final class FrameRaster {

  private final long start;
  private final long end;
  private final int frames;
  private final int channels;
  private final int words;
  private final int binMicroseconds;
  private final int keptEvery;
  private final long[] bits;
  private long events;

  // The frame that the last event fell in: events come in the order of time, or nearly so.
  private int frame;
  private long frameStart;
  private long frameEnd;

  FrameRaster(long start, long end, FrameGrid grid) {
    this.start = start;
    this.end = end;
    this.frames = grid.frames(end - start);
    this.channels = grid.channels();
    this.words = (channels + 63) / 64;
    this.binMicroseconds = grid.binMicroseconds();
    this.keptEvery = grid.keptEvery();
    this.bits = new long[frames * words];
    this.frameStart = end;
    this.frameEnd = end;
  }

  long start() {
    return start;
  }

  long end() {
    return end;
  }

  int frames() {
    return frames;
  }

  /** Number of events in the stretch, also of those behind the last frame of fixed length. */
  public long events() {
    return events;
  }

  /** Adds an event between start and end. */
  void add(long time, int channel) {
    events++;
    if (time < frameStart || time >= frameEnd) {
      findFrame(time);
    }
    if (frame < frames) {
      bits[frame * words + (channel >> 6)] |= 1L << channel;
    }
  }

  private void findFrame(long time) {
    long since = time - start;
    if (binMicroseconds > 0) {
      long bin = since / binMicroseconds;
      frame = (int) Math.min(bin, frames);
      frameStart = start + bin * binMicroseconds;
      frameEnd = frameStart + binMicroseconds;
    } else {
      long length = end - start;
      frame = (int) (since * frames / length);
      frameStart = start + firstMicrosecond(frame, length);
      frameEnd = start + firstMicrosecond(frame + 1, length);
    }
  }

  /** The least t with t * frames / length >= number. */
  private long firstMicrosecond(int number, long length) {
    return (number * length + frames - 1) / frames;
  }

  /** One frame as a train of one step. */
  SpikeTrain frameTrain(int number) {
    SpikeTrain.Builder train = new SpikeTrain.Builder(1, channels);
    addFrame(train, 0, number);
    return train.build();
  }

  /** Whether a frame is one of those to be kept. */
  boolean isKept(int number) {
    return number % keptEvery == 0;
  }

  /** The frames kept as the steps of a train. */
  SpikeTrain train() {
    int kept = (frames + keptEvery - 1) / keptEvery;
    SpikeTrain.Builder train = new SpikeTrain.Builder(kept, channels);
    for (int step = 0; step < kept; step++) {
      addFrame(train, step, step * keptEvery);
    }
    return train.build();
  }

  private void addFrame(SpikeTrain.Builder train, int step, int number) {
    for (int word = 0; word < words; word++) {
      long rest = bits[number * words + word];
      while (rest != 0) {
        train.add(step, word * 64 + Long.numberOfTrailingZeros(rest));
        rest &= rest - 1;
      }
    }
  }
}
