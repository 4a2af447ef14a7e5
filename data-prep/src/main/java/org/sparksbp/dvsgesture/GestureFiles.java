package org.sparksbp.dvsgesture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.sparksbp.aedat.EventFormat;
import org.sparksbp.rawfile.RawFolder;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.storage.RawFileSystem;

/**
 * The event files of an input: recordings or {@code .bs2} clips of one folder, or all {@code .npy}
 * clips of a tree.
 *
 * @param input folder that was given, or that of the file that was
 * @param folder of the files, or the root of the tree
 * @param format of all of them
 * @param files in the order of their paths
 */
record GestureFiles(Path input, RawFolder folder, EventFormat format, List<Path> files) {

  private static final int MAX_DEPTH = 4;
  private static final String WANTED =
      ".aedat recordings with their _labels.csv, .bs2 clips with labels.csv, or .npy clips";

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
      Optional<EventFormat> format = EventFormat.ofName(RawFolder.plainName(file.getPath()));
      format.ifPresent(
          known -> byFormat.computeIfAbsent(known, key -> new ArrayList<>()).add(file.getPath()));
    }
    byFormat.forEach((format, files) -> add(input, root, folder, format, files, sources));
    if (depth < MAX_DEPTH) {
      for (Path below : folder.folders()) {
        if (RawFileSystem.of(hadoop, below).listStatus(below).length > 0) {
          collect(hadoop, input, root, RawFolder.of(hadoop, below), depth + 1, sources);
        }
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
    if (format != EventFormat.NPY) {
      sources.add(new GestureFiles(input, folder, format, files));
      return;
    }
    for (GestureFiles source : sources) {
      if (source.format == EventFormat.NPY) {
        source.files.addAll(files);
        return;
      }
    }
    sources.add(new GestureFiles(input, root, format, files));
  }

  /** Name of a recording or clip: the file's without its suffix. */
  String baseName(Path file) {
    return format.baseName(RawFolder.plainName(file));
  }
}
