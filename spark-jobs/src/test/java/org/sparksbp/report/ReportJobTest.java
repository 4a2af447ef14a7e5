package org.sparksbp.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.sweep.SweepData;
import org.sparksbp.sweep.SweepFixture;
import org.sparksbp.task.InvalidInputException;

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
    }
    outcome = report(folder.resolve("results"), folder.resolve("report"));
    html = Files.readString(folder.resolve("report/report.html"));
  }

  private static ReportJob.Outcome report(Path results, Path output) throws IOException {
    return new ReportJob(new Configuration())
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
    assertThat(row).containsEntry("seeds", "4").containsEntry("published_ratio", "0.46");
    assertThat(html).contains(String.format(Locale.ROOT, "%.2f ±", 100 * mean));
    assertThat(html).contains("95.14 ± 0.12 %");
  }

  @Test
  void publishedValuesSayWhyTheyAreNotComparable() {
    assertThat(html)
        .contains(
            "no: data synthetic; 6 epochs, published 100; 4 seeds, published 5; hidden layers [4],"
                + " published [500]")
        .contains("nothing published");
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
    assertThat(outcome.sweeps()).isEqualTo(2);
    assertThat(outcome.trials()).isEqualTo(16);
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
  void valuesAreEscaped() {
    assertThat(html).doesNotContain("<b>sbp").contains("&lt;b&gt;sbp&lt;/b&gt;&amp;");
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
    assertThat(html).doesNotContain("src=\"http").doesNotContain("<script");
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
  void sameResultsGiveTheSameBytes() throws IOException {
    report(folder.resolve("results"), folder.resolve("again"));

    assertThat(Files.readString(folder.resolve("again/report.html"))).isEqualTo(html);
  }

  @Test
  void folderWithoutSweepsIsNamed() {
    assertThatThrownBy(() -> report(folder.resolve("nothing"), folder.resolve("unused")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("nothing: it holds no sweep");
  }
}
