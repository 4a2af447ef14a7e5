package org.sparksbp.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;

/**
 * CSV as all files here have it: commas, a header, lines that end with a line feed, quotes only
 * where a cell needs them. An unknown cell is empty.
 */
public final class CsvLines {

  /** For the library's own writer and parser. */
  public static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setRecordSeparator('\n').build();

  private CsvLines() {}

  /**
   * A line with its line feed.
   *
   * @param cells texts, or anything whose text it is; null and empty ones are the same
   */
  public static String line(List<?> cells) {
    StringBuilder line = new StringBuilder();
    try {
      boolean first = true;
      for (Object cell : cells) {
        FORMAT.print(cell == null || cell.toString().isEmpty() ? null : cell, line, first);
        first = false;
      }
      FORMAT.println(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line.toString();
  }
}
