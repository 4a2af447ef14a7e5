package org.sparksbp.dvsgesture;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparksbp.aedat.EventFormat;
import org.sparksbp.clip.FrameGrid;
import org.sparksbp.rawfile.RawFile;
import org.sparksbp.rawfile.RawFolder;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.InputSlice;
import org.sparksbp.task.SampleSink;
import org.sparksbp.task.Split;

/** Divides gesture files into slices: one a recording, or one for a few clip files. */
final class GestureSlices {

  private static final Logger LOG = LoggerFactory.getLogger(GestureSlices.class);
  private static final int CLIP_FILES = 4;

  private final Configuration hadoop;
  private final GestureFiles source;
  private final OfficialSplit official;
  private final boolean withinClip;
  private final Map<Split, Integer> clips = new EnumMap<>(Split.class);

  GestureSlices(Configuration hadoop, GestureFiles source, FrameGrid grid) throws IOException {
    this.hadoop = hadoop;
    this.source = source;
    this.official = OfficialSplit.of(hadoop, source.input(), source.folder());
    this.withinClip = grid.withinClip();
  }

  List<InputSlice> slices() throws IOException {
    List<InputSlice> slices = source.format() == EventFormat.AEDAT ? recordings() : clipFiles();
    if (!withinClip) {
      LOG.info(
          "DvsGesture: {} clips to train, {} to test; the full set has 1176 and 288",
          clips.getOrDefault(Split.TRAIN, 0),
          clips.getOrDefault(Split.TEST, 0));
      int missing = official.listedRecordings() - source.files().size();
      if (missing > 0) {
        LOG.warn(
            "DvsGesture: {} of the {} recordings of the trial lists are not in {}",
            missing,
            official.listedRecordings(),
            source.folder().path());
      }
    }
    return slices;
  }

  private List<InputSlice> recordings() throws IOException {
    List<InputSlice> slices = new ArrayList<>();
    for (Path recording : source.files()) {
      checkHeader(recording);
      String labels = labelsOf(recording).toString();
      int count =
          LabelTable.readClips(hadoop, labels, source.baseName(recording), SampleSink.NONE).size();
      Split split = splitOf(recording, count);
      slices.add(
          new InputSlice(
              slices.size(),
              List.of(recording.toString(), labels),
              0,
              Long.MAX_VALUE,
              split,
              source.input().toString()));
    }
    return slices;
  }

  private void checkHeader(Path recording) throws IOException {
    try (InputStream in = RawFile.open(hadoop, recording)) {
      source.format().checkHeader(in, recording.toString());
    }
  }

  private Path labelsOf(Path recording) throws IOException {
    String name = source.baseName(recording) + "_labels.csv";
    RawFolder folder = RawFolder.of(hadoop, recording.getParent());
    return folder
        .file(name)
        .map(FileStatus::getPath)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "Cannot find the labels of recording "
                        + recording
                        + ": "
                        + name
                        + " is not beside it"));
  }

  /** Neighbouring clip files of the same split share a slice. */
  private List<InputSlice> clipFiles() throws IOException {
    List<InputSlice> slices = new ArrayList<>();
    List<String> fixed = new ArrayList<>();
    if (source.format() == EventFormat.BS2) {
      fixed.add(
          RawFolder.of(hadoop, source.files().get(0).getParent())
              .file("labels.csv")
              .orElseThrow(
                  () ->
                      new InvalidInputException(
                          "Cannot find the classes of the clips in "
                              + source.folder().path()
                              + ": there is no labels.csv with columns file,class"))
              .getPath()
              .toString());
    }
    List<String> files = new ArrayList<>(fixed);
    Split ofFiles = null;
    for (Path file : source.files()) {
      Split split = splitOf(file, 1);
      if (files.size() > fixed.size()
          && (split != ofFiles || files.size() - fixed.size() == CLIP_FILES)) {
        slices.add(clips(slices.size(), files, ofFiles));
        files = new ArrayList<>(fixed);
      }
      files.add(file.toString());
      ofFiles = split;
    }
    slices.add(clips(slices.size(), files, ofFiles));
    return slices;
  }

  private InputSlice clips(int number, List<String> files, Split split) {
    return new InputSlice(number, files, 0, Long.MAX_VALUE, split, source.input().toString());
  }

  private Split splitOf(Path file, int count) throws IOException {
    if (withinClip) {
      return null;
    }
    Split split = official.of(file);
    clips.merge(split, count, Integer::sum);
    return split;
  }
}
