package org.sparksbp.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.snapshot.TrialSnapshots;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.sweep.SweepFixture;
import org.sparksbp.sweep.plan.SweepData;
import org.w3c.dom.Element;

class ReportJobTest {

  @TempDir static Path folder;
  private static SweepData data;
  private static ReportJob.Outcome outcome;
  private static String html;

  @BeforeAll
  static void sweepAndReport() throws IOException {
    data = SweepFixture.data(folder.resolve("shards"), 30, 12);
    try (JavaSparkContext spark = SweepFixture.spark()) {
      SweepFixture.run(
          spark,
          data,
          folder.resolve("results"),
          "training.epochs = 6",
          "sweep.arms { with { rule = sbp }, without { rule = symmetric-stdp }",
          "  ablation { rule = postsynaptic-stdp } }",
          "sweep.seeds = [1, 2, 3, 4]");
      SweepFixture.run(
          spark,
          data,
          folder.resolve("results"),
          "sweep.name = two-seeds",
          "training.epochs = 2",
          "sweep.arms { \"<b>sbp</b>&\" { rule = sbp }, broken { rule = bp } }",
          "sweep.seeds = [1, 2]");
      SweepFixture.run(
          spark,
          data,
          folder.resolve("results"),
          "sweep.name = grid",
          "model = spiking-mlp, rule = bp, training.epochs = 2, training.select-on = test",
          "sweep.statistics { family = \"made-up\", tests = 100 }",
          "sweep.space { training.batch = [5, 10], spiking-mlp.learning-rate = [0.001, 0.002, 0.004] }",
          "sweep.space.spiking-mlp.steps = [4, 6]",
          "sweep.arms { \"<i>bp</i>\" { rule = bp }, with { rule = sbp } }",
          "sweep.seeds = [2, 1]");
      SweepFixture.run(
          spark,
          data,
          folder.resolve("results"),
          "sweep.name = scattered",
          "training.epochs = 2",
          "sweep.space.snn.beta { from = 0.1, to = 1.0 }",
          "sweep.space.snn.epsilon { from = 0.001, to = 0.5, scale = log }",
          "sweep { design = sobol, points = 20, snapshots = 0 }");
      SweepFixture.run(
          spark,
          data,
          folder.resolve("results"),
          "sweep.name = fraction",
          "training.epochs = 2",
          "sweep.space.snn.sbp.fraction { values = [1.0, 0.01, 0.4], when { rule = sbp } }",
          "sweep.arms { with { rule = sbp }, without { rule = symmetric-stdp } }",
          "sweep { seeds = [1, 2], snapshots = 0 }");
      SweepFixture.run(
          spark,
          data,
          folder.resolve("results"),
          "sweep.name = unequal",
          "training.epochs = 1",
          "sweep.arms { all { rule = sbp }, fewer { rule = sbp, training.limit = 20 } }",
          "sweep { allow-different-data = on, snapshots = 0 }");
      SweepFixture.run(
          spark,
          data,
          folder.resolve("results"),
          "sweep.name = depth",
          "training.epochs = 1",
          "sweep { space.network.hidden = [[4], [4, 3]], snapshots = 0 }");
    }
    outcome = report(folder.resolve("results"), folder.resolve("report"));
    html = Files.readString(folder.resolve("report/report.html"));
  }

  private static ReportJob.Outcome report(Path results, Path output) throws IOException {
    return report(results, output, Set.of());
  }

  private static ReportJob.Outcome report(Path results, Path output, Set<String> only)
      throws IOException {
    return new ReportJob(new Configuration(), only)
        .write(
            new org.apache.hadoop.fs.Path(results.toUri()),
            new org.apache.hadoop.fs.Path(output.toUri()));
  }

  private static List<Map<String, String>> table(String name) {
    return SweepFixture.rows(folder.resolve("report/tables").resolve(name));
  }

  @Test
  void accuracyOfEachArmIsTheMeanOfTheSweepsTrials() {
    double mean =
        SweepFixture.rows(folder.resolve("results/test/trials.csv")).stream()
            .filter(row -> row.get("arm").equals("with"))
            .mapToDouble(row -> 1 - Double.parseDouble(row.get("last_test_error")))
            .average()
            .orElseThrow();

    Map<String, String> row =
        table("study.csv").stream()
            .filter(r -> r.get("sweep").equals("test") && r.get("arm").equals("with"))
            .findFirst()
            .orElseThrow();
    assertThat(Double.parseDouble(row.get("accuracy_mean"))).isCloseTo(mean, within(1e-12));
    assertThat(row).containsEntry("seeds", "4");
    assertThat(table("costs.csv").get(0)).containsKey("published");
    assertThat(html).contains(String.format(Locale.ROOT, "%.2f ±", 100 * mean));
    assertThat(html).contains("95.14 ± 0.12 %");
  }

