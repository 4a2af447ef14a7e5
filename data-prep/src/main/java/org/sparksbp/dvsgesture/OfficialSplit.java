package org.sparksbp.dvsgesture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.sparksbp.rawfile.RawFile;
import org.sparksbp.rawfile.RawFolder;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.Split;

/**
 * The published split by subjects: what the trial lists beside the recordings say, else users 1 to
 * 23 for training and 24 to 29 for test.
 */
final class OfficialSplit {

  private static final Pattern USER = Pattern.compile("user(\\d+)");
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
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                RawFile.open(hadoop, list.get().getPath()), StandardCharsets.ISO_8859_1))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank()) {
          listed.put(line.strip(), split);
        }
      }
    }
  }

  /** Recordings that the lists name, or 0 without lists. */
  int listedRecordings() {
    return listed.size();
  }

  /**
   * The split of a recording or clip.
   *
   * @throws InvalidInputException if neither list nor a name below the input tells its subject
   */
  Split of(Path file) throws InvalidInputException {
    Split split = listed.get(RawFolder.plainName(file));
    if (split != null) {
      return split;
    }
    for (Path part = file; part != null && !part.equals(input); part = part.getParent()) {
      Matcher user = USER.matcher(part.getName());
      if (user.find()) {
        int number = Integer.parseInt(user.group(1));
        if (number >= 1 && number <= LAST_USER) {
          return number <= LAST_TRAIN_USER ? Split.TRAIN : Split.TEST;
        }
      }
    }
    throw new InvalidInputException(
        "Cannot split "
            + file
            + " officially: no trials_to_train.txt or trials_to_test.txt beside it lists it, and"
            + " no name below "
            + input
            + " on its path has user01 to user29; give a folder further up, or use --split"
            + " within-clip");
  }
}
