package org.sparksbp.clip;

/**
 * How events are binned in time and space.
 *
 * @param sensorSide pixels on a side of the camera
 * @param steps frames of a clip, the most if their length is fixed
 * @param side pixels on a side after pooling; divides that of the sensor
 * @param separate whether the polarities have channels of their own
 * @param binMicroseconds length of a frame in us; 0 to spread the frames over the clip
 * @param keptEvery of each so many frames the first is kept
 * @param byFrame whether a sample is a frame rather than a clip
 * @param withinClip whether a clip's first 70 % are for training and the rest for test
 */
public record FrameGrid(
    int sensorSide,
    int steps,
    int side,
    boolean separate,
    int binMicroseconds,
    int keptEvery,
    boolean byFrame,
    boolean withinClip) {

  private static final int TRAIN_PERCENT = 70;

  /** Channels of a frame. */
  public int channels() {
    return side * side * (separate ? 2 : 1);
  }

  /** Number of frames of an interval of that length in us. */
  int frames(long length) {
    if (binMicroseconds == 0 || !byFrame) {
      return steps;
    }
    return (int) Math.min(steps, (length + binMicroseconds - 1) / binMicroseconds);
  }

  /** Where a clip's test part begins, in us. */
  static long cut(long start, long end) {
    return start + (end - start) * TRAIN_PERCENT / 100;
  }

  /** Number of a clip's frames that are for training within a clip. */
  static int trainFrames(int frames) {
    return frames * TRAIN_PERCENT / 100;
  }
}
