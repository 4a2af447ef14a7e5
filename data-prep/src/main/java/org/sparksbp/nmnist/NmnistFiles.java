package org.sparksbp.nmnist;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.sparksbp.aedat.EventFormat;
import org.sparksbp.rawfile.RawFolder;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.InputSlice;
import org.sparksbp.task.Split;

/**
 * The clips of an input: {@code .bin} files in folders 0 to 9 of the folders {@code Train} and
 * {@code Test}, in upper or lower case.
 *
 * @param input folder that was given
 * @param clips in the order of their numbers, so that classes are mixed as the images were
 */
record NmnistFiles(Path input, List<NmnistClip> clips) {

  private static final String WANTED = "folders Train and Test with folders 0 to 9 of .bin clips";

  /** So many small files are read by one task into one shard. */
  private static final int CLIPS_OF_A_SLICE = 500;

  private static final EnumSet<EventFormat> FORMATS = EnumSet.of(EventFormat.NMNIST);

  /** Finds them in the input, or in its subfolder {@code nmnist}. */
  static NmnistFiles find(Configuration hadoop, Path input) throws IOException {
    List<RawFolder> candidates = RawFolder.candidates(hadoop, input, NmnistTask.NAME);
    for (int i = candidates.size() - 1; i >= 0; i--) {
      List<NmnistClip> clips = clips(hadoop, candidates.get(i));
      if (!clips.isEmpty()) {
        return new NmnistFiles(candidates.get(0).path(), ordered(clips));
      }
    }
    throw RawFolder.notFound(NmnistTask.NAME, WANTED, input, candidates);
  }

  private static List<NmnistClip> clips(Configuration hadoop, RawFolder folder) throws IOException {
    List<NmnistClip> clips = new ArrayList<>();
    for (Path below : folder.folders()) {
      for (Split split : Split.values()) {
        if (below.getName().equalsIgnoreCase(split.lowerCaseName())) {
          for (Path ofClass : RawFolder.of(hadoop, below).folders()) {
            addClips(hadoop, ofClass, clips);
          }
        }
      }
    }
    return clips;
  }

  private static void addClips(Configuration hadoop, Path folder, List<NmnistClip> clips)
      throws IOException {
    if (!NmnistClip.CLASSES.contains(folder.getName())) {
      throw new InvalidInputException(
          "Invalid folder " + folder + ": its name must be the class of its clips, 0 to 9");
    }
    for (FileStatus file : RawFolder.of(hadoop, folder).files()) {
      if (EventFormat.ofName(RawFolder.plainName(file.getPath()), FORMATS).isPresent()) {
        clips.add(NmnistClip.of(file.getPath()));
      }
    }
  }

  /** Training clips first; a clip that lies there twice would be two samples of one name. */
  private static List<NmnistClip> ordered(List<NmnistClip> clips) throws InvalidInputException {
    Map<String, NmnistClip> byId = new TreeMap<>();
    for (NmnistClip clip : clips) {
      NmnistClip other = byId.put(clip.id().toLowerCase(Locale.ROOT), clip);
      if (other != null) {
        throw new InvalidInputException(
            "Cannot choose between "
                + other.file()
                + " and "
                + clip.file()
                + ": both are called the same; take one of them out of the input");
      }
    }
    return byId.values().stream()
        .sorted(
            Comparator.comparing(NmnistClip::split)
                .thenComparing(NmnistClip::number)
                .thenComparing(NmnistClip::label))
        .toList();
  }

  List<InputSlice> slices() {
    List<InputSlice> slices = new ArrayList<>();
    for (Split split : Split.values()) {
      List<String> files =
          clips.stream()
              .filter(clip -> clip.split() == split)
              .map(clip -> clip.file().toString())
              .collect(Collectors.toList());
      for (int from = 0; from < files.size(); from += CLIPS_OF_A_SLICE) {
        slices.add(
            new InputSlice(
                slices.size(),
                files.subList(from, Math.min(files.size(), from + CLIPS_OF_A_SLICE)),
                0,
                Long.MAX_VALUE,
                split,
                input.toString()));
      }
    }
    return slices;
  }
}
