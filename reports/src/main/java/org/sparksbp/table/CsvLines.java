package org.sparksbp.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.QuoteMode;

/**
 * CSV as all files here have it: commas, a header, lines that end with a line feed. An unknown cell
 * is empty.
 */
public final class CsvLines {

  /** For the library's parser. */
  public static final CSVFormat FORMAT = CSVFormat.DEFAULT;

  /**
   * The library's own choice of cells to quote has more of them, such as those that begin with a
   * hash, as phonemes do.
   */
  private static final Pattern NEEDS_QUOTES = Pattern.compile("[,\"\r\n]");

  private static final CSVFormat BARE = FORMAT.builder().setQuote(null).build();
  private static final CSVFormat QUOTED = FORMAT.builder().setQuoteMode(QuoteMode.ALL).build();

  private CsvLines() {}

  /**
   * A line with its line feed.
   *
   * @param cells texts, or anything whose text it is; null for an unknown one
   */
  public static String line(List<?> cells) {
    return cells(cells) + '\n';
  }

  /** A line without its line feed. */
  public static String cells(List<?> cells) {
    StringBuilder line = new StringBuilder();
    try {
      boolean first = true;
      for (Object cell : cells) {
        String text = cell == null ? "" : cell.toString();
        boolean quoted = NEEDS_QUOTES.matcher(text).find();
        (quoted ? QUOTED : BARE).print(text, line, first);
        first = false;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line.toString();
  }
}
