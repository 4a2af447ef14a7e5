package org.sparksbp.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.sweep.SweepFixture;

/** Opens the page, which has no scripts that could fail, in a real browser where there is one. */
class ReportInBrowserTest {

  /** Shows the page in a frame of some width and writes down what a reader there would meet. */
  private static final String FRAME =
      """
      <!DOCTYPE html><body style="margin:0">
      <iframe id="f" src="report.html" style="border:0;width:%dpx;height:800px"></iframe>
      <pre id="r">not loaded</pre>
      <script>
      const frame = document.getElementById('f');
      window.addEventListener('load', () => {
        const page = frame.contentDocument, root = page.documentElement;
        const images = [...page.images];
        const sorted = page.querySelector('#study ~ .scroll table');
        const column = [...sorted.tHead.rows[0].cells].findIndex(c => c.textContent === 'Accuracy');
        const values = () => [...sorted.tBodies[0].rows].map(r => Number(r.cells[column].dataset.value)).join();
        sorted.tHead.rows[0].cells[column].querySelector('[role=button]').click();
        const up = values();
        sorted.tHead.rows[0].cells[column].querySelector('[role=button]').click();
        const down = values();
        document.getElementById('r').textContent = 'width=' + root.clientWidth
            + ' content=' + root.scrollWidth + ' images=' + images.length
            + ' loaded=' + images.filter(i => i.complete && i.naturalWidth > 0).length
            + ' tables=' + page.querySelectorAll('table').length
            + ' details=' + page.querySelectorAll('figure > details table').length
            + ' distorted=' + images.filter(i => Math.abs(i.width / i.height
                - i.naturalWidth / i.naturalHeight) > 0.02).length + ' up=' + up + ' down=' + down + '.';
      });
      </script>
      """;

  @TempDir static Path folder;
  private static int figures;

  @BeforeAll
  static void report() throws IOException {
    boolean there =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "chromium")));
    assumeThat(there).as("chromium is on the PATH").isTrue();
    try (JavaSparkContext spark = SweepFixture.spark()) {
      SweepFixture.run(
          spark,
          SweepFixture.data(folder.resolve("shards"), 30, 12),
          folder.resolve("results"),
          "training.epochs = 5",
          "sweep.space { snn.beta = [0.2, 0.4], training.batch = [5, 10] }",
          "sweep.arms { with { rule = sbp }, without { rule = symmetric-stdp } }",
          "sweep.seeds = [1, 2, 3]");
    }
    figures =
        new ReportJob(new Configuration(), Set.of())
            .write(
                new org.apache.hadoop.fs.Path(folder.resolve("results").toUri()),
                new org.apache.hadoop.fs.Path(folder.toUri()))
            .figures();
  }

  @Test
  void laptopShowsAllPicturesWithoutScrollingSideways() throws Exception {
    look(1280);
  }

  @Test
  void phoneShowsAllPicturesWithoutScrollingSideways() throws Exception {
    look(390);
  }

  @Test
  void printHasTheTablesWholeOnItsPages() throws Exception {
    Path print = folder.resolve("report.pdf");
    chromium(
        "--no-pdf-header-footer",
        "--print-to-pdf=" + print,
        folder.resolve("report.html").toUri().toString());

    try (PDDocument pages = Loader.loadPDF(print.toFile())) {
      assertThat(pages.getNumberOfPages()).isGreaterThan(3);
      // A sheet on its side has room for the widest table.
      PDRectangle first = pages.getPage(0).getMediaBox();
      assertThat(first.getWidth()).as("landscape").isGreaterThan(first.getHeight());
      String text = new PDFTextStripper().getText(pages).replaceAll("\\s+", "");
      for (String table : List.of("study", "statistics", "spent", "data")) {
        for (Map<String, String> row :
            SweepFixture.rows(folder.resolve("tables/" + table + ".csv"))) {
          // Wide cells are broken into lines, so each is looked for without its spaces.
          for (String column :
              List.of("sweep", "comparison", "varied", "fingerprint", "commands")) {
            assertThat(text).contains(row.getOrDefault(column, "").replaceAll("\\s+", ""));
          }
        }
      }
    }
  }

  private static void look(int width) throws Exception {
    Path frame = folder.resolve("frame-" + width + ".html");
    Files.writeString(frame, String.format(Locale.ROOT, FRAME, width));
    Path picture = folder.resolve("page-" + width + ".png");
    String dom = chromium("--allow-file-access-from-files", "--dump-dom", frame.toUri().toString());
    chromium(
        "--window-size=1280,2000",
        "--allow-file-access-from-files",
        "--screenshot=" + picture,
        frame.toUri().toString());

    Matcher seen =
        Pattern.compile(
                "width=(\\d+) content=(\\d+) images=(\\d+) loaded=(\\d+) tables=(\\d+)"
                    + " details=(\\d+) distorted=(\\d+) up=([\\d.,]+) down=([\\d.,]+)\\.")
            .matcher(dom);
    assertThat(seen.find()).as(dom).isTrue();
    assertThat(Integer.parseInt(seen.group(1))).isBetween(width - 20, width);
    assertThat(Integer.parseInt(seen.group(2)))
        .isLessThanOrEqualTo(Integer.parseInt(seen.group(1)));
    assertThat(Integer.parseInt(seen.group(6))).as("numbers of each figure").isEqualTo(figures);
    assertThat(Integer.parseInt(seen.group(7))).as("pictures in other proportions").isZero();
    assertThat(Integer.parseInt(seen.group(3))).isEqualTo(figures).isPositive();
    assertThat(Integer.parseInt(seen.group(4))).isEqualTo(figures);
    assertThat(Integer.parseInt(seen.group(5))).isGreaterThanOrEqualTo(figures + 5);
    assertThat(numbers(seen.group(8))).hasSize(8).isSorted();
    assertThat(numbers(seen.group(9))).isSortedAccordingTo(Comparator.reverseOrder());
    BufferedImage shown = ImageIO.read(picture.toFile());
    assertThat(colours(shown)).isGreaterThan(20);
  }

  private static List<Double> numbers(String text) {
    return Stream.of(text.split(",")).map(Double::valueOf).toList();
  }

  private static long colours(BufferedImage image) {
    return IntStream.range(0, image.getHeight())
        .flatMap(y -> IntStream.range(0, image.getWidth()).map(x -> image.getRGB(x, y)))
        .distinct()
        .count();
  }

  private static String chromium(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--user-data-dir=" + folder.resolve("browser"),
                "--virtual-time-budget=20000"));
    command.addAll(List.of(arguments));
    Path said = Files.createTempFile(folder, "browser", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(said.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    boolean ended = process.waitFor(2, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended).as("the browser ends by itself").isTrue();
    return Files.readString(said);
  }
}