  @Test
  void whatWasSpentNamesTheShareOfTheSpikingPhase() {
    Map<String, String> plasticity = spent("test: ", "with");
    // 10 steps over 60 weights beside 25 iterations of 72 products and the rule's 60.
    assertThat(Double.parseDouble(plasticity.get("spiking_phase_share")))
        .isCloseTo(600.0 / (600 + 25 * 72 + 60), within(1e-12));
    assertThat(plasticity)
        .containsEntry(
            "graded_multiply_accumulates_mean", plasticity.get("multiply_accumulates_mean"))
        .containsEntry("synaptic_operations_mean", "0")
        .containsEntry(
            "energy_driven_by_spikes_joules_mean",
            plasticity.get("energy_of_products_joules_mean"));
    Map<String, String> perceptron = spent("grid: ", "with");
    assertThat(perceptron).containsEntry("spiking_phase_share", "0");
    assertThat(Double.parseDouble(perceptron.get("graded_multiply_accumulates_mean")))
        .isPositive()
        .isLessThan(Double.parseDouble(perceptron.get("multiply_accumulates_mean")));
    assertThat(Double.parseDouble(perceptron.get("synaptic_operations_mean"))).isPositive();
    assertThat(html).contains("Of them in the spiking phase").contains("snn.spiking-phase = off");
  }

