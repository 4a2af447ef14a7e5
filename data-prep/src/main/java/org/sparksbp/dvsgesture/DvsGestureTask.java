package org.sparksbp.dvsgesture;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.aedat.EventFormat;
import org.sparksbp.aedat.EventVisitor;
import org.sparksbp.aedat.FaultVisitor;
import org.sparksbp.measure.ClassificationMeasure;
import org.sparksbp.measure.Measure;
import org.sparksbp.rawfile.RawFile;
import org.sparksbp.rawfile.RawFolder;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.InputSlice;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.SampleSink;
import org.sparksbp.task.Split;
import org.sparksbp.task.Task;

/**
 * The DVS128 gestures, from recordings with label files or from single clips.
 *
 * <p>{@code frames}: one sample a frame, a train of one step; {@code clips}: one sample a clip, its
 * frames the steps. The group is the clip.
 */
public final class DvsGestureTask implements Task {

  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "dvsgesture";
  }

  @Override
  public PrepareSettings defaults() {
    return new PrepareSettings(
        "events", 100, 1, "frames", "official", "", 0, 10, 32, "merged", 0, false);
  }

  @Override
  public int channels(PrepareSettings settings) {
    return FrameGrid.of(settings).channels();
  }

  @Override
  public List<String> outputNames() {
    return Gestures.NAMES;
  }

  @Override
  public Measure newMeasure() {
    return ClassificationMeasure.ofGroups(outputNames());
  }

  @Override
  public List<InputSlice> slices(Configuration hadoop, Path input, PrepareSettings settings)
      throws IOException {
    FrameGrid grid = FrameGrid.of(settings);
    return new GestureSlices(hadoop, GestureFiles.find(hadoop, input), grid).slices();
  }

  @Override
  public void read(
      Configuration hadoop, InputSlice slice, PrepareSettings settings, SampleSink sink)
      throws IOException {
    FrameGrid grid = FrameGrid.of(settings);
    String first = slice.files().get(0);
    if (format(first).filter(EventFormat.AEDAT_3_1::equals).isPresent()) {
      readRecording(hadoop, slice, grid, sink);
    } else if (format(first).isPresent()) {
      for (String file : slice.files()) {
        readClip(hadoop, file, npyLabel(file), npyId(file), slice.split(), grid, sink);
      }
    } else {
      readLabelledClips(hadoop, slice, grid, sink);
    }
  }

  private static java.util.Optional<EventFormat> format(String file) {
    return EventFormat.ofName(RawFolder.plainName(new Path(file)));
  }

  private static void readRecording(
      Configuration hadoop, InputSlice slice, FrameGrid grid, SampleSink sink) throws IOException {
    String recording = slice.files().get(0);
    String labels = slice.files().get(1);
    String name = EventFormat.AEDAT_3_1.baseName(RawFolder.plainName(new Path(recording)));
    List<ClipSamples> clips = new ArrayList<>();
    List<FrameRaster> rasters = new ArrayList<>();
    for (LabelledClip clip : LabelTable.readClips(hadoop, labels, name, into(sink, labels))) {
      ClipSamples samples = new ClipSamples(clip, grid, slice.split());
      clips.add(samples);
      rasters.addAll(samples.rasters());
    }
    readEvents(hadoop, recording, new ClipBinner(grid, rasters), into(sink, recording));
    for (ClipSamples clip : clips) {
      if (!clip.deliver(sink)) {
        sink.badRecord(
            recording,
            "clip " + clips.indexOf(clip),
            "no events in the time that " + labels + " gives for it");
      }
    }
  }

  private static void readLabelledClips(
      Configuration hadoop, InputSlice slice, FrameGrid grid, SampleSink sink) throws IOException {
    String labels = slice.files().get(0);
    // Every slice reads the same label file; bad lines show as clips without a class.
    Map<String, Integer> classes =
        LabelTable.readFileClasses(hadoop, labels, (position, reason) -> {});
    for (String file : slice.files().subList(1, slice.files().size())) {
      String name = RawFolder.plainName(new Path(file));
      Integer label = classes.get(name);
      if (label == null) {
        sink.badRecord(file, "file " + name, "no class from 1 to 11 in " + labels);
      } else {
        String id = "dvsgesture/" + EventFormat.BS2.baseName(name);
        readClip(hadoop, file, label, id, slice.split(), grid, sink);
      }
    }
  }

  /** Reads a clip file twice: for the time of its first and last event, then to bin them. */
  private static void readClip(
      Configuration hadoop,
      String file,
      int label,
      String id,
      Split split,
      FrameGrid grid,
      SampleSink sink)
      throws IOException {
    long[] time = {Long.MAX_VALUE, Long.MIN_VALUE};
    EventVisitor timeRange =
        (at, x, y, polarity) -> {
          time[0] = Math.min(time[0], at);
          time[1] = Math.max(time[1], at);
        };
    readEvents(hadoop, file, timeRange, into(sink, file));
    if (time[1] < time[0]) {
      sink.badRecord(file, "byte 0", "no events");
      return;
    }
    ClipSamples clip =
        new ClipSamples(new LabelledClip(id, label, time[0], time[1] + 1), grid, split);
    readEvents(hadoop, file, new ClipBinner(grid, clip.rasters()), (position, reason) -> {});
    var unused = clip.deliver(sink);
  }

  private static void readEvents(
      Configuration hadoop, String file, EventVisitor events, FaultVisitor faults)
      throws IOException {
    try (InputStream in = RawFile.open(hadoop, new Path(file))) {
      format(file).orElseThrow().read(in, file, events, faults);
    }
  }

  private static FaultVisitor into(SampleSink sink, String file) {
    return (position, reason) -> sink.badRecord(file, position, reason);
  }

  /** Tonic names a clip by its class from 0, in a folder named by subject and light. */
  private static int npyLabel(String file) throws InvalidInputException {
    String name = EventFormat.NPY.baseName(RawFolder.plainName(new Path(file)));
    if (!name.matches("\\d{1,2}") || Integer.parseInt(name) >= Gestures.NAMES.size()) {
      throw new InvalidInputException(
          "Invalid clip "
              + file
              + ": its name must be its class, 0.npy to 10.npy, in a folder named by subject and"
              + " light");
    }
    return Integer.parseInt(name);
  }

  private static String npyId(String file) {
    Path path = new Path(file);
    return "dvsgesture/"
        + path.getParent().getName()
        + "/"
        + EventFormat.NPY.baseName(RawFolder.plainName(path));
  }
}
