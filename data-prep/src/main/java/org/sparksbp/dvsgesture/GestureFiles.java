package org.sparksbp.dvsgesture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.sparksbp.aedat.EventFormat;
import org.sparksbp.rawfile.RawFolder;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.storage.RawFileSystem;

/**
 * The event files of an input: recordings or {@code .bs2} clips of one folder, or all {@code .npy},
 * {@code .npz} or {@code .hdf5} clips of a tree.
 *
 * @param input folder that was given, or that of the file that was
 * @param folder of the files, or the root of the tree
 * @param format of all of them
 * @param files in the order of their paths
 */
record GestureFiles(Path input, RawFolder folder, EventFormat format, List<Path> files) {

  /** Deeper than people nest folders, so that a link back to a folder above is noticed. */
  private static final int MAX_DEPTH = 10;

  private static final String WANTED =
      ".aedat or .aedat4 recordings with their _labels.csv, .bs2 clips with labels.csv, or .npy,"
          + " .npz or .hdf5 clips";

  private static final Set<EventFormat> FORMATS =
      EnumSet.complementOf(EnumSet.of(EventFormat.NMNIST));

  /** Clips whose subject and class stand in the names of their folders and their own. */
  private static final Set<EventFormat> TREES =
      EnumSet.of(EventFormat.NPY, EventFormat.NPZ, EventFormat.HDF5);

  /** Folders beside SpikingJelly's events that hold the same clips as frames it has made. */
  private static final Pattern FRAMES = Pattern.compile("(frames_number|duration)_\\d.*");

  /** Finds them in the input, or below its subfolder {@code dvsgesture}, or below the input. */
  static GestureFiles find(Configuration hadoop, Path input) throws IOException {
    List<RawFolder> candidates = RawFolder.candidates(hadoop, input, DvsGestureTask.NAME);
    Path root = candidates.get(0).path();
    for (int i = candidates.size() - 1; i >= 0; i--) {
      List<GestureFiles> sources = new ArrayList<>();
      collect(hadoop, root, candidates.get(i), candidates.get(i), 0, sources);
      if (sources.size() == 1) {
        checkNames(sources.get(0));
        return sources.get(0);
      }
      if (sources.size() > 1) {
        throw severalSources(input, sources);
      }
    }
    throw RawFolder.notFound(DvsGestureTask.NAME, WANTED, input, candidates);
  }

  private static InvalidInputException severalSources(Path input, List<GestureFiles> sources) {
    String list =
        sources.stream()
            .map(
                source ->
                    source.folder.path()
                        + " ("
                        + source.files.size()
                        + " of "
                        + source.format
                        + ")")
            .collect(Collectors.joining(", "));
    return new InvalidInputException(
        "Cannot choose what to read in " + input + ": give one of " + list);
  }

  /** A clip that lies there twice, plain and gzipped, would be two samples of one name. */
  private static void checkNames(GestureFiles source) throws InvalidInputException {
    Map<String, Path> byName = new TreeMap<>();
    for (Path file : source.files) {
      String name = file.getParent() + "/" + source.baseName(file);
      Path other = byName.put(name, file);
      if (other != null) {
        throw new InvalidInputException(
            "Cannot choose between "
                + other
                + " and "
                + file
                + ": both are called the same; take one of them out of the input");
      }
    }
  }

  private static void collect(
      Configuration hadoop,
      Path input,
      RawFolder root,
      RawFolder folder,
      int depth,
      List<GestureFiles> sources)
      throws IOException {
    TreeMap<EventFormat, List<Path>> byFormat = new TreeMap<>();
    for (FileStatus file : folder.files()) {
      Optional<EventFormat> format = formatOf(file.getPath());
      format.ifPresent(
          known -> byFormat.computeIfAbsent(known, key -> new ArrayList<>()).add(file.getPath()));
    }
    byFormat.forEach((format, files) -> add(input, root, folder, format, files, sources));
    for (Path below : folder.folders()) {
      if (!FRAMES.matcher(below.getName()).matches()
          && RawFileSystem.of(hadoop, below).listStatus(below).length > 0) {
        if (depth == MAX_DEPTH) {
          throw new InvalidInputException(
              "Invalid input "
                  + input
                  + ": folders lie in folders more than "
                  + MAX_DEPTH
                  + " deep, as "
                  + below
                  + "; give one further down, or take away the link that leads back");
        }
        collect(hadoop, input, root, RawFolder.of(hadoop, below), depth + 1, sources);
      }
    }
  }

  private static void add(
      Path input,
      RawFolder root,
      RawFolder folder,
      EventFormat format,
      List<Path> files,
      List<GestureFiles> sources) {
    if (!TREES.contains(format)) {
      sources.add(new GestureFiles(input, folder, format, files));
      return;
    }
    for (GestureFiles source : sources) {
      if (source.format == format) {
        source.files.addAll(files);
        return;
      }
    }
    sources.add(new GestureFiles(input, root, format, files));
  }

  /** What a file's name says that it is, for gestures. */
  static Optional<EventFormat> formatOf(Path file) {
    return EventFormat.ofName(RawFolder.plainName(file), FORMATS);
  }

  /** Name of a recording or clip: the file's without its suffix. */
  String baseName(Path file) {
    return format.baseName(RawFolder.plainName(file));
  }
}
