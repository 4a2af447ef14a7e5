package org.sparksbp.dvsgesture;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.sparksbp.aedat.EventFormat;
import org.sparksbp.aedat.NpyLayout;
import org.sparksbp.aedat.NpyLayout.TimeUnit;
import org.sparksbp.clip.FrameOptions;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.TaskOption;

/** What may be asked of the preparation of gestures, and the grid of frames that it comes to. */
final class GestureOptions {

  /** As the study pooled them. */
  private static final int POOLED_SIDE = 32;

  /** Frames of a clip. */
  private static final int STEPS = 100;

  static final FrameOptions FRAMES = new FrameOptions(EventFormat.SENSOR_SIDE, POOLED_SIDE);

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
          "what times of clips are in: us, ms or s (default: .npy ms, .npz us, .hdf5 what they say,"
              + " else us, real numbers s)",
          Arrays.stream(TimeUnit.values()).map(GestureOptions::name).toList());

  static final List<TaskOption> ALL =
      Stream.concat(FRAMES.all().stream(), Stream.of(NPY_COLUMNS, NPY_TIME)).toList();

  /** Lines, clips and events together; of each file the allowed share is what counts. */
  private static final int MAX_BAD_RECORDS = 10_000;

  private GestureOptions() {}

  static PrepareSettings defaults() {
    return FRAMES.defaults(STEPS).maxBadRecords(MAX_BAD_RECORDS).build();
  }

  /** How arrays are read: what is not said is as the libraries have it that write them. */
  static NpyLayout npyLayout(PrepareSettings settings) {
    String columns = settings.text(NPY_COLUMNS.key());
    String unit = settings.text(NPY_TIME.key());
    return new NpyLayout(
        columns.isEmpty() ? NpyLayout.TONIC.columns() : columns,
        unit.isEmpty() ? null : TimeUnit.valueOf(unit.toUpperCase(Locale.ROOT)));
  }

  private static String name(TimeUnit unit) {
    return unit.name().toLowerCase(Locale.ROOT);
  }
}
