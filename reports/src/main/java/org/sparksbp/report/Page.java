package org.sparksbp.report;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the template shows.
 *
 * @param version of the software that reports
 * @param answers what the page begins with
 * @param study accuracy beside the published values
 * @param costs cost beside the published values
 * @param statistics tests between arms
 * @param spent what training has taken
 * @param data what was trained on
 * @param status how many trials have ended
 * @param reasons trials without all epochs
 * @param groups figures, sweep by sweep
 * @param chosenOnTest sweeps whose epochs were chosen on the samples that the page tells of
 * @param unfinished sweeps whose trials have not all ended
 * @param refreshSeconds after which a browser loads the page anew while there are such sweeps; 0:
 *     never
 * @param leftOut points without figures on the page
 */
record Page(
    String version,
    Answers answers,
    ReportTable study,
    ReportTable costs,
    ReportTable statistics,
    ReportTable spent,
    ReportTable data,
    ReportTable status,
    ReportTable reasons,
    List<FigureGroup> groups,
    List<String> chosenOnTest,
    List<String> unfinished,
    int refreshSeconds,
    int leftOut) {

  /** Characters from which on a cell is made wide. */
  private static final int LONG = 24;

  Page {
    groups = List.copyOf(groups);
    chosenOnTest = List.copyOf(chosenOnTest);
    unfinished = List.copyOf(unfinished);
  }

  /** All tables that are no figure's. */
  List<ReportTable> tables() {
    return List.of(study, costs, statistics, spent, data, status, reasons);
  }

  /** All figures, in the order of the page. */
  List<FigureGroup.Figure> figures() {
    return Stream.concat(
            answers.figures().stream(), groups.stream().flatMap(group -> group.figures().stream()))
        .toList();
  }

  /** The page as HTML, every value escaped. */
  String html() {
    Mustache template =
        new DefaultMustacheFactory("org/sparksbp/report").compile("report.mustache");
    StringWriter html = new StringWriter();
    template.execute(html, values());
    return html.toString();
  }

  private Map<String, Object> values() {
    Map<String, Object> values = new HashMap<>();
    values.put("version", version);
    values.put("answers", answers.answers().isEmpty() ? null : view(answers));
    values.put("study", view(study));
    values.put("costs", costs.isEmpty() ? null : view(costs));
    values.put("statistics", view(statistics));
    values.put("spent", view(spent));
    values.put("data", view(data));
    values.put("status", view(status));
    values.put("reasons", reasons.isEmpty() ? null : view(reasons));
    values.put("snapshots", ReportJob.MOST_WITH_SNAPSHOTS);
    values.put("chosenOnTest", chosenOnTest.isEmpty() ? null : String.join(", ", chosenOnTest));
    values.put("unfinished", unfinished.isEmpty() ? null : String.join(", ", unfinished));
    values.put("refresh", unfinished.isEmpty() || refreshSeconds == 0 ? null : refreshSeconds);
    values.put("leftOut", leftOut == 0 ? null : leftOut);
    values.put(
        "groups",
        IntStream.range(0, groups.size())
            .mapToObj(number -> view("figures-" + number, groups.get(number)))
            .toList());
    return values;
  }

  private static Map<String, Object> view(Answers answers) {
    return Map.of(
        "list",
        answers.answers().stream()
            .map(answer -> Map.of("heading", answer.heading(), "sentences", answer.sentences()))
            .toList(),
        "figures",
        answers.figures().stream().map(Page::view).toList());
  }

  private static Map<String, Object> view(String id, FigureGroup group) {
    return Map.of(
        "id",
        id,
        "title",
        group.title(),
        "notes",
        group.notes(),
        "figures",
        group.figures().stream().map(Page::view).toList());
  }

  private static Map<String, Object> view(FigureGroup.Figure figure) {
    return Map.of(
        "title",
        figure.title(),
        "file",
        figure.file(),
        "vectorFile",
        figure.vectorFile(),
        "height",
        figure.picture().height(),
        "picture",
        figure.picture().dataUri(),
        "table",
        view(figure.table()));
  }

  private static Map<String, Object> view(ReportTable.Cell cell) {
    return Map.of(
        "shown",
        cell.shown(),
        "numeric",
        cell.numeric(),
        "value",
        cell.value(),
        "long",
        !cell.numeric() && cell.shown().length() > LONG);
  }

  private static Map<String, Object> view(ReportTable table) {
    return Map.of(
        "file",
        table.file(),
        "titles",
        table.titles(),
        "rows",
        table.shownRows().stream()
            .map(row -> Map.of("cells", row.stream().map(Page::view).toList()))
            .toList(),
        "more",
        table.more());
  }
}
