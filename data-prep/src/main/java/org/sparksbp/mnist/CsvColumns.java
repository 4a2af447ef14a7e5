package org.sparksbp.mnist;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparksbp.storage.InvalidInputException;

/**
 * Which column of a table of images is what. With a header columns go by their names, in any order:
 * {@code label}, and {@code pixel0} to {@code pixel783}, {@code pixel1} to {@code pixel784} or
 * {@code 1x1} to {@code 28x28}. Without one the label comes first, then the pixels row by row.
 *
 * @param hasHeader whether the first line is one of names
 * @param count number of columns
 * @param label column of the label, or -1 if there is none
 * @param pixels column of each pixel, {@code [28 * 28]}
 */
record CsvColumns(boolean hasHeader, int count, int label, int[] pixels) {

  private static final int PIXELS = IdxHeader.SIDE * IdxHeader.SIDE;

  private static final Set<String> LABELS = Set.of("label", "labels", "class", "target");

  /** Columns of row numbers, which tell nothing of the image. */
  private static final Set<String> ROW_NUMBERS = Set.of("", "id", "index", "unnamed: 0");

  private static final Pattern NUMBERED = Pattern.compile("(?:[a-z]+[ _-]?)?(\\d{1,3})");
  private static final Pattern ROW_AND_COLUMN = Pattern.compile("(\\d{1,2})x(\\d{1,2})");

  /**
   * Of a table with this first line.
   *
   * @throws InvalidInputException if the columns are not those of images of 28x28 pixels
   */
  static CsvColumns of(String file, List<String> first) throws InvalidInputException {
    if (first.stream().anyMatch(cell -> !startsLikeANumber(cell))) {
      return byName(file, first);
    }
    int size = first.size();
    if (size != PIXELS && size != PIXELS + 1) {
      throw new InvalidInputException(
          "Invalid CSV file "
              + file
              + ": "
              + size
              + " columns in its first line, must be 785 (the label and 28x28 pixels)");
    }
    int[] pixels = new int[PIXELS];
    Arrays.setAll(pixels, pixel -> size - PIXELS + pixel);
    return new CsvColumns(false, size, size - PIXELS - 1, pixels);
  }

  private static CsvColumns byName(String file, List<String> names) throws InvalidInputException {
    int label = -1;
    int first = Integer.MAX_VALUE;
    List<String> unknown = new ArrayList<>();
    int[] places = new int[names.size()];
    Arrays.fill(places, -1);
    for (int column = 0; column < names.size(); column++) {
      String name = names.get(column).toLowerCase(Locale.ROOT);
      places[column] = place(name);
      if (places[column] >= 0) {
        first = Math.min(first, places[column]);
      } else if (LABELS.contains(name) && label < 0) {
        label = column;
      } else if (!ROW_NUMBERS.contains(name)) {
        unknown.add(names.get(column));
      }
    }
    int[] pixels = first > 1 ? new int[0] : columns(places, first);
    if (!unknown.isEmpty() || pixels.length != PIXELS) {
      throw new InvalidInputException(
          "Invalid CSV file "
              + file
              + ": its header must name a column 'label' and, once each, the pixels pixel0 to"
              + " pixel783, pixel1 to pixel784 or 1x1 to 28x28"
              + (unknown.isEmpty() ? "" : "; it has " + shown(unknown)));
    }
    return new CsvColumns(true, names.size(), label, pixels);
  }

  /** Number of the pixel that a column is of, row by row, or -1 if it is none. */
  private static int place(String name) {
    Matcher numbered = NUMBERED.matcher(name);
    if (numbered.matches()) {
      return Integer.parseInt(numbered.group(1));
    }
    Matcher square = ROW_AND_COLUMN.matcher(name);
    if (square.matches()) {
      int row = Integer.parseInt(square.group(1));
      int column = Integer.parseInt(square.group(2));
      boolean inside = row >= 1 && column >= 1 && row <= IdxHeader.SIDE && column <= IdxHeader.SIDE;
      return inside ? (row - 1) * IdxHeader.SIDE + column : -1;
    }
    return -1;
  }

  /** The column of each pixel, or none if one has no column or several. */
  private static int[] columns(int[] places, int first) {
    int[] pixels = new int[PIXELS];
    Arrays.fill(pixels, -1);
    for (int column = 0; column < places.length; column++) {
      int pixel = places[column] - first;
      if (places[column] >= 0) {
        if (pixel >= PIXELS || pixels[pixel] >= 0) {
          return new int[0];
        }
        pixels[pixel] = column;
      }
    }
    return Arrays.stream(pixels).anyMatch(column -> column < 0) ? new int[0] : pixels;
  }

  private static boolean startsLikeANumber(String cell) {
    return cell.matches("[-+.]?[0-9][-+.eE0-9]*");
  }

  private static String shown(List<String> names) {
    String some = String.join(", ", names.subList(0, Math.min(5, names.size())));
    return names.size() > 5 ? some + " and " + (names.size() - 5) + " more" : some;
  }
}
