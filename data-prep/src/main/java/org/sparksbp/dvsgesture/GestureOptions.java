package org.sparksbp.dvsgesture;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sparksbp.aedat.EventFormat;
import org.sparksbp.aedat.NpyLayout;
import org.sparksbp.aedat.NpyLayout.TimeUnit;
import org.sparksbp.learner.SettingChange;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.TaskOption;

/** What may be asked of the preparation of gestures, and the grid of frames that it comes to. */
final class GestureOptions {

  static final String EVENTS = "events";
  static final String OFFICIAL = "official";
  static final String WITHIN_CLIP = "within-clip";

  private static final String FRAMES = "frames";
  private static final String CLIPS = "clips";
  private static final String MERGED = "merged";
  private static final String SEPARATE = "separate";
  private static final int POOLED_SIDE = 32;

  private static final TaskOption SAMPLE_BY =
      new TaskOption(
          "sampleBy",
          "sample-by",
          "WHAT",
          "one sample a frame (" + FRAMES + ") or a clip (" + CLIPS + ")",
          List.of(FRAMES, CLIPS));
  private static final TaskOption SIDE =
      new TaskOption(
          "pooledSide",
          "pooled-side",
          "PIXELS",
          "side of the picture after spatial pooling (default: " + POOLED_SIDE + ")",
          List.of());
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

  private static final TaskOption NPY_COLUMNS =
      new TaskOption(
          "npyColumns",
          "npy-columns",
          "ORDER",
          "order of the columns of .npy clips without names (default: "
              + NpyLayout.TONIC.columns()
              + "): "
              + String.join(", ", NpyLayout.ORDERS),
          NpyLayout.ORDERS);

  private static final TaskOption NPY_TIME =
      new TaskOption(
          "npyTime",
          "npy-time",
          "UNIT",
          "what times of .npy clips are in: us, ms (default) or s",
          Arrays.stream(TimeUnit.values()).map(GestureOptions::name).toList());

  static final List<TaskOption> ALL =
      List.of(SAMPLE_BY, SIDE, POLARITIES, BIN, EVERY_FRAME, NPY_COLUMNS, NPY_TIME);

  /** Lines, clips and events together; of each file the allowed share is what counts. */
  private static final int MAX_BAD_RECORDS = 10_000;

  private GestureOptions() {}

  static PrepareSettings defaults() {
    return PrepareSettings.of(EVENTS, 100, OFFICIAL)
        .maxBadRecords(MAX_BAD_RECORDS)
        .option(SAMPLE_BY.key(), FRAMES)
        .option(SIDE.key(), POOLED_SIDE)
        .option(POLARITIES.key(), MERGED)
        .build();
  }

  /**
   * The frames that settings ask for.
   *
   * @throws IllegalArgumentException if an option is missing, the side does not fit the sensor, or
   *     no frame but the first is kept
   */
  static FrameGrid grid(PrepareSettings settings) {
    int side = settings.number(SIDE.key());
    if (side < 1 || EventFormat.SENSOR_SIDE % side != 0) {
      throw new IllegalArgumentException(
          "Invalid " + SIDE.name() + ": " + side + ", must divide " + EventFormat.SENSOR_SIDE);
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
        settings.steps(),
        side,
        chosen(POLARITIES, settings).equals(SEPARATE),
        settings.number(BIN.key()),
        keptEvery,
        chosen(SAMPLE_BY, settings).equals(FRAMES),
        settings.split().equals(WITHIN_CLIP));
  }

  /** How NumPy arrays are read: what is not said is as the library Tonic has it. */
  static NpyLayout npyLayout(PrepareSettings settings) {
    String columns = settings.text(NPY_COLUMNS.key());
    String unit = settings.text(NPY_TIME.key());
    return new NpyLayout(
        columns.isEmpty() ? NpyLayout.TONIC.columns() : columns,
        unit.isEmpty() ? NpyLayout.TONIC.unit() : TimeUnit.valueOf(unit.toUpperCase(Locale.ROOT)));
  }

  private static String name(TimeUnit unit) {
    return unit.name().toLowerCase(Locale.ROOT);
  }

  private static Object chosen(TaskOption option, PrepareSettings settings) {
    return option.parse(settings.text(option.key()));
  }

  /** A clip's steps are its frames in the order of time; a frame alone has one step. */
  static Optional<SettingChange> changeToFrames(PrepareSettings settings) {
    return settings.text(SAMPLE_BY.key()).equals(CLIPS)
        ? Optional.of(new SettingChange("--" + SAMPLE_BY.name(), CLIPS, FRAMES))
        : Optional.empty();
  }
}
