package org.sparksbp.mnist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Takes lines apart into cells, each line for itself: a quote left open costs one row. */
final class CsvRows {

  private static final char[] DELIMITERS = {',', ';', '\t'};

  private final CSVFormat format;

  private CsvRows(CSVFormat format) {
    this.format = format;
  }

  /** Separated by that of comma, semicolon and tab which the line has most of. */
  static CsvRows like(String line) {
    char best = DELIMITERS[0];
    for (char delimiter : DELIMITERS) {
      if (count(line, delimiter) > count(line, best)) {
        best = delimiter;
      }
    }
    return new CsvRows(
        CSVFormat.DEFAULT.builder().setDelimiter(best).setIgnoreSurroundingSpaces(true).build());
  }

  /** The cells of a line, or nothing if its quotes are broken. */
  Optional<List<String>> cells(String line) throws IOException {
    try (CSVParser parser = CSVParser.parse(line, format)) {
      List<CSVRecord> records = parser.getRecords();
      return records.size() == 1 ? Optional.of(records.get(0).toList()) : Optional.empty();
    } catch (UncheckedIOException | IllegalStateException e) {
      // The lexer reads from memory: what it complains of is the text.
      return Optional.empty();
    }
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(c -> c == wanted).count();
  }
}
