package org.sparksbp.dvsgesture;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.rawfile.RawFile;
import org.sparksbp.storage.InvalidInputException;

/**
 * The rows of a label table as people save them: separated by comma, semicolon, tab or bar, with or
 * without a header line, a byte order mark, quotes, lines of comment behind {@code #}.
 *
 * @param header names of the columns, or none if the first row is one of values
 * @param rows the others, in their order
 */
record LabelRows(List<String> header, List<Row> rows) {

  /** Label tables have a few lines; what is larger is something else. */
  private static final int MAX_BYTES = 1 << 24;

  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final char[] DELIMITERS = {',', ';', '\t', '|'};

  /** Spreadsheets write their delimiter into a line of its own, before all others. */
  private static final Pattern DELIMITER_LINE =
      Pattern.compile("(?i)\\A\\s*\"?sep=(.)\"?[ \\t]*\\R");

  /**
   * A row of values.
   *
   * @param line where it stands in the file, from 1
   */
  record Row(long line, List<String> cells) {

    /** The value of a column, or an empty one where the row is too short. */
    String cell(int column) {
      return column < cells.size() ? cells.get(column) : "";
    }

    /** How many cells it has but empty ones at its end. */
    int length() {
      int length = cells.size();
      while (length > 0 && cells.get(length - 1).isEmpty()) {
        length--;
      }
      return length;
    }

    private boolean isComment() {
      return cells.get(0).startsWith("#");
    }

    @Override
    public String toString() {
      return String.join(",", cells);
    }
  }

  /**
   * Reads a table.
   *
   * @throws InvalidInputException if it is too large or its quotes are broken
   */
  static LabelRows read(Configuration hadoop, String file) throws IOException {
    String text = text(hadoop, file);
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(delimiter(text))
            .setIgnoreSurroundingSpaces(true)
            .setTrim(true)
            .build();
    List<Row> rows = new ArrayList<>();
    String table = DELIMITER_LINE.matcher(text).replaceFirst("\n");
    try (CSVParser parser = CSVParser.parse(new StringReader(table), format)) {
      for (Iterator<CSVRecord> records = parser.iterator(); records.hasNext(); ) {
        List<String> cells = List.of(records.next().values());
        Row row = new Row(parser.getCurrentLineNumber(), cells);
        // NumPy writes a header as a comment.
        boolean isHeader = rows.isEmpty() && row.length() > 1;
        if (row.length() > 0 && (isHeader || !row.isComment())) {
          rows.add(row);
        }
      }
    } catch (UncheckedIOException | IllegalStateException e) {
      String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
      throw new InvalidInputException(
          "Invalid label file " + file + ": " + reason + "; mend its quotes", e);
    }
    boolean hasHeader =
        !rows.isEmpty() && rows.get(0).cells().stream().noneMatch(LabelRows::startsLikeANumber);
    return hasHeader
        ? new LabelRows(rows.get(0).cells(), List.copyOf(rows.subList(1, rows.size())))
        : new LabelRows(List.of(), List.copyOf(rows));
  }

  private static boolean startsLikeANumber(String cell) {
    return cell.matches("[-+.]?[0-9].*");
  }

  /**
   * The place of a column.
   *
   * @param place that it has where there is no header
   * @param wanted what the columns are called, for the message
   * @param names how it may be called, in lower case, without blanks and punctuation; the first
   *     that there is
   * @throws InvalidInputException if there is a header and none of its names is one of them, or
   *     that one occurs twice
   */
  int column(String file, int place, String wanted, List<String> names)
      throws InvalidInputException {
    if (header.isEmpty()) {
      return place;
    }
    for (String name : names) {
      List<Integer> called =
          IntStream.range(0, header.size())
              .filter(column -> plain(header.get(column)).equals(name))
              .boxed()
              .toList();
      if (called.size() == 1) {
        return called.get(0);
      }
      if (called.size() > 1) {
        throw wrongColumns(file, ", '" + name + "' more than once", wanted);
      }
    }
    throw wrongColumns(file, "", wanted);
  }

  private InvalidInputException wrongColumns(String file, String why, String wanted) {
    return new InvalidInputException(
        "Invalid label file "
            + file
            + ": its columns are "
            + String.join(", ", header)
            + why
            + ", needed are "
            + wanted);
  }

  static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9\u00b5\u03bc]", "");
  }

  private static String delimiter(String text) {
    Matcher said = DELIMITER_LINE.matcher(text);
    if (said.lookingAt()) {
      return said.group(1);
    }
    String first =
        text.lines()
            .filter(line -> !line.isBlank() && !line.stripLeading().startsWith("#"))
            .findFirst()
            .orElse("");
    char best = DELIMITERS[0];
    for (char delimiter : DELIMITERS) {
      if (count(first, delimiter) > count(first, best)) {
        best = delimiter;
      }
    }
    return String.valueOf(best);
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(c -> c == wanted).count();
  }

  /** A small text in whatever encoding, without its byte order mark. */
  static String text(Configuration hadoop, String file) throws IOException {
    try (InputStream in = RawFile.open(hadoop, new Path(file))) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new InvalidInputException(
            "Invalid label file " + file + ": more than " + MAX_BYTES + " bytes, it is no table");
      }
      String text = decoded(bytes);
      return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }
  }

  /** By its byte order mark UTF-16, else UTF-8 or, where it is not, one byte a character. */
  private static String decoded(byte[] bytes) {
    for (Charset wide : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      byte[] mark = String.valueOf(BYTE_ORDER_MARK).getBytes(wide);
      if (bytes.length >= mark.length && Arrays.equals(mark, Arrays.copyOf(bytes, mark.length))) {
        return new String(bytes, wide);
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }
}
