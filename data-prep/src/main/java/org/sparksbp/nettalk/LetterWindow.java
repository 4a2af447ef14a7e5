package org.sparksbp.nettalk;

/**
 * A letter with the three before and the three behind it: 7 positions of 27 units, a to z and
 * "outside the word", one of which is on.
 */
final class LetterWindow {

  static final int POSITIONS = 7;
  static final int UNITS = 27;
  static final int CHANNELS = POSITIONS * UNITS;

  private static final int OUTSIDE = 26;

  private LetterWindow() {}

  /** The window centred on a letter, {@code [189]}, 0 or 1. */
  static float[] at(String word, int letter) {
    float[] window = new float[CHANNELS];
    for (int position = 0; position < POSITIONS; position++) {
      int index = letter + position - POSITIONS / 2;
      boolean inside = index >= 0 && index < word.length();
      window[position * UNITS + (inside ? word.charAt(index) - 'a' : OUTSIDE)] = 1f;
    }
    return window;
  }
}
