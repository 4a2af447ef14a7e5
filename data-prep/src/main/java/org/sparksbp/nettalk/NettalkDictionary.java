package org.sparksbp.nettalk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.rawfile.RawFile;
import org.sparksbp.storage.InvalidInputException;

/** Reads the two files of the corpus: the dictionary and the list of common words. */
final class NettalkDictionary {

  /** Lines within which a header's closing rule is looked for. */
  private static final int MAX_HEADER_LINES = 40;

  private NettalkDictionary() {}

  /** Receives the lines of a dictionary in order. */
  interface Visitor {
    void entry(DictionaryEntry entry) throws IOException;

    void malformed(int line, String reason) throws IOException;
  }

  /** Visits all lines behind the header; empty lines are left out. Returns the number of lines. */
  static int read(Configuration hadoop, String file, Visitor visitor) throws IOException {
    int headerLines = headerLines(hadoop, file);
    try (BufferedReader reader = open(hadoop, file)) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (number > headerLines && !line.isBlank()) {
          try {
            visitor.entry(DictionaryEntry.parse(number, line));
          } catch (DictionaryEntry.MalformedException e) {
            visitor.malformed(number, e.getMessage());
          }
        }
      }
      return number;
    }
  }

  /** Lines up to the rule of hyphens that ends the copyright note; 0 without one. */
  private static int headerLines(Configuration hadoop, String file) throws IOException {
    try (BufferedReader reader = open(hadoop, file)) {
      for (int number = 1; number <= MAX_HEADER_LINES; number++) {
        String line = reader.readLine();
        if (line == null) {
          return 0;
        }
        if (line.startsWith("-----")) {
          return number;
        }
      }
      return 0;
    }
  }

  /** The words of a list in parentheses, in lower case. */
  static Set<String> readWordList(Configuration hadoop, String file) throws IOException {
    StringBuilder text = new StringBuilder();
    try (BufferedReader reader = open(hadoop, file)) {
      boolean inNote = true;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        // The note above the rule of asterisks has parentheses of its own.
        if (inNote && line.startsWith("****")) {
          text.setLength(0);
          inNote = false;
        } else {
          text.append(line).append('\n');
        }
      }
    }
    int open = text.indexOf("(");
    int close = text.lastIndexOf(")");
    if (open < 0 || close < open) {
      throw new InvalidInputException(
          "Invalid NETtalk word list " + file + ": no words in parentheses; get the file anew");
    }
    Set<String> words = new TreeSet<>();
    for (String word : text.substring(open + 1, close).trim().split("\\s+", -1)) {
      words.add(word.toLowerCase(Locale.ROOT));
    }
    return words;
  }

  private static BufferedReader open(Configuration hadoop, String file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(RawFile.open(hadoop, new Path(file)), StandardCharsets.ISO_8859_1));
  }
}
