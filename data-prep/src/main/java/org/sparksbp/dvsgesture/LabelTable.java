package org.sparksbp.dvsgesture;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.sparksbp.clip.LabelledClip;
import org.sparksbp.dvsgesture.LabelRows.Row;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.RecordUnit;
import org.sparksbp.task.SampleSink;

/**
 * Reads the two kinds of label files. Lines that cannot be used are dropped; a file of which none
 * can, or that counts its classes from 0, is refused.
 */
final class LabelTable {

  private static final String CLIP_COLUMNS = "class, startTime_usec and endTime_usec";
  private static final String FILE_COLUMNS = "file and class";
  private static final List<String> CLASS_NAMES =
      List.of("class", "classid", "label", "gesture", "gestureid");
  private static final List<String> FILE_NAMES = List.of("file", "filename", "clip", "name");

  /** Units of times by what stands behind a column's name, in us. */
  private static final Map<String, Integer> UNITS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("", 1),
              Map.entry("usec", 1),
              Map.entry("us", 1),
              Map.entry("\u00b5s", 1),
              Map.entry("\u03bcs", 1),
              Map.entry("microseconds", 1),
              Map.entry("msec", 1_000),
              Map.entry("ms", 1_000),
              Map.entry("milliseconds", 1_000),
              Map.entry("sec", 1_000_000),
              Map.entry("seconds", 1_000_000)));

  private final String file;
  private final SampleSink sink;
  private final LabelRows table;
  private String firstReason = "";
  private int used;

  private LabelTable(Configuration hadoop, String file, SampleSink sink) throws IOException {
    this.file = file;
    this.sink = sink;
    this.table = LabelRows.read(hadoop, file);
  }

  /**
   * Reads class, start and end of clips, by the names of the columns or in that order; clips may
   * overlap and classes repeat.
   *
   * @param sink that lines are counted in
   */
  static List<LabelledClip> readClips(
      Configuration hadoop, String file, String recording, SampleSink sink) throws IOException {
    LabelTable table = new LabelTable(hadoop, file, sink);
    int label = table.table.column(file, 0, CLIP_COLUMNS, CLASS_NAMES);
    TimeColumn start = table.timeColumn(1, "start");
    TimeColumn end = table.timeColumn(2, "end");
    List<LabelledClip> clips = new ArrayList<>();
    table.checkLengths(3, CLIP_COLUMNS);
    table.forEachRow(
        "class,start,end",
        row -> {
          int of = table.label(row, row.cell(label));
          long from = start.microseconds(row);
          long to = end.microseconds(row);
          if (from < 0) {
            throw new LineException("clip starts at " + from + " us, before all recordings");
          }
          if (to <= from) {
            throw new LineException("clip ends at " + to + " us, not behind " + from);
          }
          String id = "dvsgesture/" + recording + "/" + (clips.size() < 10 ? "0" : "");
          clips.add(new LabelledClip(id + clips.size(), of, from, to));
        });
    return clips;
  }

  /** Reads file names and their classes: class from 0 by {@link #clipName}. */
  static Map<String, Integer> readFileClasses(Configuration hadoop, String file, SampleSink sink)
      throws IOException {
    LabelTable table = new LabelTable(hadoop, file, sink);
    int name = table.table.column(file, 0, FILE_COLUMNS, FILE_NAMES);
    int label = table.table.column(file, 1, FILE_COLUMNS, CLASS_NAMES);
    Map<String, Integer> classes = new TreeMap<>();
    table.checkLengths(2, FILE_COLUMNS);
    table.forEachRow(
        "file,class",
        row -> {
          int of = table.label(row, row.cell(label));
          Integer before = classes.putIfAbsent(clipName(row.cell(name)), of);
          if (before != null && before != of) {
            throw new LineException(
                row.cell(name) + " is of class " + (before + 1) + " in a line before");
          }
        });
    return classes;
  }

  /** What a file is called in tables, where folders and suffixes may be left out, in any case. */
  static String clipName(String file) {
    String name = file.substring(file.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return name.replaceFirst("\\.gz$", "").replaceFirst("\\.bs2$", "");
  }

  /**
   * A column of times.
   *
   * @param unit in us
   */
  private record TimeColumn(int place, int unit) {

    long microseconds(Row row) throws LineException {
      return number(row.cell(place)).multiply(BigDecimal.valueOf(unit)).longValueExact();
    }
  }

  /** The column called like {@code start}, {@code startTime} or these with a unit behind. */
  private TimeColumn timeColumn(int place, String which) throws InvalidInputException {
    List<String> names = new ArrayList<>();
    for (String unit : UNITS.keySet()) {
      names.add(which + unit);
      names.add(which + "time" + unit);
    }
    int column = table.column(file, place, CLIP_COLUMNS, names);
    String name = table.header().isEmpty() ? "" : LabelRows.plain(table.header().get(column));
    String unit = name.replaceFirst(which + "(time)?", "");
    return new TimeColumn(column, UNITS.get(unit));
  }

  /**
   * Rows of more values than there are columns, as numbered rows of a table without a name for
   * their numbers, have each value in another column than its own.
   *
   * @param unnamed columns that there are where they have no names
   */
  private void checkLengths(int unnamed, String wanted) throws InvalidInputException {
    int columns = table.header().isEmpty() ? unnamed : table.header().size();
    for (Row row : table.rows()) {
      if (row.length() > columns) {
        throw new InvalidInputException(
            "Invalid label file "
                + file
                + ": line "
                + row.line()
                + " has "
                + row.length()
                + " values for "
                + columns
                + " columns; give it a header line that names each of them, needed are "
                + wanted);
      }
    }
  }

  @FunctionalInterface
  private interface RowReader {
    void row(Row row) throws LineException, InvalidInputException;
  }

  private void forEachRow(String wanted, RowReader reader) throws IOException {
    for (Row row : table.rows()) {
      sink.read(file, RecordUnit.LINES, 1);
      try {
        reader.row(row);
        used++;
      } catch (ArithmeticException e) {
        drop(row, "not " + wanted + " in whole numbers: '" + row + "'");
      } catch (NumberFormatException e) {
        drop(row, "not " + wanted + ": '" + row + "'");
      } catch (LineException e) {
        drop(row, e.getMessage());
      }
    }
    if (used == 0) {
      throw new InvalidInputException(
          "Invalid label file "
              + file
              + ": "
              + (table.rows().isEmpty()
                  ? "it has no line of " + wanted
                  : "none of its lines is " + wanted + ", the first: " + firstReason));
    }
  }

  private void drop(Row row, String reason) throws IOException {
    if (firstReason.isEmpty()) {
      firstReason = "line " + row.line() + ": " + reason;
    }
    sink.dropped(file, RecordUnit.LINES, 1, "line " + row.line(), reason);
  }

  /** The class from 0 of one written from 1. */
  private int label(Row row, String cell) throws LineException, InvalidInputException {
    int label = number(cell).intValueExact();
    if (label == 0) {
      throw new InvalidInputException(
          "Invalid label file "
              + file
              + ": line "
              + row.line()
              + " has class 0, so its classes are counted from 0; count them from 1 to "
              + Gestures.NAMES.size());
    }
    if (label < 1 || label > Gestures.NAMES.size()) {
      throw new LineException("class " + label + ", must be from 1 to " + Gestures.NAMES.size());
    }
    return label - 1;
  }

  /** A number as tables have it: {@code 12}, {@code 12.0}, {@code 1.2e1} or {@code 12,0}. */
  private static BigDecimal number(String cell) throws LineException {
    if (cell.length() > 40) {
      throw new LineException("not a number: '" + cell.substring(0, 40) + "...'");
    }
    BigDecimal number = new BigDecimal(cell.replace(',', '.'));
    if (Math.abs((long) number.precision() - number.scale()) > 20) {
      throw new LineException("beyond what can be counted: '" + cell + "'");
    }
    return number;
  }

  private static final class LineException extends Exception {
    private static final long serialVersionUID = 1L;

    LineException(String reason) {
      super(reason);
    }
  }
}
