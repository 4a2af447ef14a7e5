package org.sparksbp.report;

import java.util.List;
import org.sparksbp.figure.Picture;

/**
 * Figures that stand together.
 *
 * @param title above them
 * @param notes what they are of, and why some are missing
 * @param figures may be empty
 */
record FigureGroup(String title, List<String> notes, List<Figure> figures) {

  /**
   * A picture and its numbers.
   *
   * @param title above it
   * @param name of its files, without their endings
   * @param picture of the numbers
   * @param table the numbers
   */
  record Figure(String title, String name, Picture picture, ReportTable table) {

    /** Name of the PNG file. */
    String file() {
      return name + ".png";
    }

    /** Name of the SVG file; empty if there is none. */
    String vectorFile() {
      return picture.svg().isEmpty() ? "" : name + ".svg";
    }
  }

  FigureGroup {
    notes = List.copyOf(notes);
    figures = List.copyOf(figures);
  }

  /** A name with nothing in it that a file system could take amiss. */
  static String fileName(String name) {
    return name.replaceAll("[^\\w-]+", "_");
  }
}