  private static Map<String, String> spent(String sweep, String arm) {
    return table("spent.csv").stream()
        .filter(row -> row.get("comparison").startsWith(sweep) && row.get("arm").equals(arm))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theChosenEpochsAccuracyIsOnTestSamplesAndItsEpochOfTheLowestValidationError() {
    List<Map<String, String>> epochs = SweepFixture.rows(folder.resolve("results/test/epochs.csv"));
    double sum = 0;
    for (Map<String, String> trial : SweepFixture.rows(folder.resolve("results/test/trials.csv"))) {
      if (trial.get("arm").equals("with")) {
        assertThat(trial).containsEntry("selected_on", "validation");
        Map<String, String> best =
            epochs.stream()
                .filter(epoch -> epoch.get("number").equals(trial.get("number")))
                .min(Comparator.comparingDouble(e -> number(e, "validation_error")))
                .orElseThrow();
        assertThat(trial.get("best_epoch")).isEqualTo(best.get("epoch"));
        assertThat(trial.get("best_error")).isEqualTo(best.get("validation_error"));
        assertThat(trial.get("test_error_at_best")).isEqualTo(best.get("test_error"));
        sum += 1 - number(best, "test_error");
      }
    }
    Map<String, String> row = study("test", "with");
    assertThat(row).containsEntry("chosen_on", "validation");
    assertThat(number(row, "chosen_accuracy_mean")).isCloseTo(sum / 4, within(1e-12));
  }

  @Test
  void sweepsThatChoseOnTestSamplesAreNamedInRed() {
    Matcher warnings = Pattern.compile("(?s)<p class=\"warning\">.*?</p>").matcher(html);
    assertThat(warnings.find()).isTrue();
    assertThat(warnings.group()).contains("Chosen on test samples:</strong> grid. ");
    assertThat(warnings.find()).isFalse();
    assertThat(study("grid", "with")).containsEntry("chosen_on", "test");
  }

  @Test
  void aRatioIsOfTheCostsBesideItOnLevelsThatAreNamed() {
    List<Map<String, String>> rows = table("costs.csv");
    assertThat(rows)
        .filteredOn(row -> row.get("sweep").equals("test"))
        .extracting(row -> row.get("arm") + " against " + row.get("against"))
        .containsExactly("with against without", "ablation against without");
    for (Map<String, String> other : rows) {
      if (!other.get("cost_ratio").isEmpty()) {
        assertThat(number(other, "cost_ratio"))
            .isCloseTo(
                number(other, "cost_mean") / number(other, "cost_of_that_mean"), within(1e-9));
        assertThat(other.get("levels"))
            .matches("[0-9.]+ to [0-9.]+ % error; of the epochs within: .*\\d %, .*\\d %");
      } else {
        assertThat(other.get("cost_mean")).isEmpty();
        assertThat(other.get("levels")).as("why there is no cost").contains("seed ");
      }
    }
  }

  @Test
  void thePageBeginsWithWhatEveryArmGains() {
    Map<String, String> answer =
        table("answers.csv").stream()
            .filter(row -> row.get("comparison").startsWith("test:"))
            .findFirst()
            .orElseThrow();
    double difference =
        number(study("test", "with"), "accuracy_mean")
            - number(study("test", "without"), "accuracy_mean");
    assertThat(answer.get("arms")).isEqualTo("with \u2212 without");
    assertThat(number(answer, "accuracy_difference_mean")).isCloseTo(difference, within(1e-12));
    assertThat(html.indexOf("What an arm gains")).isLessThan(html.indexOf("id=\"study\""));
    assertThat(html)
        .containsPattern(
            "with against without: accuracy (higher|lower|not told apart), [+-][0-9.]+ points")
        .contains("grid: mnist, spiking-mlp, ")
        .contains("(the best of 12 points)");
  }

  @Test
  void anIndexLeadsToTheFiguresOfEverySweep() {
    Matcher links = Pattern.compile("<li><a href=\"#(figures-\\d+)\">").matcher(html);
    int found = 0;
    while (links.find()) {
      assertThat(html).containsOnlyOnce("id=\"" + links.group(1) + "\"");
      found++;
    }
    assertThat(found).isGreaterThan(4);
  }

  @Test
  void pointsStandBestFirst() {
    List<Map<String, String>> trials =
        new ArrayList<>(SweepFixture.rows(folder.resolve("results/scattered/trials.csv")));
    trials.sort(Comparator.comparingDouble(row -> number(row, "best_error")));
    assertThat(table("study.csv"))
        .filteredOn(row -> row.get("sweep").equals("scattered"))
        .extracting(row -> row.get("varied"))
        .first(org.assertj.core.api.InstanceOfAssertFactories.STRING)
        .contains("snn.beta = " + trials.get(0).get("snn.beta"));
  }

  @Test
  void aFamilyOfTestsIsThatOfTheConfiguration() {
    List<Map<String, String>> rows = table("statistics.csv");
    // Three pairs of arms at one point; a hundred are declared.
    assertThat(rows)
        .filteredOn(row -> row.get("comparison").startsWith("test:"))
        .extracting(row -> row.get("tests_in_family"))
        .containsOnly("3");
    assertThat(rows)
        .filteredOn(row -> row.get("comparison").startsWith("grid:"))
        .extracting(row -> row.get("tests_in_family"))
        .containsOnly("100");
  }

  private static double number(Map<String, String> row, String column) {
    return Double.parseDouble(row.get(column));
  }

  private static Map<String, String> study(String sweep, String arm) {
    return table("study.csv").stream()
        .filter(row -> row.get("sweep").equals(sweep) && row.get("arm").equals(arm))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void publishedValuesSayWhyTheyAreNotComparable() {
    assertThat(html)
        .contains(
            "no: data synthetic; 6 epochs, published 100; 4 seeds, published 5; hidden layers [4],"
                + " published [500]; a share of 0.1 of the training samples validates, published 0")
        .contains("nothing published");
    assertThat(study("test", "with").get("comparable"))
        .endsWith("; snn.duration = 1.0; training.batch = 5");
    assertThat(table("costs.csv"))
        .filteredOn(row -> row.get("sweep").equals("grid") && row.get("arm").equals("with"))
        .allSatisfy(
            row -> assertThat(row.get("published")).contains("not comparable: levels pooled"));
  }

  @Test
  void tablesCanBeTakenOverIntoMarkdown() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("report/tables/study.md"));
    assertThat(lines).hasSize(2 + table("study.csv").size());
    assertThat(lines.get(0)).startsWith("| Task | Model | Arm | Seeds | Accuracy |");
    assertThat(lines.get(1)).startsWith("| --- | --- | --- | --: | --: |");
    assertThat(lines).anySatisfy(line -> assertThat(line).contains("| &lt;b>sbp&lt;/b>&amp; |"));
  }

