package org.sparksbp.report;

import java.util.List;

/**
 * Figures that stand together.
 *
 * @param title above them
 * @param notes what they are of, and why some are missing
 * @param figures may be empty
 */
record FigureGroup(String title, List<String> notes, List<Figure> figures) {

  FigureGroup {
    notes = List.copyOf(notes);
    figures = List.copyOf(figures);
  }
}
