package org.sparksbp.nettalk;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sparksbp.random.RandomStream;
import org.sparksbp.task.Split;

/**
 * Which letters of a word set are for test. A function of the set's entries, the kind of split and
 * the seed.
 */
final class LetterSplit {

  static final String LETTERS = "letters";
  static final String WORDS = "words";

  /** The kinds of split. */
  static final List<String> KINDS = List.of(LETTERS, WORDS);

  /** Test letters of the {@code letters} split, as in the paper. */
  private static final int TEST_LETTERS = 500;

  /** One word in ten is for test in the {@code words} split. */
  private static final int WORDS_PER_TEST_WORD = 10;

  private final BitSet testLetters = new BitSet();

  private LetterSplit() {}

  /**
   * {@code letters}: 500 random letters (a tenth of a set of fewer than 5,000); {@code words}: all
   * letters of a random tenth of the distinct words.
   *
   * @param kind one of {@link #KINDS}
   */
  static LetterSplit of(String kind, List<DictionaryEntry> entries, long seed) {
    return kind.equals(WORDS) ? byWords(entries, seed) : byLetters(entries, seed);
  }

  /** The split of a letter by its number in the set. */
  Split of(int letter) {
    return testLetters.get(letter) ? Split.TEST : Split.TRAIN;
  }

  private static LetterSplit byLetters(List<DictionaryEntry> entries, long seed) {
    int letters = entries.stream().mapToInt(DictionaryEntry::letters).sum();
    int[] order = RandomStream.of(seed, "nettalk-letters-split").permutation(letters);
    LetterSplit split = new LetterSplit();
    Arrays.stream(order)
        .limit(Math.min(TEST_LETTERS, letters / 10))
        .forEach(split.testLetters::set);
    return split;
  }

  private static LetterSplit byWords(List<DictionaryEntry> entries, long seed) {
    List<String> words = entries.stream().map(DictionaryEntry::word).distinct().toList();
    int[] order = RandomStream.of(seed, "nettalk-words-split").permutation(words.size());
    Set<String> testWords = new HashSet<>();
    for (int i = 0; i < words.size() / WORDS_PER_TEST_WORD; i++) {
      testWords.add(words.get(order[i]));
    }
    LetterSplit split = new LetterSplit();
    int letter = 0;
    for (DictionaryEntry entry : entries) {
      if (testWords.contains(entry.word())) {
        split.testLetters.set(letter, letter + entry.letters());
      }
      letter += entry.letters();
    }
    return split;
  }
}