  @Test
  void dataVersionAndFailuresAreShown() {
    assertThat(html).contains(data.fingerprint()).contains("synthetic");
    assertThat(table("trials.csv"))
        .anySatisfy(
            row ->
                assertThat(row).containsEntry("sweep", "two-seeds").containsEntry("failed", "2"));
    assertThat(table("trials-without-all-epochs.csv"))
        .hasSize(2)
        .allSatisfy(row -> assertThat(row.get("reason")).isNotBlank());
    assertThat(outcome.sweeps()).isEqualTo(7);
    assertThat(outcome.trials()).isEqualTo(16 + 48 + 20 + 12 + 2 + 2);
    assertThat(outcome.failed()).isEqualTo(2);
  }

  @Test
  void armsAreTestedInPairsAndFewSeedsGiveNoPValue() {
    List<Map<String, String>> rows = table("statistics.csv");

    assertThat(rows)
        .filteredOn(row -> row.get("comparison").startsWith("test:"))
        .filteredOn(row -> row.get("quantity").equals("accuracy"))
        .extracting(row -> row.get("arms"))
        .hasSize(3);
    assertThat(rows)
        .filteredOn(row -> row.get("comparison").startsWith("two-seeds:"))
        .allSatisfy(
            row -> {
              assertThat(row.get("t_test_p")).isEmpty();
              assertThat(row.get("note")).contains("no seed has both arms");
            });
  }

  @Test
  void armsOfDifferentDataAreLabelled() {
    assertThat(html)
        .contains("fewer against all (of different data: training.limit 0 against 20): accuracy");
    assertThat(table("statistics.csv"))
        .filteredOn(row -> row.get("comparison").startsWith("unequal:"))
        .isNotEmpty()
        .allSatisfy(
            row ->
                assertThat(row)
                    .containsEntry("note", "arms of different data: training.limit 0 against 20"));
    assertThat(table("statistics.csv"))
        .filteredOn(row -> !row.get("comparison").startsWith("unequal:"))
        .noneMatch(row -> row.get("note").contains("different data"));
  }

  @Test
  void valuesAreEscaped() {
    assertThat(html).doesNotContain("<b>sbp").contains("&lt;b&gt;sbp&lt;/b&gt;&amp;");
    assertThat(html).doesNotContain("<i>bp").contains("Raster of &lt;i&gt;bp&lt;/i&gt;");
  }

