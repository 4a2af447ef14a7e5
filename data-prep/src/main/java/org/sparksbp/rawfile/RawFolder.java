package org.sparksbp.rawfile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.storage.RawFileSystem;

/**
 * The files directly in a folder, in the order of their names; hidden files (leading {@code .} or
 * {@code _}) are left out.
 */
public final class RawFolder {

  private static final int MAX_NAMES_IN_MESSAGE = 8;

  private final Path path;
  private final List<FileStatus> entries;

  private RawFolder(Path path, List<FileStatus> entries) {
    this.path = path;
    this.entries = entries;
  }

  /**
   * Lists a folder.
   *
   * @throws InvalidInputException if there is no such folder or it is empty
   */
  public static RawFolder of(Configuration hadoop, Path path) throws IOException {
    FileStatus status = status(hadoop, path);
    if (status.isFile()) {
      return new RawFolder(status.getPath().getParent(), List.of(status));
    }
    return unlessEmpty(hadoop, status.getPath())
        .orElseThrow(
            () -> new InvalidInputException("Invalid input " + path + ": the directory is empty"));
  }

  /**
   * Lists a folder that is there.
   *
   * @return nothing if there is no file and no folder in it
   */
  public static Optional<RawFolder> unlessEmpty(Configuration hadoop, Path folder)
      throws IOException {
    List<FileStatus> entries =
        Arrays.stream(RawFileSystem.of(hadoop, folder).listStatus(folder))
            .filter(entry -> !isHidden(entry.getPath().getName()))
            .sorted(Comparator.comparing(entry -> entry.getPath().getName()))
            .toList();
    return entries.isEmpty() ? Optional.empty() : Optional.of(new RawFolder(folder, entries));
  }

  /**
   * The folders in which a task's files may lie: the input itself and, where there is one, its
   * subfolder named like the task.
   */
  public static List<RawFolder> candidates(Configuration hadoop, Path input, String task)
      throws IOException {
    List<RawFolder> candidates = new ArrayList<>();
    RawFolder folder = of(hadoop, input);
    candidates.add(folder);
    for (FileStatus entry : folder.entries) {
      if (entry.isDirectory() && entry.getPath().getName().equals(task)) {
        candidates.add(of(hadoop, entry.getPath()));
      }
    }
    return candidates;
  }

  /** The input is not the task's: says what was looked for and what is there. */
  public static InvalidInputException notFound(
      String task, String wanted, Path input, List<RawFolder> searched) {
    String there =
        searched.stream()
            .map(folder -> folder.path + " has " + folder.someNames())
            .collect(Collectors.joining("; "));
    return new InvalidInputException(
        "Cannot find "
            + task
            + " data in "
            + input
            + ": looked for "
            + wanted
            + ", but "
            + there
            + ". Give the directory that holds them, or run 'sbp fetch "
            + task
            + "' or 'sbp generate "
            + task
            + "' first");
  }

  public Path path() {
    return path;
  }

  /** The plain files of the folder. */
  public List<FileStatus> files() {
    return entries.stream().filter(FileStatus::isFile).toList();
  }

  /** The subfolders. */
  public List<Path> folders() {
    return entries.stream().filter(FileStatus::isDirectory).map(FileStatus::getPath).toList();
  }

  /**
   * The file of that name, or else of that name with {@code .gz}, or else of either in upper or
   * lower case.
   */
  public Optional<FileStatus> file(String name) {
    return first(found -> found.equals(name))
        .or(() -> first(found -> found.equals(name + ".gz")))
        .or(() -> first(found -> found.equalsIgnoreCase(name)))
        .or(() -> first(found -> found.equalsIgnoreCase(name + ".gz")));
  }

  private Optional<FileStatus> first(Predicate<String> wanted) {
    return files().stream().filter(file -> wanted.test(file.getPath().getName())).findFirst();
  }

  /** A file's name without {@code .gz}. */
  public static String plainName(Path file) {
    String name = file.getName();
    return name.toLowerCase(Locale.ROOT).endsWith(".gz")
        ? name.substring(0, name.length() - ".gz".length())
        : name;
  }

  private String someNames() {
    List<String> names = entries.stream().map(entry -> entry.getPath().getName()).toList();
    String shown = names.stream().limit(MAX_NAMES_IN_MESSAGE).collect(Collectors.joining(", "));
    return names.size() > MAX_NAMES_IN_MESSAGE
        ? shown + " and " + (names.size() - MAX_NAMES_IN_MESSAGE) + " more"
        : shown;
  }

  private static boolean isHidden(String name) {
    return name.startsWith(".") || name.startsWith("_");
  }

  private static FileStatus status(Configuration hadoop, Path path) throws IOException {
    try {
      return RawFileSystem.of(hadoop, path).getFileStatus(path);
    } catch (java.io.FileNotFoundException e) {
      throw new InvalidInputException("Invalid input " + path + ": no such file or directory", e);
    }
  }
}
