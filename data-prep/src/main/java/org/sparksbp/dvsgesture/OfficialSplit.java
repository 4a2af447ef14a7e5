package org.sparksbp.dvsgesture;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.sparksbp.rawfile.RawFolder;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.Split;

/**
 * The published split by subjects: what the trial lists beside the recordings say, else users 1 to
 * 23 for training and 24 to 29 for test.
 */
final class OfficialSplit {

  private static final Pattern USER = Pattern.compile("(?i)user([0-9]{1,9})");
  private static final int LAST_TRAIN_USER = 23;
  private static final int LAST_USER = 29;

  private final Map<String, Split> listed = new TreeMap<>();
  private final Path input;

  private OfficialSplit(Path input) {
    this.input = input;
  }

  /**
   * @param input folder that was given: its own name and those above it tell nothing of a subject
   * @param folder that may have trial lists
   */
  static OfficialSplit of(Configuration hadoop, Path input, RawFolder folder) throws IOException {
    OfficialSplit split = new OfficialSplit(input);
    split.readList(hadoop, folder.file("trials_to_train.txt"), Split.TRAIN);
    split.readList(hadoop, folder.file("trials_to_test.txt"), Split.TEST);
    return split;
  }

  private void readList(Configuration hadoop, Optional<FileStatus> list, Split split)
      throws IOException {
    if (list.isEmpty()) {
      return;
    }
    String file = list.get().getPath().toString();
    for (String line : LabelRows.text(hadoop, file).lines().toList()) {
      if (line.isBlank() || line.strip().startsWith("#")) {
        continue;
      }
      Split before = listed.putIfAbsent(listedName(line.strip()), split);
      if (before != null && before != split) {
        throw new InvalidInputException(
            "Invalid list "
                + file
                + ": "
                + line.strip()
                + " is in that of "
                + before.lowerCaseName()
                + " clips too; take it out of one of them");
      }
    }
  }

  /** Lists may have folders before the names, which mean the same in any case. */
  private static String listedName(String path) {
    return path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
  }

  /** Recordings that the lists name, or 0 without lists. */
  int listedRecordings() {
    return listed.size();
  }

  /**
   * The split of a recording or clip: by the lists, else by its subject, else by a folder of the
   * input that is called {@code train} or {@code test}.
   *
   * @throws InvalidInputException if nothing tells it, or the folder's name and the subject differ
   */
  Split of(Path file) throws InvalidInputException {
    Split split = listed.get(listedName(RawFolder.plainName(file)));
    if (split != null) {
      return split;
    }
    Optional<Split> subject = ofSubject(file);
    Optional<Split> folder = ofFolder(file);
    if (subject.isPresent() && folder.isPresent() && !subject.equals(folder)) {
      throw new InvalidInputException(
          "Cannot split "
              + file
              + " officially: it lies in a folder of "
              + folder.get().lowerCaseName()
              + " clips, but its subject is one to "
              + subject.get().lowerCaseName()
              + " with (users 1 to 23 train, 24 to 29 test); put it into the other folder, or use"
              + " --split within-clip");
    }
    return subject.or(() -> folder).orElseThrow(() -> untold(file));
  }

  private Optional<Split> ofSubject(Path file) {
    for (Path part = file; part != null && !part.equals(input); part = part.getParent()) {
      Matcher user = USER.matcher(part.getName());
      if (user.find()) {
        int number = Integer.parseInt(user.group(1));
        if (number >= 1 && number <= LAST_USER) {
          return Optional.of(number <= LAST_TRAIN_USER ? Split.TRAIN : Split.TEST);
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Split> ofFolder(Path file) {
    for (Path part = file.getParent();
        part != null && !part.equals(input);
        part = part.getParent()) {
      for (Split split : Split.values()) {
        if (part.getName().equalsIgnoreCase(split.lowerCaseName())) {
          return Optional.of(split);
        }
      }
    }
    return Optional.empty();
  }

  private InvalidInputException untold(Path file) {
    return new InvalidInputException(
        "Cannot split "
            + file
            + " officially: no trials_to_train.txt or trials_to_test.txt beside it lists it, and"
            + " no name below "
            + input
            + " on its path has user01 to user29; give a folder further up, or use --split"
            + " within-clip");
  }
}
