package org.sparksbp.cli;

import java.util.Optional;

/** Whether Java can tell files by their names. */
final class FileNames {

  /** Stands where a byte means nothing in the locale's encoding. */
  private static final char REPLACEMENT = '\uFFFD';

  private FileNames() {}

  /**
   * What to say where the locale's encoding has lost letters of an argument or of the working
   * directory: files would be looked for, and written, under other names.
   */
  static Optional<String> undecodable(String[] arguments, String workingDirectory) {
    if (isLost(workingDirectory)) {
      return Optional.of(advice("the working directory", workingDirectory));
    }
    for (String argument : arguments) {
      if (isLost(argument)) {
        return Optional.of(advice("an argument", argument));
      }
    }
    return Optional.empty();
  }

  private static boolean isLost(String text) {
    return text.indexOf(REPLACEMENT) >= 0;
  }

  private static String advice(String what, String text) {
    return "Cannot decode "
        + what
        + ", '"
        + text.replace(REPLACEMENT, '?')
        + "': the locale's encoding is "
        + System.getProperty("sun.jnu.encoding")
        + ", the name's another; set LC_ALL=C.UTF-8";
  }
}
