package org.sparksbp.clip;

import java.util.List;
import java.util.Optional;
import org.sparksbp.learner.SettingChange;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.TaskOption;

/** What may be asked of the frames of clips, and the grid that it comes to. */
public final class FrameOptions {

  /** The encoder of events, the only one that clips go through. */
  public static final String EVENTS = "events";

  /** The split by the publishers of a data set. */
  public static final String OFFICIAL = "official";

  /** The split of each clip in time. */
  public static final String WITHIN_CLIP = "within-clip";

  private static final String FRAMES = "frames";
  private static final String CLIPS = "clips";
  private static final String MERGED = "merged";
  private static final String SEPARATE = "separate";

  private static final TaskOption SAMPLE_BY =
      new TaskOption(
          "sampleBy",
          "sample-by",
          "WHAT",
          "one sample a frame (" + FRAMES + ") or a clip (" + CLIPS + ")",
          List.of(FRAMES, CLIPS));
  private static final TaskOption POLARITIES =
      new TaskOption(
          "polarities", "polarities", "HOW", MERGED + " or " + SEPARATE, List.of(MERGED, SEPARATE));
  private static final TaskOption BIN =
      new TaskOption(
          "binMicroseconds",
          "bin-us",
          "MICROSECONDS",
          "length of a frame; 0 (default) spreads the frames evenly over a clip",
          List.of());

  private static final TaskOption EVERY_FRAME =
      new TaskOption(
          "everyFrame",
          "every-frame",
          "N",
          "keeps the first of each N frames; 0 (default) and 1 keep all",
          List.of());

  private final int sensorSide;
  private final int pooledSide;
  private final TaskOption side;

  /**
   * The options for a sensor.
   *
   * @param sensorSide pixels on its side
   * @param pooledSide pixels on a frame's side if nothing else is said
   */
  public FrameOptions(int sensorSide, int pooledSide) {
    this.sensorSide = sensorSide;
    this.pooledSide = pooledSide;
    this.side =
        new TaskOption(
            "pooledSide",
            "pooled-side",
            "PIXELS",
            "side of the picture after spatial pooling (default: " + pooledSide + ")",
            List.of());
  }

  /** The options, in the order of help texts. */
  public List<TaskOption> all() {
    return List.of(SAMPLE_BY, side, POLARITIES, BIN, EVERY_FRAME);
  }

  /** Settings with one sample a frame, polarities merged. */
  public PrepareSettings.Builder defaults(int steps) {
    return PrepareSettings.of(EVENTS, steps, OFFICIAL)
        .option(SAMPLE_BY.key(), FRAMES)
        .option(side.key(), pooledSide)
        .option(POLARITIES.key(), MERGED);
  }

  /**
   * The frames that settings ask for.
   *
   * @throws IllegalArgumentException if an option is missing, the side does not fit the sensor, or
   *     no frame but the first is kept
   */
  public FrameGrid grid(PrepareSettings settings) {
    int pooled = settings.number(side.key());
    if (pooled < 1 || sensorSide % pooled != 0) {
      throw new IllegalArgumentException(
          "Invalid " + side.name() + ": " + pooled + ", must divide " + sensorSide);
    }
    int keptEvery = Math.max(1, settings.number(EVERY_FRAME.key()));
    if (keptEvery > settings.steps()) {
      throw new IllegalArgumentException(
          "Invalid "
              + EVERY_FRAME.name()
              + ": "
              + keptEvery
              + ", a clip has "
              + settings.steps()
              + " frames");
    }
    return new FrameGrid(
        sensorSide,
        settings.steps(),
        pooled,
        chosen(POLARITIES, settings).equals(SEPARATE),
        settings.number(BIN.key()),
        keptEvery,
        chosen(SAMPLE_BY, settings).equals(FRAMES),
        settings.split().equals(WITHIN_CLIP));
  }

  private static Object chosen(TaskOption option, PrepareSettings settings) {
    return option.parse(settings.text(option.key()));
  }

  /** A clip's steps are its frames in the order of time; a frame alone has one step. */
  public static Optional<SettingChange> changeToFrames(PrepareSettings settings) {
    return settings.text(SAMPLE_BY.key()).equals(CLIPS)
        ? Optional.of(new SettingChange("--" + SAMPLE_BY.name(), CLIPS, FRAMES))
        : Optional.empty();
  }
}
