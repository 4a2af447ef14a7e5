package org.sparksbp.nettalk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The code of each phoneme in 21 articulatory features and of each stress symbol in 5.
 *
 * <p>The table is the resource {@code articulatory-features.csv}, from the appendix of Sejnowski
 * and Rosenberg, 1987; {@code J} and {@code +} are coded by their sound.
 */
public final class ArticulatoryFeatures {

  /** Units of the phoneme, the first of the target. */
  public static final int PHONEME_UNITS = 21;

  /** Units of stress and syllable boundary, behind those of the phoneme. */
  public static final int STRESS_UNITS = 5;

  /** The symbols that occur in the corpus, between which a best guess chooses. */
  public static final String CORPUS_PHONEMES =
      "!#*+-@ACDEGIJKLMNORSTUWXYZ^abcdefghiklmnoprstuvwxyz";

  /** The stress symbols of the corpus. */
  public static final String STRESSES = "<>012";

  private static final String TABLE = "articulatory-features.csv";

  private static final CSVFormat WITH_HEADER =
      CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).build();

  private static final List<String> STRESS_NAMES =
      List.of("strong", "weak", "right", "left", "boundary");

  /** Strong, weak, right, left, boundary; in the order of {@link #STRESSES}. */
  private static final float[][] STRESS_CODES = {
    {0, 0, 1, 0, 0}, {0, 0, 0, 1, 0}, {0, 1, 0, 0, 0}, {1, 1, 0, 0, 0}, {1, 0, 0, 0, 0}
  };

  private static final List<String> UNIT_NAMES = new ArrayList<>();
  private static final Map<Character, float[]> CODES = readTable();

  private ArticulatoryFeatures() {}

  /** Names of the 26 units. */
  public static List<String> unitNames() {
    return List.copyOf(UNIT_NAMES);
  }

  /** Whether the symbol has a code. */
  public static boolean isPhoneme(char symbol) {
    return CODES.containsKey(symbol);
  }

  /** Whether the symbol is one of {@link #STRESSES}. */
  public static boolean isStress(char symbol) {
    return STRESSES.indexOf(symbol) >= 0;
  }

  /** Codes of {@link #CORPUS_PHONEMES}, {@code [51, 21]}. */
  public static float[][] phonemeCodes() {
    float[][] codes = new float[CORPUS_PHONEMES.length()][];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = CODES.get(CORPUS_PHONEMES.charAt(i)).clone();
    }
    return codes;
  }

  /** Codes of {@link #STRESSES}, {@code [5, 5]}. */
  public static float[][] stressCodes() {
    return Arrays.stream(STRESS_CODES).map(float[]::clone).toArray(float[][]::new);
  }

  /**
   * The target of a letter, {@code [26]}.
   *
   * @throws IllegalArgumentException if a symbol has no code
   */
  public static float[] target(char phoneme, char stress) {
    if (!isPhoneme(phoneme) || !isStress(stress)) {
      throw new IllegalArgumentException(
          "Invalid symbols: phoneme '" + phoneme + "', stress '" + stress + "' have no code");
    }
    float[] target = Arrays.copyOf(CODES.get(phoneme), PHONEME_UNITS + STRESS_UNITS);
    float[] stressCode = STRESS_CODES[STRESSES.indexOf(stress)];
    System.arraycopy(stressCode, 0, target, PHONEME_UNITS, STRESS_UNITS);
    return target;
  }

  private static Map<Character, float[]> readTable() {
    Map<Character, float[]> codes = new TreeMap<>();
    try (InputStream in = ArticulatoryFeatures.class.getResourceAsStream(TABLE);
        CSVParser rows = CSVParser.parse(in, StandardCharsets.UTF_8, WITH_HEADER)) {
      UNIT_NAMES.addAll(rows.getHeaderNames().subList(1, 1 + PHONEME_UNITS));
      UNIT_NAMES.addAll(STRESS_NAMES);
      for (CSVRecord row : rows) {
        float[] code = new float[PHONEME_UNITS];
        for (int unit = 0; unit < PHONEME_UNITS; unit++) {
          code[unit] = Float.parseFloat(row.get(unit + 1));
        }
        codes.put(row.get(0).charAt(0), code);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the table of articulatory features", e);
    }
    return codes;
  }
}
