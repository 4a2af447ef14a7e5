package org.sparksbp.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import org.sparksbp.report.ReportTable.Cell;
import org.sparksbp.statistics.HolmCorrection;
import org.sparksbp.statistics.PairedComparison;

/**
 * Tests between arms on the same seeds. A family of the correction is a quantity over all pairs of
 * arms and points of the sweeps that declare the same family, each sweep one of its own unless it
 * says otherwise; what else lies in the results folder changes nothing.
 */
final class StatisticsTable {

  private final List<Line> lines = new ArrayList<>();

  private record Line(SweepPoint point, List<String> arms, String quantity, PairedComparison test) {
    String family() {
      return point.sweep().family() + " " + quantity;
    }
  }

  private StatisticsTable() {}

  static ReportTable of(List<SweepPoint> points) {
    StatisticsTable statistics = new StatisticsTable();
    for (SweepPoint point : points) {
      point.pairs().forEach(pair -> statistics.add(point, pair));
    }
    return statistics.table();
  }

  private void add(SweepPoint point, List<String> arms) {
    List<Long> both = point.endedSeeds(arms);
    PairedComparison accuracy =
        PairedComparison.of(
            point.lastAccuracies(arms.get(0), both), point.lastAccuracies(arms.get(1), both));
    lines.add(new Line(point, arms, "accuracy", accuracy));
    ArmCosts costs = ArmCosts.of(point, arms);
    lines.add(new Line(point, arms, "cost", PairedComparison.of(costs.costs(0), costs.costs(1))));
  }

  private ReportTable table() {
    List<OptionalDouble> tTests = corrected(PairedComparison::tTest);
    List<OptionalDouble> wilcoxons = corrected(PairedComparison::wilcoxon);
    ReportTable table =
        new ReportTable("statistics")
            .column("Comparison", "comparison")
            .column("Arms", "arms")
            .column("Quantity", "quantity")
            .column("Seeds", "seeds")
            .column("Mean difference", "mean_difference")
            .column("Cohen's d", "effect_size")
            .column("t-test p", "t_test_p")
            .column("t-test p, Holm", "t_test_p_holm")
            .column("Wilcoxon p", "wilcoxon_p")
            .column("Wilcoxon p, Holm", "wilcoxon_p_holm")
            .column("Tests in family", "tests_in_family")
            .column("Note", "note");
    for (int i = 0; i < lines.size(); i++) {
      table.row(row(lines.get(i), tTests.get(i), wilcoxons.get(i)));
    }
    return table;
  }

  private List<Cell> row(Line line, OptionalDouble tTest, OptionalDouble wilcoxon) {
    PairedComparison test = line.test();
    double difference = test.meanDifference().orElse(Double.NaN);
    double effect = test.effectSize().orElse(Double.NaN);
    int tests = tests(line.family());
    return List.of(
        Cell.text(line.point().title()),
        Cell.text(SweepPoint.difference(line.arms())),
        Cell.text(line.quantity()),
        Cell.number(Integer.toString(test.pairs()), test.pairs()),
        Cell.number(
            line.quantity().equals("cost")
                ? NumberFormatting.scientific(difference)
                : NumberFormatting.percent(difference),
            difference),
        Cell.number(NumberFormatting.fixed(effect, 2), effect),
        pValue(test.tTest()),
        pValue(tTest),
        pValue(test.wilcoxon()),
        pValue(wilcoxon),
        Cell.number(Integer.toString(tests), tests),
        Cell.text(note(line)));
  }

  private static String note(Line line) {
    String data = line.point().differentData(line.arms());
    return data.isEmpty() ? line.test().reason() : "arms of different data: " + data;
  }

  /** Tests of a family: those that a sweep declares, at least those that there are. */
  private int tests(String family) {
    List<Line> ofFamily = lines.stream().filter(line -> line.family().equals(family)).toList();
    int declared =
        ofFamily.stream().mapToInt(line -> line.point().sweep().testsOfFamily()).max().orElse(0);
    return Math.max(declared, ofFamily.size());
  }

  private static Cell pValue(OptionalDouble value) {
    return Cell.number(NumberFormatting.pValue(value), value.orElse(Double.NaN));
  }

  /** Corrected p-values by line, each within its family. */
  private List<OptionalDouble> corrected(Function<PairedComparison, OptionalDouble> pValue) {
    Map<String, List<Integer>> families = new TreeMap<>();
    for (int i = 0; i < lines.size(); i++) {
      if (pValue.apply(lines.get(i).test()).isPresent()) {
        families.computeIfAbsent(lines.get(i).family(), f -> new ArrayList<>()).add(i);
      }
    }
    OptionalDouble[] corrected = new OptionalDouble[lines.size()];
    Arrays.fill(corrected, OptionalDouble.empty());
    for (Map.Entry<String, List<Integer>> entry : families.entrySet()) {
      List<Integer> family = entry.getValue();
      double[] adjusted =
          HolmCorrection.adjusted(
              family.stream()
                  .mapToDouble(i -> pValue.apply(lines.get(i).test()).getAsDouble())
                  .toArray(),
              tests(entry.getKey()));
      for (int i = 0; i < adjusted.length; i++) {
        corrected[family.get(i)] = OptionalDouble.of(adjusted[i]);
      }
    }
    return List.of(corrected);
  }
}
