package org.sparksbp.mnist;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.rawfile.RawFile;
import org.sparksbp.storage.InvalidInputException;

/**
 * The table beside EMNIST's files that says which character a label stands for: a line for each
 * label with the label and the codes of its characters, separated by blanks.
 */
final class EmnistMapping {

  /** Longer than any such table. */
  private static final int MAX_CHARACTERS = 1 << 16;

  private EmnistMapping() {}

  /**
   * Checks that labels stand for what is expected of them.
   *
   * @throws InvalidInputException naming the line that says otherwise
   */
  static void check(Configuration hadoop, Path file, ImageClasses classes) throws IOException {
    char[] buffer = new char[MAX_CHARACTERS];
    String text;
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(RawFile.open(hadoop, file), StandardCharsets.UTF_8))) {
      int length = 0;
      for (int count = 0; count >= 0 && length < buffer.length; length += Math.max(0, count)) {
        count = in.read(buffer, length, buffer.length - length);
      }
      text = new String(buffer, 0, length);
    }
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (!line.isBlank() && !isExpected(line.strip().split("\\s+"), classes)) {
        throw new InvalidInputException(
            "Invalid mapping file "
                + file
                + ", line "
                + number
                + ": '"
                + line.strip().substring(0, Math.min(20, line.strip().length()))
                + "' is not what a label of this set stands for (labels "
                + classes.range()
                + "); the files are of another set, or changed: get them anew");
      }
    }
  }

  private static boolean isExpected(String[] words, ImageClasses classes) {
    if (words.length < 2 || !Arrays.stream(words).allMatch(word -> word.matches("[0-9]{1,7}"))) {
      return false;
    }
    int index = classes.indexOf(Integer.parseInt(words[0]));
    return index >= 0
        && Arrays.stream(words)
            .skip(1)
            .anyMatch(code -> Integer.parseInt(code) == classes.names().get(index).codePointAt(0));
  }
}
