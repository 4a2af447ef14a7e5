package org.sparksbp.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparksbp.spike.Sample;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.CollectingSink;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.Split;

/** Tables of images as people save them, against the same images in IDX files. */
class ImageTablesTest {

  private static final MnistTask TASK = new MnistTask();
  private static final int[] TRAIN = {7, 0, 9};
  private static final int[] TEST = {1, 2};

  @TempDir java.nio.file.Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pixel0",
        "pixel1",
        "1x1",
        "none",
        "semicolons",
        "quotes",
        "floats",
        "shuffled",
        "row numbers"
      })
  void aTableGivesTheSamplesOfTheIdxFiles(String form) throws IOException {
    write("mnist_train.csv", table(form, TRAIN));
    write("mnist_test.csv", table(form, TEST));
    assertSameAsIdx(readAll(TASK.defaults()));
  }

  @Test
  void byteOrderMarkCarriageReturnsBlankLinesGzipAndUpperCaseAreNothing() throws IOException {
    write("TRAIN.CSV", "\ufeff" + table("pixel0", TRAIN).replace("\n", "\r\n") + "\r\n \r\n");
    java.nio.file.Path gz = folder.resolve("test.csv");
    try (var out = new java.util.zip.GZIPOutputStream(Files.newOutputStream(gz))) {
      out.write(("\n" + table("none", TEST).strip()).getBytes(StandardCharsets.UTF_8));
    }
    assertSameAsIdx(readAll(TASK.defaults()));
  }

  @Test
  void rowsThatCannotBeUsedAreCountedWithTheirLines() throws IOException {
    String good = RawImages.row(0, 3);
    write(
        "train.csv",
        String.join(
            "\n",
            RawImages.header(0),
            good,
            "",
            good + ",1",
            good.substring(0, good.lastIndexOf(',')),
            good.replaceFirst("^3,0,1,", "3,0,256,"),
            good.replaceFirst("^3,0,1,", "3,0,-1,"),
            good.replaceFirst("^3,0,1,", "3,0,NaN,"),
            good.replaceFirst("^3,0,1,", "3,0,1.5.,"),
            good.replaceFirst("^3,0,1,", "3,0," + "1".repeat(50_000) + "x,"),
            good.replaceFirst("^3,", "10,"),
            good.replaceFirst("^3,", "x,"),
            good.replaceFirst("^3,", "\"3,"),
            "3," + "0".repeat(70_000),
            good));
    write("test.csv", table("pixel0", TEST));

    CollectingSink read = readAll(TASK.defaults());

    assertThat(read.of(Split.TRAIN))
        .extracting(Sample::id)
        .containsExactly("mnist/train/00000", "mnist/train/00012");
    assertThat(read.counts)
        .containsEntry("train.csv images", 13L)
        .containsEntry("train.csv lost images", 11L);
    assertThat(read.badRecords)
        .containsExactly(
            "train.csv, line 4: image 1 has 786 columns, must be 785",
            "train.csv, line 5: image 2 has 784 columns, must be 785",
            "train.csv, line 6: pixel '256' of image 3 in column 3, must be a whole number from 0"
                + " to 255",
            "train.csv, line 7: pixel '-1' of image 4 in column 3, must be a whole number from 0"
                + " to 255",
            "train.csv, line 8: pixel 'NaN' of image 5 in column 3, must be a whole number from 0"
                + " to 255",
            "train.csv, line 9: pixel '1.5.' of image 6 in column 3, must be a whole number from 0"
                + " to 255",
            "train.csv, line 10: pixel '11111111111111111111...' of image 7 in column 3, must be a"
                + " whole number from 0 to 255",
            "train.csv, line 11: label 10 of image 8, must be from 0 to 9",
            "train.csv, line 12: label 'x' of image 9, must be a whole number",
            "train.csv, line 13: image 10 has broken quotes",
            "train.csv, line 14: image 11 has more than 65536 bytes in its line");
  }

  @Test
  void aTestTableWithoutLabelsIsRefusedAndNotNeededWhereSomeOfTheTrainingOnesAreHeldOut()
      throws IOException {
    write("train.csv", table("pixel0", IntStream.range(0, 21).map(i -> i % 10).toArray()));
    write("test.csv", table("pixel0", TEST).replaceAll("(?m)^[^,]*,", ""));
    assertThatThrownBy(() -> readAll(TASK.defaults()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("test.csv: it has no labels")
        .hasMessageContaining("--split held-out");

    CollectingSink read = readAll(PrepareSettings.of("regular", 20, "held-out").build());

    assertThat(read.of(Split.TRAIN)).hasSize(18);
    assertThat(read.of(Split.TEST))
        .extracting(Sample::id)
        .containsExactly("mnist/test/00006", "mnist/test/00013", "mnist/test/00020");
    assertThat(read.of(Split.TEST)).extracting(Sample::label).containsExactly(6, 3, 0);
  }

  @Test
  void aHeadlessTableOfPixelsAloneIsNoTableOfLabels() throws IOException {
    write("train.csv", table("none", TRAIN));
    write("test.csv", table("none", TEST).replaceAll("(?m)^[^,]*,", ""));
    assertThatThrownBy(() -> readAll(TASK.defaults())).hasMessageContaining("it has no labels");
  }

  @Test
  void sharesFromZeroToOneAreRefusedAndNotTakenForDarkImages() throws IOException {
    write("train.csv", RawImages.header(0) + "\n3" + ",0,0.498,1.0,0".repeat(196) + "\n");
    write("test.csv", table("pixel0", TEST));
    assertThatThrownBy(() -> readAll(TASK.defaults()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("train.csv: its first pixels are shares from 0 to 1")
        .hasMessageContaining("multiply them by 255");
    write("train.csv", RawImages.header(0) + "\n3" + ",0,0,1,0".repeat(196) + "\n");
    assertThatThrownBy(() -> readAll(TASK.defaults())).hasMessageContaining("shares from 0 to 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'label,pixel0,pixel1'|its header must name a column 'label' and",
        "'label,a,b'|it has a, b",
        "'7,0,0'|3 columns in its first line, must be 785",
        "'\0\0\u0008\u0003abcd'|it is an IDX file",
        "'PK\u0003\u0004abcd'|it is a zip archive: unpack it",
        "''|it has no line"
      })
  void whatIsNoSuchTableIsNamedByItsContent(String content, String said) throws IOException {
    Files.write(
        folder.resolve("train.csv"),
        content
            .replace("\\0", "\0")
            .replace("\\u0008", "\b")
            .replace("\\u0003", "\u0003")
            .replace("\\u0004", "\u0004")
            .getBytes(StandardCharsets.ISO_8859_1));
    write("test.csv", table("pixel0", TEST));
    assertThatThrownBy(() -> readAll(TASK.defaults()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("train.csv")
        .hasMessageContaining(said);
  }

  @Test
  void utf16IsNamed() throws IOException {
    Files.write(
        folder.resolve("train.csv"),
        ("\ufeff" + table("pixel0", TRAIN)).getBytes(StandardCharsets.UTF_16LE));
    write("test.csv", table("pixel0", TEST));
    assertThatThrownBy(() -> readAll(TASK.defaults()))
        .hasMessageContaining("it is a text in UTF-16: save it as UTF-8");
  }

  @Test
  void aTableUnderTheNameOfAnIdxFileIsNamed() throws IOException {
    RawImages.idx(folder, "train", TRAIN);
    RawImages.idx(folder, "t10k", TEST);
    write("train-images-idx3-ubyte", table("pixel0", TRAIN));
    assertThatThrownBy(() -> readAll(TASK.defaults()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("must be 2051 for images; it is a text");
  }

  @Test
  void idxFilesGoBeforeTablesAndTablesBeforeHalfOfTheIdxFiles() throws IOException {
    write("train.csv", table("pixel0", 5, 5));
    write("test.csv", table("pixel0", 5));
    RawImages.idx(folder, "train", TRAIN);
    assertThat(readAll(TASK.defaults()).of(Split.TRAIN))
        .extracting(Sample::label)
        .containsExactly(5, 5);
    RawImages.idx(folder, "t10k", TEST);
    assertThat(readAll(TASK.defaults()).of(Split.TRAIN))
        .extracting(Sample::label)
        .containsExactly(7, 0, 9);
  }

  @Test
  void twoTablesThatCouldBothBeMeantAreNamed() throws IOException {
    write("train.csv", table("pixel0", TRAIN));
    write("mnist_train.csv", table("pixel0", TRAIN));
    write("test.csv", table("pixel0", TEST));
    assertThatThrownBy(() -> readAll(TASK.defaults()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("mnist_train.csv and train.csv could both be meant");
  }

  @Test
  void aTableOfAnotherSetIsNotTaken() throws IOException {
    write("fashion-mnist_train.csv", table("pixel1", TRAIN));
    write("fashion-mnist_test.csv", table("pixel1", TEST));
    assertThatThrownBy(() -> readAll(TASK.defaults()))
        .hasMessageContaining("Cannot find mnist data in")
        .hasMessageContaining("fashion-mnist_train.csv");
    FashionMnistTask fashion = new FashionMnistTask();
    CollectingSink read =
        CollectingSink.readAll(fashion, new Path(folder.toUri()), fashion.defaults());
    assertThat(read.of(Split.TRAIN)).extracting(Sample::id).startsWith("fashion-mnist/train/00000");
  }

  @Test
  void theLimitHoldsForTablesAndForWhatIsHeldOut() throws IOException {
    write("train.csv", table("none", new int[30]));
    write("test.csv", table("none", new int[10]));
    CollectingSink official = readAll(TASK.defaults().toBuilder().limit(4).build());
    assertThat(official.of(Split.TRAIN)).hasSize(4);
    assertThat(official.of(Split.TEST)).hasSize(4);
    CollectingSink heldOut =
        readAll(TASK.defaults().toBuilder().split("held-out").limit(3).build());
    // What of a slice is beyond the limit is left to those that gather slices.
    assertThat(heldOut.of(Split.TEST)).hasSize(3);
    assertThat(heldOut.of(Split.TRAIN)).hasSize(18);
  }

  private void assertSameAsIdx(CollectingSink tables) throws IOException {
    java.nio.file.Path idx = folder.resolve("idx");
    RawImages.idx(idx, "train", TRAIN);
    RawImages.idx(idx, "t10k", TEST);
    CollectingSink plain = CollectingSink.readAll(TASK, new Path(idx.toUri()), TASK.defaults());
    assertThat(tables.badRecords).isEmpty();
    for (Split split : Split.values()) {
      assertThat(plain.of(split)).hasSizeGreaterThan(1);
      assertThat(tables.of(split)).usingRecursiveComparison().isEqualTo(plain.of(split));
    }
  }

  /** A table of images 0, 1, ... with these labels, in one of the forms. */
  private static String table(String form, int... labels) {
    List<String> lines = new ArrayList<>();
    switch (form) {
      case "none", "semicolons", "floats" -> {}
      case "1x1" ->
          lines.add(
              IntStream.range(0, 784)
                  .mapToObj(i -> (i / 28 + 1) + "x" + (i % 28 + 1))
                  .collect(Collectors.joining(",", "label,", "")));
      case "pixel1" -> lines.add(RawImages.header(1));
      default -> lines.add(RawImages.header(0));
    }
    for (int image = 0; image < labels.length; image++) {
      lines.add(RawImages.row(image, labels[image]));
    }
    return lines.stream()
        .map(line -> shaped(form, line, lines.indexOf(line)))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String shaped(String form, String line, int number) {
    return switch (form) {
      case "semicolons" -> line.replace(',', ';');
      case "quotes" -> '"' + line.replace(",", "\",\"") + '"';
      case "floats" -> line.replace(",", ".0, ") + ".00";
      case "row numbers" -> (number == 0 ? "" : number - 1) + "," + line;
      case "shuffled" -> {
        List<String> cells = new ArrayList<>(List.of(line.split(",", -1)));
        Collections.shuffle(cells, new Random(5));
        yield String.join(",", cells);
      }
      default -> line;
    };
  }

  private CollectingSink readAll(PrepareSettings settings) throws IOException {
    return CollectingSink.readAll(TASK, new Path(folder.toUri()), settings);
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
  }
}
