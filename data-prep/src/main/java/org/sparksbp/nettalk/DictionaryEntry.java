package org.sparksbp.nettalk;

/**
 * One pronunciation of a word.
 *
 * @param line number in the file, from 1
 * @param word letters a to z
 * @param phonemes one symbol for each letter
 * @param stresses one symbol for each letter
 */
record DictionaryEntry(int line, String word, String phonemes, String stresses) {

  /** A line that is no entry; the message is the reason. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String reason) {
      super(reason);
    }
  }

  /** Parses word, phonemes, stresses and regularity, separated by tabs. */
  static DictionaryEntry parse(int lineNumber, String line) throws MalformedException {
    String[] fields = line.split("\t", -1);
    if (fields.length != 4) {
      throw new MalformedException(
          fields.length + " fields, must be 4 separated by tabs: '" + shortened(line) + "'");
    }
    String word = fields[0];
    check(
        !word.isEmpty() && word.chars().allMatch(c -> c >= 'a' && c <= 'z'),
        "word '" + word + "' has other characters than a to z");
    checkSymbols(word, "phoneme", fields[1], ArticulatoryFeatures::isPhoneme);
    checkSymbols(word, "stress", fields[2], ArticulatoryFeatures::isStress);
    String regularity = fields[3].strip();
    check(
        regularity.equals("0") || regularity.equals("1") || regularity.equals("2"),
        "regularity '" + regularity + "' of '" + word + "', must be 0, 1 or 2");
    return new DictionaryEntry(lineNumber, word, fields[1], fields[2]);
  }

  int letters() {
    return word.length();
  }

  @FunctionalInterface
  private interface SymbolTest {
    boolean accepts(char symbol);
  }

  private static void checkSymbols(String word, String kind, String symbols, SymbolTest test)
      throws MalformedException {
    check(
        symbols.length() == word.length(),
        symbols.length()
            + " "
            + kind
            + " symbols '"
            + symbols
            + "' for the "
            + word.length()
            + " letters of '"
            + word
            + "'");
    for (int i = 0; i < symbols.length(); i++) {
      check(
          test.accepts(symbols.charAt(i)),
          "unknown " + kind + " symbol '" + symbols.charAt(i) + "' in '" + word + "'");
    }
  }

  private static void check(boolean holds, String reason) throws MalformedException {
    if (!holds) {
      throw new MalformedException(reason);
    }
  }

  private static String shortened(String line) {
    return line.length() > 60 ? line.substring(0, 60) + "..." : line;
  }
}
