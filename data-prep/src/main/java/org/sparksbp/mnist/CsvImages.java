package org.sparksbp.mnist;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.sparksbp.storage.InvalidInputException;

/** Images and labels in one table: a row of 785 numbers for each image. */
final class CsvImages implements Closeable {

  /** Rows that are looked at before any is taken. */
  private static final int FIRST_ROWS = 100;

  private static final int MAX_PIXEL = 255;

  /** Short, so that no cell of any length takes long to look at. */
  private static final Pattern NUMBER =
      Pattern.compile("(?=.{1,30}$)(?:[0-9]++\\.?+[0-9]*+|\\.[0-9]++)(?:[eE][-+]?[0-9]{1,3})?");

  private final TableLines lines;
  private final CsvRows rows;
  private final CsvColumns columns;
  private final byte[] pixels;
  private boolean isAtFirst;
  private int label;

  private CsvImages(TableLines lines, CsvRows rows, CsvColumns columns) {
    this.lines = lines;
    this.rows = rows;
    this.columns = columns;
    this.pixels = new byte[columns.pixels().length];
    this.isAtFirst = !columns.hasHeader();
  }

  private static CsvImages open(Configuration hadoop, String file) throws IOException {
    TableLines lines = TableLines.open(hadoop, file);
    try {
      if (!lines.advance()) {
        throw new InvalidInputException("Invalid CSV file " + file + ": it has no line");
      }
      if (lines.isTooLong()) {
        throw new InvalidInputException(
            "Invalid CSV file "
                + file
                + ": its first line has more than "
                + TableLines.MAX_BYTES
                + " bytes; lines must end in LF or CR LF");
      }
      CsvRows rows = CsvRows.like(lines.text());
      List<String> first =
          rows.cells(lines.text())
              .orElseThrow(
                  () ->
                      new InvalidInputException(
                          "Invalid CSV file " + file + ", line 1: mend its quotes"));
      return new CsvImages(lines, rows, CsvColumns.of(file, first));
    } catch (IOException e) {
      lines.close();
      throw e;
    }
  }

  /**
   * Looks at a table before it is read.
   *
   * @param most rows that are asked for
   * @return how many rows it has, {@code most} at most
   * @throws InvalidInputException if it has no labels, no row, or pixels on another scale
   */
  static long checkedCount(Configuration hadoop, String file, long most) throws IOException {
    try (CsvImages images = open(hadoop, file)) {
      images.checkLabels(file);
      long count = 0;
      double greatest = 0;
      while (count < Math.min(most, FIRST_ROWS) && images.advance()) {
        count++;
        greatest = Math.max(greatest, images.greatestPixel());
      }
      if (greatest > 0 && greatest <= 1) {
        throw new InvalidInputException(
            "Invalid CSV file "
                + file
                + ": its first pixels are shares from 0 to 1, must be whole numbers from 0 to 255;"
                + " multiply them by 255");
      }
      while (count < most && images.advance()) {
        count++;
      }
      if (count == 0) {
        throw new InvalidInputException("Invalid CSV file " + file + ": no row behind its header");
      }
      return count;
    }
  }

  private void checkLabels(String file) throws InvalidInputException {
    if (columns.label() < 0) {
      throw new InvalidInputException(
          "Cannot use "
              + file
              + ": it has no labels, 784 pixels a row alone, as the test files of competitions"
              + " have; give one with a column 'label', or "
              + ImageTask.WITHOUT_TEST_FILE);
    }
  }

  /** The greatest label of a table; -1 if it has none. */
  static int greatestLabel(Configuration hadoop, String file) throws IOException {
    try (CsvImages images = open(hadoop, file)) {
      images.checkLabels(file);
      int greatest = -1;
      for (long number = 0; images.advance(); number++) {
        if (images.fault(number).isEmpty()) {
          greatest = Math.max(greatest, images.label);
        }
      }
      return greatest;
    }
  }

  /** Reads the images of the numbers from {@code from}, inclusive, to {@code to}, exclusive. */
  static void read(Configuration hadoop, String file, long from, long to, ImageVisitor visitor)
      throws IOException {
    try (CsvImages images = open(hadoop, file)) {
      for (long number = 0; number < to && images.advance(); number++) {
        if (number >= from) {
          String position = "line " + images.lines.number();
          String fault = images.fault(number);
          if (fault.isEmpty()) {
            visitor.image(number, position, images.label, images.pixels);
          } else {
            visitor.unusable(position, fault);
          }
        }
      }
    }
  }

  /** Goes to the next row. */
  private boolean advance() throws IOException {
    if (isAtFirst) {
      isAtFirst = false;
      return true;
    }
    return lines.advance();
  }

  /** Of the row, 0 if it has no number. */
  private double greatestPixel() throws IOException {
    List<String> cells = cells();
    double greatest = 0;
    for (int column : columns.pixels()) {
      String cell = column < cells.size() ? cells.get(column) : "";
      greatest =
          NUMBER.matcher(cell).matches() ? Math.max(greatest, Double.parseDouble(cell)) : greatest;
    }
    return greatest;
  }

  private List<String> cells() throws IOException {
    return lines.isTooLong() ? List.of() : rows.cells(lines.text()).orElse(List.of());
  }

  /** Takes the row's label and pixels, or says what is wrong with it. */
  private String fault(long number) throws IOException {
    if (lines.isTooLong()) {
      return "image " + number + " has more than " + TableLines.MAX_BYTES + " bytes in its line";
    }
    List<String> cells = cells();
    if (cells.size() != columns.count()) {
      return cells.isEmpty()
          ? "image " + number + " has broken quotes"
          : "image " + number + " has " + cells.size() + " columns, must be " + columns.count();
    }
    label = whole(cells.get(columns.label()));
    if (label < 0) {
      return "label '"
          + shown(cells.get(columns.label()))
          + "' of image "
          + number
          + ", must be a whole number";
    }
    for (int pixel = 0; pixel < pixels.length; pixel++) {
      String cell = cells.get(columns.pixels()[pixel]);
      int value = whole(cell);
      if (value < 0 || value > MAX_PIXEL) {
        return "pixel '"
            + shown(cell)
            + "' of image "
            + number
            + " in column "
            + (columns.pixels()[pixel] + 1)
            + ", must be a whole number from 0 to 255";
      }
      pixels[pixel] = (byte) value;
    }
    return "";
  }

  /** A whole number of at least 0, also written as {@code 7.0}, or -1 if it is none. */
  static int whole(String cell) {
    int digits = 0;
    int number = 0;
    while (digits < cell.length() && digits < 9 && isDigit(cell.charAt(digits))) {
      number = 10 * number + cell.charAt(digits++) - '0';
    }
    if (digits > 0 && digits == cell.length()) {
      return number;
    }
    if (!NUMBER.matcher(cell).matches()) {
      return -1;
    }
    double value = Double.parseDouble(cell);
    return value <= Integer.MAX_VALUE && value == Math.rint(value) ? (int) value : -1;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static String shown(String cell) {
    return cell.length() > 20 ? cell.substring(0, 20) + "..." : cell;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
