package org.sparksbp.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sparksbp.statistics.SeedSummary;
import org.sparksbp.table.CsvLines;

/** Numbers that are shown rounded on the page and written in full as CSV. */
final class ReportTable {

  /** Most rows shown; the CSV file has all. */
  private static final int MOST_SHOWN = 200;

  private final String name;
  private int mostShown = MOST_SHOWN;
  private final List<String> titles = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final List<List<Cell>> rows = new ArrayList<>();

  /**
   * A cell.
   *
   * @param shown on the page
   * @param numeric whether it is aligned as a number
   * @param written in the columns of the CSV file
   */
  record Cell(String shown, boolean numeric, List<String> written) {
    static Cell text(String text) {
      return new Cell(text.isEmpty() ? NumberFormatting.UNKNOWN : text, false, List.of(text));
    }

    static Cell number(String shown, double value) {
      return new Cell(shown, true, List.of(written(value)));
    }

    /** Mean, standard deviation and half of the 95 % interval. */
    static Cell spread(String shown, SeedSummary summary) {
      return new Cell(
          shown,
          true,
          Stream.of(summary.mean(), summary.standardDeviation(), summary.halfWidth())
              .map(value -> written(value.orElse(Double.NaN)))
              .toList());
    }

    /** What other columns of the CSV file have already. */
    static Cell shown(String shown) {
      return new Cell(shown, true, List.of());
    }

    /** What the page's reader sorts by. */
    String value() {
      return written.isEmpty() ? shown : written.get(0);
    }

    private static String written(double value) {
      return Double.isFinite(value) ? NumberFormatting.plain(value) : "";
    }
  }

  /**
   * Creates an empty table.
   *
   * @param name of the CSV file, without its ending
   */
  ReportTable(String name) {
    this.name = name;
  }

  /** Adds a column with one column of the CSV file. */
  ReportTable column(String title, String csvName) {
    titles.add(title);
    names.add(csvName);
    return this;
  }

  /** Adds a column whose cells are made by {@link Cell#shown}. */
  ReportTable shown(String title) {
    titles.add(title);
    return this;
  }

  /** Adds a column whose cells are made by {@link Cell#spread}. */
  ReportTable spread(String title, String csvName) {
    titles.add(title);
    Stream.of("_mean", "_standard_deviation", "_half_width_95")
        .forEach(ending -> names.add(csvName + ending));
    return this;
  }

  void row(Cell... cells) {
    row(List.of(cells));
  }

  void row(List<Cell> cells) {
    rows.add(List.copyOf(cells));
  }

  /** Sets how many rows are shown, where the default is more than a reader looks at. */
  ReportTable mostShown(int rowsShown) {
    mostShown = rowsShown;
    return this;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Name of the CSV file. */
  String file() {
    return name + ".csv";
  }

  /** Column titles, for the template. */
  List<String> titles() {
    return titles;
  }

  /** The first rows, for the template. */
  List<List<Cell>> shownRows() {
    return rows.subList(0, Math.min(mostShown, rows.size()));
  }

  /** What is not shown, for the template; empty if all is. */
  String more() {
    int hidden = rows.size() - mostShown;
    return hidden > 0 ? hidden + " more rows are in the file." : "";
  }

  /** The whole table. */
  String csv() {
    StringBuilder text = new StringBuilder(CsvLines.line(names));
    for (List<Cell> row : rows) {
      text.append(CsvLines.line(row.stream().flatMap(cell -> cell.written().stream()).toList()));
    }
    return text.toString();
  }

  /** Name of the Markdown file. */
  String markdownFile() {
    return name + ".md";
  }

  /** The whole table as the page shows it, in Markdown. */
  String markdown() {
    StringBuilder text = new StringBuilder(markdownLine(titles.stream()));
    List<Cell> alignment = rows.isEmpty() ? List.of() : rows.get(0);
    text.append(
        markdownLine(
            IntStream.range(0, titles.size())
                .mapToObj(
                    i -> i < alignment.size() && alignment.get(i).numeric() ? "--:" : "---")));
    for (List<Cell> row : rows) {
      text.append(markdownLine(row.stream().map(cell -> escaped(cell.shown()))));
    }
    return text.toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|");
  }

  private static String markdownLine(Stream<String> cells) {
    return cells.collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