  @Test
  void picturesDecodeAndStandInThePage() throws IOException {
    Matcher pictures = Pattern.compile("src=\"data:image/png;base64,([^\"]+)\"").matcher(html);
    int found = 0;
    while (pictures.find()) {
      byte[] png = Base64.getDecoder().decode(pictures.group(1).replace("&#61;", "="));
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
      assertThat(image.getWidth()).isEqualTo(900);
      found++;
    }
    assertThat(found).isEqualTo(outcome.figures()).isGreaterThanOrEqualTo(2);
    try (Stream<Path> files = Files.list(folder.resolve("report/figures"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".png"))).hasSize(found);
    }
    assertThat(html).doesNotContain("src=\"http").doesNotContain("<script src");
  }

  @Test
  void chartsAreThereForPrintAsWell() throws Exception {
    Path figures = folder.resolve("report/figures");
    DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
    parsers.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    Element drawn =
        parsers
            .newDocumentBuilder()
            .parse(figures.resolve("fraction-curve-error.svg").toFile())
            .getDocumentElement();
    assertThat(drawn.getTagName()).isEqualTo("svg");
    assertThat(drawn.getAttribute("width")).isEqualTo("900");
    assertThat(drawn.getTextContent()).contains("snn.sbp.fraction", "without", "0.01");
    assertThat(html).contains("href=\"figures/fraction-curve-error.svg\"");
    // A raster of thousands of cells stays one of pixels, and nothing is said of another file.
    assertThat(html).doesNotContain("<a href=\"figures/\">");
    assertThat(figures.resolve("grid-map-error.svg")).doesNotExist();
    assertThat(figures.resolve("grid-map-error.png")).exists();
  }

  @Test
  void everyFigureHasItsNumbers() {
    assertThat(table("test-point-0-errors.csv"))
        .hasSize(6)
        .allSatisfy(row -> assertThat(row.get("with_error_mean")).isNotEmpty());
    Matcher figures = Pattern.compile("(?s)<figure>.*?</figure>").matcher(html);
    int found = 0;
    while (figures.find()) {
      assertThat(figures.group()).contains("<img ").contains("<td");
      found++;
    }
    assertThat(found).isEqualTo(outcome.figures());
  }

  @Test
  void mapOfTwoKeysHasTheMeansOverTheSeedsAndTheOtherKeys() {
    List<Map<String, String>> map = table("grid-map-error.csv");

    assertThat(map).hasSize(2 * 3 * 2);
    assertThat(map.get(0)).containsKeys("spiking-mlp.learning-rate", "spiking-mlp.steps");
    for (Map<String, String> cell : map) {
      double mean =
          SweepFixture.rows(folder.resolve("results/grid/trials.csv")).stream()
              .filter(row -> row.get("arm").equals(cell.get("arm")))
              .filter(row -> same(row, cell, "spiking-mlp.learning-rate"))
              .filter(row -> same(row, cell, "spiking-mlp.steps"))
              .mapToDouble(row -> 100 * Double.parseDouble(row.get("last_test_error")))
              .average()
              .orElseThrow();
      assertThat(Double.parseDouble(cell.get("error"))).isCloseTo(mean, within(1e-9));
    }
    assertThat(html)
        .contains("over the other keys that vary: training.batch")
        .doesNotContain("test-map-error");
  }

  @Test
  void oneKeyIsDrawnAsACurveOfMeansOverTheSeeds() {
    List<Map<String, String>> curve = table("fraction-curve-error.csv");
    assertThat(curve).hasSize(6);
    assertThat(curve.subList(3, 6))
        .extracting(row -> row.get("arm") + " " + row.get("snn.sbp.fraction"))
        .containsExactly("with 0.01", "with 0.4", "with 1");
    double mean =
        SweepFixture.rows(folder.resolve("results/fraction/trials.csv")).stream()
            .filter(row -> row.get("arm").equals("with"))
            .filter(row -> row.get("snn.sbp.fraction").equals("0.4"))
            .mapToDouble(row -> 100 * Double.parseDouble(row.get("last_test_error")))
            .average()
            .orElseThrow();
    assertThat(Double.parseDouble(curve.get(4).get("error_mean"))).isCloseTo(mean, within(1e-9));
    assertThat(curve.get(4)).containsEntry("seeds", "2");
    // The key does not apply without self-backpropagation.
    assertThat(curve.subList(0, 3))
        .extracting(row -> row.get("arm") + row.get("error_mean"))
        .containsOnly("without" + curve.get(0).get("error_mean"));
    assertThat(table("depth-curve-error.csv"))
        .extracting(row -> row.get("network.hidden"))
        .containsExactly("[4]", "[4,3]");
    assertThat(html)
        .contains("fraction: snn.sbp.fraction")
        .contains("Test error after the last epoch by network.hidden");
  }

  @Test
  void pointsThatAreNoGridAreShownOneByOne() {
    List<Map<String, String>> map = table("scattered-map-error.csv");
    List<Map<String, String>> trials =
        SweepFixture.rows(folder.resolve("results/scattered/trials.csv"));

    assertThat(map).hasSize(20);
    for (int point = 0; point < 20; point++) {
      assertThat(same(map.get(point), trials.get(point), "snn.beta")).isTrue();
      assertThat(same(map.get(point), trials.get(point), "snn.epsilon")).isTrue();
      assertThat(Double.parseDouble(map.get(point).get("error")))
          .isCloseTo(
              100 * Double.parseDouble(trials.get(point).get("last_test_error")), within(1e-9));
    }
  }

  private static boolean same(Map<String, String> row, Map<String, String> cell, String key) {
    return Double.parseDouble(row.get(key)) == Double.parseDouble(cell.get(key));
  }

  @Test
  void pointsOfManyKeysAreLinesOverAnAxisEach() {
    assertThat(html)
        .contains("grid: all points by 3 keys")
        .doesNotContain("scattered: all points by");
    List<Map<String, String>> lines = table("grid-parallel.csv");
    assertThat(lines).hasSize(2 * 12);
    List<Map<String, String>> trials = SweepFixture.rows(folder.resolve("results/grid/trials.csv"));
    Map<String, String> line = lines.get(17);
    List<Map<String, String>> ofLine =
        trials.stream()
            .filter(row -> row.get("point").equals(line.get("point")))
            .filter(row -> row.get("arm").equals(line.get("arm")))
            .toList();
    assertThat(ofLine).hasSize(2);
    for (String key : List.of("training.batch", "spiking-mlp.learning-rate", "spiking-mlp.steps")) {
      assertThat(Double.parseDouble(line.get(key)))
          .isEqualTo(Double.parseDouble(ofLine.get(0).get(key)));
    }
    assertThat(Double.parseDouble(line.get("error")))
        .isCloseTo(
            ofLine.stream()
                .mapToDouble(row -> 100 * Double.parseDouble(row.get("last_test_error")))
                .average()
                .orElseThrow(),
            within(1e-9));
  }

  @Test
  void keysOfManyPointsAreWeighed() {
    assertThat(html)
        .contains("scattered: importance of keys")
        .contains("which all of 20 points have reached")
        .doesNotContain("grid: importance of keys");
  }

  @Test
  void networksOfTheFirstSeedsTrialsAreDrawnWithTheirNumbers() throws IOException {
    String trial = SweepFixture.rows(folder.resolve("results/grid/trials.csv")).get(0).get("trial");
    TrialSnapshots snapshots =
        TrialSnapshots.of(Files.readString(folder.resolve("results/snapshots/" + trial + ".json")));

    List<Map<String, String>> raster = table("grid-point-0-arm-1-raster.csv");
    List<Map<String, String>> first = table("grid-point-0-arm-0-raster.csv");
    assertThat(first.size() + raster.size()).isPositive();
    assertThat(SweepFixture.rows(folder.resolve("results/grid/trials.csv")).get(0))
        .containsEntry("seed", "2");
    // Arms are in the report's order: "with" before those of other names.
    long spikes =
        List.of(snapshots.first(), snapshots.last()).stream()
            .flatMap(snapshot -> snapshot.rasters().stream())
            .mapToLong(one -> one.step().length)
            .sum();
    assertThat(raster).hasSize((int) spikes);
    long right =
        table("grid-point-0-arm-1-confusion.csv").stream()
            .filter(row -> row.get("true_class").equals(row.get("answered")))
            .mapToLong(row -> Long.parseLong(row.get("samples")))
            .sum();
    assertThat(right)
        .isEqualTo(
            snapshots.confusion().counts()[0][0]
                + snapshots.confusion().counts()[1][1]
                + snapshots.confusion().counts()[2][2]);
    assertThat(table("grid-point-0-weights-weights-0.csv"))
        .hasSize(2 * 2 * 40)
        .filteredOn(row -> row.get("epoch").equals("2") && row.get("arm").equals("with"))
        .extracting(row -> Long.parseLong(row.get("values")))
        .satisfies(counts -> assertThat(counts.stream().mapToLong(n -> n).sum()).isEqualTo(48));
    assertThat(html).contains("no raster, no neuron behind the input fires");
  }

  @Test
  void damagedSnapshotsAreNamedAndAMissingOneIsNoError() throws IOException {
    Path results = folder.resolve("damaged");
    try (Stream<Path> files = Files.walk(folder.resolve("results"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, results.resolve(folder.resolve("results").relativize(file)));
      }
    }
    try (Stream<Path> snapshots = Files.list(results.resolve("snapshots"))) {
      for (Path file : (Iterable<Path>) snapshots::iterator) {
        Files.writeString(file, "{\"trial\":");
      }
    }
    assertThatThrownBy(() -> report(results, folder.resolve("unused")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("it holds no snapshots; delete it");

    try (Stream<Path> snapshots = Files.list(results.resolve("snapshots"))) {
      for (Path file : (Iterable<Path>) snapshots::iterator) {
        Files.delete(file);
      }
    }
    assertThat(report(results, folder.resolve("without")).figures())
        .isPositive()
        .isLessThan(outcome.figures());
  }

  @Test
  void sameResultsGiveTheSameBytes() throws IOException {
    report(folder.resolve("results"), folder.resolve("again"));

    assertThat(Files.readString(folder.resolve("again/report.html"))).isEqualTo(html);
  }

  @Test
  void someSweepsAloneAreReportedOnAndOneThatIsNotThereIsNamed() throws IOException {
    ReportJob.Outcome some =
        report(folder.resolve("results"), folder.resolve("some"), Set.of("unequal", "two-seeds"));

    assertThat(some.sweeps()).isEqualTo(2);
    assertThat(SweepFixture.rows(folder.resolve("some/tables/data.csv")))
        .extracting(row -> row.get("sweep"))
        .containsExactly("two-seeds", "unequal");
    assertThatThrownBy(
            () -> report(folder.resolve("results"), folder.resolve("none"), Set.of("test", "tset")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no tables of the sweep tset");
  }

  @Test
  void folderWithoutSweepsIsNamed() {
    assertThatThrownBy(() -> report(folder.resolve("nothing"), folder.resolve("unused")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("nothing: it holds no sweep");
  }
}
