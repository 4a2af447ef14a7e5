package org.sparksbp.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sparksbp.modelfolder.SoftwareVersion;
import org.sparksbp.snapshot.TrialSnapshots;
import org.sparksbp.storage.AtomicFile;

/** Writes a report of all sweeps in a results folder. */
public final class ReportJob {

  /** The page. */
  public static final String PAGE = "report.html";

  /** Most points of a sweep that get figures, so that the page can still be opened. */
  private static final int MOST_POINTS = 6;

  /** Most points of a sweep whose networks are drawn. */
  static final int MOST_WITH_SNAPSHOTS = 3;

  private final Configuration hadoop;
  private final ResultsReader reader;

  /**
   * Prepares a report.
   *
   * @param hadoop the file systems
   * @param only names of the sweeps to report on; empty for all
   */
  public ReportJob(Configuration hadoop, Set<String> only) {
    this.hadoop = hadoop;
    this.reader = new ResultsReader(hadoop, only);
  }

  /**
   * What was written.
   *
   * @param page the HTML page
   * @param sweeps reported on
   * @param trials of all sweeps
   * @param failed trials that failed
   * @param figures drawn
   * @param unfinished sweeps whose trials have not all ended
   */
  public record Outcome(
      Path page, int sweeps, int trials, int failed, int figures, List<String> unfinished) {}

  /**
   * Writes {@code report.html}, {@code figures/*.png} and {@code .svg}, {@code tables/*.csv} and
   * {@code .md}.
   *
   * @param results folder that sweeps have shared
   * @param output folder of the report, made if it is not there
   * @throws org.sparksbp.storage.InvalidInputException if there are no sweeps in {@code results}
   */
  public Outcome write(Path results, Path output) throws IOException {
    return write(results, output, 0);
  }

  /**
   * Writes the same with a page that a browser loads anew while sweeps have not finished.
   *
   * @param refreshSeconds between two loadings; 0: never
   */
  public Outcome write(Path results, Path output, int refreshSeconds) throws IOException {
    List<SweepResults> sweeps = reader.read(results);
    List<SweepPoint> all = new ArrayList<>();
    List<FigureGroup> groups = new ArrayList<>();
    SnapshotFiles snapshots = new SnapshotFiles(hadoop, results);
    int leftOut = 0;
    for (SweepResults sweep : sweeps) {
      List<SweepPoint> points = sweep.points();
      all.addAll(SweepPoint.bestFirst(points));
      SweepCurves.of(sweep, points).ifPresent(groups::add);
      SweepMaps.of(sweep, points).ifPresent(groups::add);
      SweepLines.of(sweep, points).ifPresent(groups::add);
      SweepImportance.of(sweep, points).ifPresent(groups::add);
      int drawn = Math.min(MOST_POINTS, points.size());
      leftOut += points.size() - drawn;
      int withSnapshots = 0;
      for (SweepPoint point : points.subList(0, drawn)) {
        groups.add(PointFigures.of(point));
        Map<String, TrialSnapshots> found =
            withSnapshots < MOST_WITH_SNAPSHOTS ? snapshots.of(point) : Map.of();
        if (!found.isEmpty()) {
          groups.add(SnapshotFigures.of(point, found));
          withSnapshots++;
        }
      }
    }
    List<String> unfinished =
        sweeps.stream().filter(sweep -> !sweep.finished()).map(SweepResults::name).toList();
    Page page =
        new Page(
            SoftwareVersion.current(),
            Answers.of(sweeps),
            SummaryTables.study(all),
            SummaryTables.costs(all),
            StatisticsTable.of(all),
            SpentTable.of(all),
            SummaryTables.data(sweeps),
            SummaryTables.status(sweeps),
            SummaryTables.reasons(sweeps),
            groups,
            sweeps.stream().filter(SweepResults::chosenOnTest).map(SweepResults::name).toList(),
            unfinished,
            refreshSeconds,
            leftOut);
    int drawn = writeFiles(page, output);
    List<TrialResult> trials = sweeps.stream().flatMap(sweep -> sweep.trials().stream()).toList();
    return new Outcome(
        new Path(output, PAGE),
        sweeps.size(),
        trials.size(),
        (int) trials.stream().filter(TrialResult::failed).count(),
        drawn,
        unfinished);
  }

  /**
   * When the tables of all sweeps were last written.
   *
   * @param results folder that sweeps have shared
   * @return by sweep, ms since 1970; of a sweep without tables nothing
   */
  public SortedMap<String, Long> written(Path results) throws IOException {
    return reader.written(results);
  }

  private int writeFiles(Page page, Path output) throws IOException {
    for (ReportTable table : page.tables()) {
      write(new Path(output, "tables/" + table.file()), table.csv());
      write(new Path(output, "tables/" + table.markdownFile()), table.markdown());
    }
    List<FigureGroup.Figure> figures = page.figures();
    for (FigureGroup.Figure figure : figures) {
      write(new Path(output, "figures/" + figure.file()), figure.picture().png());
      if (!figure.vectorFile().isEmpty()) {
        write(new Path(output, "figures/" + figure.vectorFile()), figure.picture().svg());
      }
      write(new Path(output, "tables/" + figure.table().file()), figure.table().csv());
    }
    write(new Path(output, PAGE), page.html());
    return figures.size();
  }

  private void write(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private void write(Path file, byte[] content) throws IOException {
    AtomicFile.write(hadoop, file, content);
  }
}
