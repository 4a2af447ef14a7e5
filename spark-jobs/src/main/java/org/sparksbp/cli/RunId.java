package org.sparksbp.cli;

import java.util.ArrayList;
import java.util.List;
import org.sparksbp.checksum.Checksum;
import org.sparksbp.config.InvalidConfigurationException;

/**
 * The name of one run of a schedule, which {@code {run-id}} stands for in every other argument, so
 * that runs of different intervals do not write to the same place.
 */
final class RunId {

  static final String OPTION = "--run-id";

  /** Stands for the name in any argument. */
  static final String PLACE = "{run-id}";

  /** Of most file systems 255, of which prefixes and suffixes take some. */
  private static final int MOST_LETTERS = 100;

  private static final int DIGITS_OF_HASH = 8;

  private RunId() {}

  /**
   * The arguments with the name in its places.
   *
   * @throws InvalidConfigurationException if there is a name and no place for it, or the other way
   *     round: runs would overwrite each other
   */
  static String[] applied(String... arguments) {
    String id = null;
    List<String> others = new ArrayList<>();
    for (int word = 0; word < arguments.length; word++) {
      if (arguments[word].startsWith(OPTION + "=")) {
        id = arguments[word].substring(OPTION.length() + 1);
      } else if (arguments[word].equals(OPTION) && word + 1 < arguments.length) {
        id = arguments[++word];
      } else {
        others.add(arguments[word]);
      }
    }
    boolean hasPlace = others.stream().anyMatch(word -> word.contains(PLACE));
    if (id == null) {
      if (hasPlace) {
        throw new InvalidConfigurationException(
            "Invalid " + PLACE + ": there is no name to put there; give one by " + OPTION + " ID");
      }
      return arguments.clone();
    }
    if (id.isBlank()) {
      throw new InvalidConfigurationException(
          "Invalid " + OPTION + ": it is empty; give a name for this run of the schedule");
    }
    if (!hasPlace) {
      throw new InvalidConfigurationException(
          "Invalid "
              + OPTION
              + " "
              + id
              + ": no other argument has "
              + PLACE
              + " in it, so that runs would share their output; write it into one, as in --output"
              + " results/"
              + PLACE);
    }
    String name = fileName(id);
    List<String> all = new ArrayList<>();
    for (String word : others) {
      all.add(word.replace(PLACE, name));
    }
    all.add(OPTION + "=" + id);
    return all.toArray(String[]::new);
  }

  /**
   * A name that every file system takes. One of letters, digits and {@code . _ -} stays. In another
   * one the rest becomes {@code -}, and digits of its hash follow, so that no two share a name.
   */
  static String fileName(String id) {
    // Names that begin with _ or . are hidden from Spark's readers.
    String safe = id.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[._]", "-");
    if (safe.equals(id) && id.length() <= MOST_LETTERS) {
      return id;
    }
    String hash = Checksum.sha256(id).substring(0, DIGITS_OF_HASH);
    return safe.substring(0, Math.min(MOST_LETTERS, safe.length())) + "-" + hash;
  }
}
