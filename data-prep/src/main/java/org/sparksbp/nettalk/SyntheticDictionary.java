package org.sparksbp.nettalk;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.random.RandomStream;
import org.sparksbp.storage.AtomicFile;

/** A pronouncing dictionary of words that do not exist, spoken by a few letter-to-sound rules. */
final class SyntheticDictionary {

  private static final int LISTED_WORDS = 1_000;
  private static final int MAX_SYLLABLES = 3;

  private SyntheticDictionary() {}

  static void write(Configuration hadoop, Path directory, int words, long seed) throws IOException {
    Set<String> listed = new LinkedHashSet<>();
    AtomicFile.write(
        hadoop,
        new Path(directory, "nettalk.data"),
        out -> writeWords(out, words, RandomStream.of(seed, "synthetic-dictionary"), listed));
    String list =
        "Synthetic list: the first words of the dictionary beside it.\n\n"
            + "*".repeat(75)
            + "\n\n"
            + "("
            + String.join("\n", listed)
            + ")\n";
    AtomicFile.write(
        hadoop, new Path(directory, "nettalk.list"), list.getBytes(StandardCharsets.US_ASCII));
  }

  /** Writes the dictionary, and takes down its first words. */
  private static void writeWords(
      OutputStream out, int words, RandomStream random, Set<String> listed) throws IOException {
    Set<String> seen = new HashSet<>();
    try (Writer data = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.US_ASCII))) {
      data.write(header());
      while (seen.size() < words) {
        SpokenWord word = word(random);
        if (seen.add(word.letters())) {
          data.write(word.entry());
          if (listed.size() < LISTED_WORDS) {
            listed.add(word.letters().toUpperCase(Locale.ROOT));
          }
        }
      }
    }
  }

  /** Ten lines, as the corpus has them. */
  private static String header() {
    return "     Synthetic phonetic transcriptions in the format of the NetTalk Corpus\n\n"
        + "\t\tThese words do not exist.\n\n"
        + "Made by a few letter-to-sound rules, to try out software\n"
        + "where the corpus is not at hand. Results on them say nothing\n"
        + "about English.\n\n"
        + "-".repeat(75)
        + "\n\n";
  }

  private static SpokenWord word(RandomStream random) {
    SpokenWord word = new SpokenWord();
    // Longer words are commoner, and there are more of them to be had.
    int syllables = 1 + Math.max(random.nextInt(MAX_SYLLABLES), random.nextInt(MAX_SYLLABLES));
    for (int syllable = 0; syllable < syllables; syllable++) {
      addSyllable(word, syllable, syllable == syllables - 1, random);
    }
    return word;
  }

  private static void addSyllable(
      SpokenWord word, int syllable, boolean isLast, RandomStream random) {
    boolean stressed = syllable % 2 == 0;
    char stress = stressed ? (syllable == 0 ? '1' : '2') : '0';
    if (syllable > 0 || random.nextInt(5) > 0) {
      word.add(pick(SoundRules.ONSETS, random), '>', '>');
    }
    if (isLast && stressed && random.nextInt(4) == 0) {
      word.add(pick(SoundRules.LONG_VOWELS, random), stress, '<');
      word.add(pick(SoundRules.BEFORE_MUTE_E, random), '<', '<');
      word.add(SoundRules.MUTE_E, '<', '<');
    } else {
      List<SoundRules.Sound> vowels =
          stressed ? SoundRules.STRESSED_VOWELS : SoundRules.WEAK_VOWELS;
      word.add(pick(vowels, random), stress, '<');
      if (isLast || random.nextInt(3) == 0) {
        word.add(pick(SoundRules.CODAS, random), '<', '<');
      }
    }
  }

  private static SoundRules.Sound pick(List<SoundRules.Sound> sounds, RandomStream random) {
    return sounds.get(random.nextInt(sounds.size()));
  }

  /** A word as it grows: letters, phonemes and stresses, one of each for each letter. */
  private static final class SpokenWord {
    private final StringBuilder letters = new StringBuilder();
    private final StringBuilder phonemes = new StringBuilder();
    private final StringBuilder stresses = new StringBuilder();

    void add(SoundRules.Sound sound, char firstStress, char otherStress) {
      letters.append(sound.letters());
      phonemes.append(sound.phonemes());
      stresses.append(firstStress);
      stresses.append(String.valueOf(otherStress).repeat(sound.letters().length() - 1));
    }

    String letters() {
      return letters.toString();
    }

    String entry() {
      return letters + "\t" + phonemes + "\t" + stresses + "\t0\n";
    }
  }
}
