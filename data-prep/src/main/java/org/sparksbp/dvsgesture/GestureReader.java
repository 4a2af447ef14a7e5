package org.sparksbp.dvsgesture;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.aedat.EventFormat;
import org.sparksbp.aedat.EventVisitor;
import org.sparksbp.aedat.EventsRead;
import org.sparksbp.aedat.FaultVisitor;
import org.sparksbp.aedat.NpyLayout;
import org.sparksbp.clip.ClipBinner;
import org.sparksbp.clip.ClipFile;
import org.sparksbp.clip.ClipSamples;
import org.sparksbp.clip.FrameGrid;
import org.sparksbp.clip.FrameRaster;
import org.sparksbp.clip.LabelledClip;
import org.sparksbp.rawfile.RawFile;
import org.sparksbp.rawfile.RawFolder;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.InputSlice;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.RecordUnit;
import org.sparksbp.task.SampleSink;

/** Reads the clips of a slice: a recording's, or those of a few clip files. */
final class GestureReader {

  /** Clips of recordings whose labels are in ms last that long at most, taken for us. */
  private static final long SHORTEST_CLIP = 50_000;

  private static final int MILLI = 1_000;

  private final Configuration hadoop;
  private final InputSlice slice;
  private final FrameGrid grid;
  private final NpyLayout layout;
  private final SampleSink sink;

  GestureReader(Configuration hadoop, InputSlice slice, PrepareSettings settings, SampleSink sink) {
    this.hadoop = hadoop;
    this.slice = slice;
    this.grid = GestureOptions.FRAMES.grid(settings);
    this.layout = GestureOptions.npyLayout(settings);
    this.sink = sink;
  }

  void read() throws IOException {
    Optional<EventFormat> first = format(slice.files().get(0));
    if (first.isEmpty()) {
      readLabelledFiles();
    } else if (first.get() == EventFormat.AEDAT) {
      readRecording(slice.files().get(0), slice.files().get(1));
    } else {
      for (String file : slice.files()) {
        ClipPath clip = ClipPath.of(file, slice.root());
        readClipFile(file, clip.label(), clip.id(), clip.folder());
      }
    }
  }

  private void readRecording(String recording, String labels) throws IOException {
    String name = EventFormat.AEDAT.baseName(RawFolder.plainName(new Path(recording)));
    List<ClipSamples> clips = new ArrayList<>();
    List<FrameRaster> rasters = new ArrayList<>();
    List<LabelledClip> labelled = LabelTable.readClips(hadoop, labels, name, sink);
    for (LabelledClip clip : labelled) {
      ClipSamples samples = new ClipSamples(clip, grid, slice.split(), Gestures.NAMES.size());
      clips.add(samples);
      rasters.addAll(samples.rasters());
    }
    ClipBinner binner = new ClipBinner(grid, rasters);
    EventsRead read = readEvents(recording, binner, dropping(recording));
    sink.read(recording, RecordUnit.EVENTS, read.events());
    checkTimes(labels, labelled, recording, binner.last());
    sink.read(recording, RecordUnit.CLIPS, clips.size());
    int delivered = 0;
    for (int place = 0; place < clips.size(); place++) {
      ClipSamples clip = clips.get(place);
      String reason = "";
      if (clip.events() == 0) {
        reason = "no events in the time that " + labels + " gives for it";
      } else if (clip.isCut(binner.last(), read.truncated())) {
        reason = "the recording ends at " + binner.last() + " us, within the clip";
      }
      if (reason.isEmpty()) {
        clip.deliver(sink);
        delivered++;
      } else {
        sink.dropped(recording, RecordUnit.CLIPS, 1, "clip " + place, reason);
      }
    }
    if (delivered == 0) {
      throw new InvalidInputException(
          "Invalid recording "
              + recording
              + ": it has no events in the time of any of the "
              + clips.size()
              + " clips of "
              + labels
              + "; get both anew, or take them out of the input");
    }
  }

  /** Times in ms leave all clips in the first thousandth of a recording. */
  private static void checkTimes(
      String labels, List<LabelledClip> clips, String recording, long last)
      throws InvalidInputException {
    long longest = 0;
    long end = 0;
    for (LabelledClip clip : clips) {
      longest = Math.max(longest, clip.end() - clip.start());
      end = Math.max(end, clip.end());
    }
    if (longest < SHORTEST_CLIP && last / (MILLI / 10) > end) {
      throw new InvalidInputException(
          "Invalid label file "
              + labels
              + ": its clips last "
              + longest
              + " us at most and end at "
              + end
              + " us, but "
              + recording
              + " goes on to "
              + last
              + " us: are its times in ms or s? They must be in us, or the columns be called"
              + " startTime_ms and endTime_ms, or startTime_sec and endTime_sec");
    }
  }

  private void readLabelledFiles() throws IOException {
    String labels = slice.files().get(0);
    // Every slice reads the same label file; bad lines show as clips without a class.
    Map<String, Integer> classes = LabelTable.readFileClasses(hadoop, labels, SampleSink.NONE);
    if (slice.number() == 0) {
      countMissing(labels, classes.keySet());
    }
    for (String file : slice.files().subList(1, slice.files().size())) {
      String name = RawFolder.plainName(new Path(file));
      Integer label = classes.get(LabelTable.clipName(name));
      if (label == null) {
        sink.read(labels, RecordUnit.CLIPS, 1);
        sink.dropped(
            labels,
            RecordUnit.CLIPS,
            1,
            "file " + name,
            "no class from 1 to " + Gestures.NAMES.size() + " in the table");
      } else {
        readClipFile(file, label, "dvsgesture/" + EventFormat.BS2.baseName(name), labels);
      }
    }
  }

  /** Clips that the table has and the folder has not, as after a copy that has ended early. */
  private void countMissing(String labels, Set<String> named) throws IOException {
    Set<String> there =
        RawFolder.of(hadoop, new Path(labels).getParent()).files().stream()
            .map(file -> LabelTable.clipName(file.getPath().getName()))
            .collect(Collectors.toSet());
    for (String name : named) {
      if (!there.contains(name)) {
        sink.read(labels, RecordUnit.CLIPS, 1);
        sink.dropped(labels, RecordUnit.CLIPS, 1, "file " + name, "it is not beside the table");
      }
    }
  }

  private void readClipFile(String file, int label, String id, String among) throws IOException {
    new ClipFile(file, among, id, label, Gestures.NAMES.size(), slice.split())
        .read((events, faults) -> readEvents(file, events, faults), grid, sink);
  }

  private EventsRead readEvents(String file, EventVisitor events, FaultVisitor faults)
      throws IOException {
    try (InputStream in = RawFile.open(hadoop, new Path(file))) {
      return format(file).orElseThrow().read(in, file, layout, events, faults);
    }
  }

  private FaultVisitor dropping(String file) {
    return (events, position, reason) ->
        sink.dropped(file, RecordUnit.EVENTS, events, position, reason);
  }

  private static Optional<EventFormat> format(String file) {
    return GestureFiles.formatOf(new Path(file));
  }
}
