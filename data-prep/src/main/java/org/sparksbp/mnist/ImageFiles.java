package org.sparksbp.mnist;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.sparksbp.rawfile.RawFolder;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.Split;

/**
 * Finds the files of a set of images: for each split IDX files of images and labels, or else a
 * table.
 */
final class ImageFiles {

  private final Configuration hadoop;
  private final ImageNames names;

  ImageFiles(Configuration hadoop, ImageNames names) {
    this.hadoop = hadoop;
    this.names = names;
  }

  /**
   * The files of these splits, all of one form.
   *
   * @return for each split two files, images and labels, or one, a table
   * @throws InvalidInputException if one is missing; the message says what is there
   */
  Map<Split, List<FileStatus>> find(Path input, List<Split> splits) throws IOException {
    List<RawFolder> folders = folders(input);
    for (RawFolder folder : folders) {
      Map<Split, List<FileStatus>> found = in(folder, splits);
      if (!found.isEmpty()) {
        return found;
      }
    }
    throw RawFolder.notFound(names.task(), names.wanted(), input, folders);
  }

  /** Whether any of the files is there. */
  boolean isAnyIn(Path input) throws IOException {
    for (RawFolder folder : folders(input)) {
      for (Split split : Split.values()) {
        if (one(folder, names.images(split)).isPresent()
            || one(folder, names.table(split)).isPresent()) {
          return true;
        }
      }
    }
    return false;
  }

  /** Says what was looked for and what is there. */
  InvalidInputException notFound(Path input) throws IOException {
    return RawFolder.notFound(names.task(), names.wanted(), input, folders(input));
  }

  private List<RawFolder> folders(Path input) throws IOException {
    RawFolder whole = RawFolder.of(hadoop, input);
    List<RawFolder> folders = new ArrayList<>(List.of(whole));
    for (String place : names.folders()) {
      below(whole, place).ifPresent(folders::add);
    }
    return folders;
  }

  /** The folder at a path below another, whose names may be in any case. */
  private Optional<RawFolder> below(RawFolder folder, String place) throws IOException {
    Optional<RawFolder> at = Optional.of(folder);
    for (String name : place.split("/", -1)) {
      List<Path> below = at.map(RawFolder::folders).orElse(List.of());
      Optional<Path> next =
          below.stream()
              .filter(path -> path.getName().equals(name))
              .findFirst()
              .or(
                  () ->
                      below.stream()
                          .filter(path -> path.getName().equalsIgnoreCase(name))
                          .findFirst());
      if (next.isEmpty()) {
        return Optional.empty();
      }
      at = RawFolder.unlessEmpty(hadoop, next.get());
    }
    return at;
  }

  /** The splits' files in a folder; none if it has none of them. */
  private Map<Split, List<FileStatus>> in(RawFolder folder, List<Split> splits) throws IOException {
    Map<Split, List<FileStatus>> pairs = new EnumMap<>(Split.class);
    boolean isAnyIdx = false;
    for (Split split : Split.values()) {
      Optional<FileStatus> images = one(folder, names.images(split));
      Optional<FileStatus> labels = one(folder, names.labels(split));
      isAnyIdx |= images.isPresent();
      if (images.isPresent() && labels.isPresent()) {
        pairs.put(split, List.of(images.get(), labels.get()));
      }
    }
    if (pairs.keySet().containsAll(splits)) {
      pairs.keySet().retainAll(splits);
      return pairs;
    }
    Map<Split, List<FileStatus>> tables = new EnumMap<>(Split.class);
    for (Split split : splits) {
      one(folder, names.table(split)).ifPresent(table -> tables.put(split, List.of(table)));
    }
    if (tables.isEmpty() && !isAnyIdx || tables.keySet().containsAll(splits)) {
      return tables;
    }
    for (Split split : splits) {
      if (isAnyIdx && !pairs.containsKey(split)) {
        String what = one(folder, names.images(split)).isPresent() ? "-labels" : "-images";
        throw missing(folder, split, names.idx().get(split) + what);
      }
      if (!isAnyIdx && !tables.containsKey(split)) {
        throw missing(folder, split, names.csv().get(split) + ".csv");
      }
    }
    return tables;
  }

  private InvalidInputException missing(RawFolder folder, Split split, String file) {
    return new InvalidInputException(
        "Cannot find "
            + file
            + " of "
            + names.task()
            + " in "
            + folder.path()
            + ": needs "
            + names.wanted()
            + (split == Split.TEST ? "; or " + ImageTask.WITHOUT_TEST_FILE : ""));
  }

  /** The file of such a name, also in a folder of such a name, as some archives have it. */
  private Optional<FileStatus> one(RawFolder folder, Pattern name) throws IOException {
    List<FileStatus> found = new ArrayList<>(matching(folder, name));
    if (found.isEmpty()) {
      for (Path below : folder.folders()) {
        if (name.matcher(below.getName()).matches()) {
          found.addAll(matching(RawFolder.of(hadoop, below), name));
        }
      }
    }
    if (found.stream().map(ImageFiles::plainName).distinct().count() > 1) {
      throw new InvalidInputException(
          "Invalid input "
              + folder.path()
              + ": "
              + found.get(0).getPath().getName()
              + " and "
              + found.get(1).getPath().getName()
              + " could both be meant; leave one of them in the folder");
    }
    return found.stream().findFirst();
  }

  private static List<FileStatus> matching(RawFolder folder, Pattern name) {
    return folder.files().stream()
        .filter(file -> name.matcher(file.getPath().getName()).matches())
        .toList();
  }

  private static String plainName(FileStatus file) {
    return RawFolder.plainName(file.getPath())
        .toLowerCase(Locale.ROOT)
        .replaceFirst("[-.]idx.*|\\.csv$", "");
  }
}
