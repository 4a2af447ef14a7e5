package org.sparksbp.dvsgesture;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.aedat.EventFormat;
import org.sparksbp.aedat.EventVisitor;
import org.sparksbp.aedat.FaultVisitor;
import org.sparksbp.checksum.Checksum;
import org.sparksbp.learner.SettingChange;
import org.sparksbp.measure.ClassificationMeasure;
import org.sparksbp.measure.Measure;
import org.sparksbp.rawfile.RawFile;
import org.sparksbp.rawfile.RawFolder;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.InputSlice;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.PublicSource;
import org.sparksbp.task.RemoteFile;
import org.sparksbp.task.SampleSink;
import org.sparksbp.task.Split;
import org.sparksbp.task.Task;
import org.sparksbp.task.TaskOption;

/**
 * The DVS128 gestures, from recordings with label files or from single clips.
 *
 * <p>{@code frames}: one sample a frame, a train of one step; {@code clips}: one sample a clip, its
 * frames the steps. The group is the clip.
 */
public final class DvsGestureTask implements Task {

  static final String NAME = "dvsgesture";

  private static final long serialVersionUID = 1L;

  /** Clips as the library Tonic has them, with the MD5 of its archives. */
  private static final PublicSource SOURCE =
      new PublicSource(
          List.of(
              archive("ibmGestureTrain.tar.gz", "38022171", "3a8f0d4120a166bac7591f77409cb105"),
              archive("ibmGestureTest.tar.gz", "38020584", "56070e45dadaa85fff82e0fbfbc06de5")),
          "By hand: the raw recordings need a form: open"
              + " https://research.ibm.com/interactive/dvsgesture/, get DvsGesture.tar.gz (3 GB,"
              + " md5 8a5c71fb11e24e5ca5b11866ca6c00a1) and unpack it into the directory. Or open"
              + " https://figshare.com/ndownloader/files/38022171 and"
              + " https://figshare.com/ndownloader/files/38020584 in a browser (clips, 1.5 GB) and"
              + " unpack both there.");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public PrepareSettings defaults() {
    return GestureOptions.defaults();
  }

  @Override
  public List<String> encoders() {
    return List.of(GestureOptions.EVENTS);
  }

  @Override
  public List<String> splits() {
    return List.of(GestureOptions.OFFICIAL, GestureOptions.WITHIN_CLIP);
  }

  @Override
  public List<TaskOption> options() {
    return GestureOptions.ALL;
  }

  /** {@inheritDoc} Neighbouring pixels are pooled in squares that must fill the sensor. */
  @Override
  public void check(PrepareSettings settings) {
    Task.super.check(settings);
    var unused = GestureOptions.grid(settings);
  }

  @Override
  public int channels(PrepareSettings settings) {
    return GestureOptions.grid(settings).channels();
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
  public Optional<SettingChange> changeToSingleSteps(PrepareSettings settings) {
    return GestureOptions.changeToFrames(settings);
  }

  @Override
  public PublicSource source() {
    return SOURCE;
  }

  private static RemoteFile archive(String name, String number, String md5) {
    URI place = URI.create("https://ndownloader.figshare.com/files/" + number);
    return new RemoteFile(
        name, List.of(place), Checksum.Algorithm.MD5, md5, RemoteFile.Unpack.TAR_GZ);
  }

  @Override
  public String syntheticUnits() {
    return "recorded gestures";
  }

  /** {@inheritDoc} Clips are rounded up to whole recordings of eleven, two at least. */
  @Override
  public void writeSynthetic(Configuration hadoop, Path directory, int samples, long seed)
      throws IOException {
    SyntheticGestures.write(hadoop, directory, samples, seed);
  }

  @Override
  public List<InputSlice> slices(Configuration hadoop, Path input, PrepareSettings settings)
      throws IOException {
    check(settings);
    FrameGrid grid = GestureOptions.grid(settings);
    return new GestureSlices(hadoop, GestureFiles.find(hadoop, input), grid).slices();
  }

  @Override
  public void read(
      Configuration hadoop, InputSlice slice, PrepareSettings settings, SampleSink sink)
      throws IOException {
    FrameGrid grid = GestureOptions.grid(settings);
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

  private static Optional<EventFormat> format(String file) {
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
