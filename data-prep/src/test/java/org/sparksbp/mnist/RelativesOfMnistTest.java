package org.sparksbp.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparksbp.dataset.Tasks;
import org.sparksbp.spike.Sample;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.CollectingSink;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.RealData;
import org.sparksbp.task.Split;
import org.sparksbp.task.Task;

/** Sets in MNIST's form, by the names, labels and pixels of their own. */
class RelativesOfMnistTest {

  private static final Configuration HADOOP = new Configuration();
  private static final String SPLIT = "emnistSplit";
  private static final EmnistTask EMNIST = new EmnistTask();
  private static final ImagesTask IMAGES = new ImagesTask();

  @TempDir java.nio.file.Path folder;

  @ParameterizedTest
  @CsvSource({
    "fashion-mnist, FashionMNIST/raw, train, t10k, Trouser",
    "kmnist, KMNIST/raw, train, t10k, ki",
    "qmnist, QMNIST/raw, qmnist-train, qmnist-test, 1",
    "mnist, MNIST/raw, train, t10k, 1",
    "mnist, raw, train, t10k, 1",
    "mnist, ., train, t10k, 1",
    "fashion-mnist, fashion-mnist, train, t10k, Trouser"
  })
  void aSetIsFoundInTheFoldersThatPeopleHave(
      String name, String place, String train, String test, String second) throws IOException {
    RawImages.idx(folder.resolve(place), train, 4, 1);
    RawImages.idx(folder.resolve(place), test, 1);
    Task task = Tasks.named(name);

    CollectingSink read = CollectingSink.readAll(task, input(), task.defaults());

    assertThat(read.of(Split.TRAIN))
        .extracting(Sample::id)
        .containsExactly(name + "/train/00000", name + "/train/00001");
    assertThat(read.of(Split.TEST)).extracting(Sample::label).containsExactly(1);
    assertThat(task.outputNames(task.defaults())).hasSize(10).element(1).isEqualTo(second);
    assertUpright(read.of(Split.TRAIN));
  }

  @Test
  void filesInFoldersOfTheirOwnNamesAreFound() throws IOException {
    for (String prefix : List.of("train", "t10k")) {
      java.nio.file.Path elsewhere = folder.resolve("elsewhere");
      RawImages.idx(elsewhere, prefix, 1, 2);
      for (String kind : List.of("-images-idx3-ubyte", "-labels-idx1-ubyte")) {
        java.nio.file.Path own = Files.createDirectory(folder.resolve(prefix + kind));
        Files.move(elsewhere.resolve(prefix + kind), own.resolve(prefix + kind));
      }
    }
    Task task = new MnistTask();
    assertThat(CollectingSink.readAll(task, input(), task.defaults()).of(Split.TEST)).hasSize(2);
  }

  @Test
  void emnistStandsUprightAndItsLettersCountFromOne() throws IOException {
    RawImages.transposedIdx(folder, "emnist-letters-train", 1, 26, 2);
    RawImages.transposedIdx(folder, "emnist-letters-test", 3);

    CollectingSink read = CollectingSink.readAll(EMNIST, input(), EMNIST.defaults());

    assertThat(read.of(Split.TRAIN)).extracting(Sample::label).containsExactly(0, 25, 1);
    assertThat(read.of(Split.TRAIN).get(1).target()).hasSize(26);
    assertUpright(read.of(Split.TRAIN));
    PrepareSettings completed = EMNIST.completed(HADOOP, input(), EMNIST.defaults());
    assertThat(completed.options()).containsEntry(SPLIT, "letters");
    assertThat(EMNIST.outputNames(completed)).hasSize(26).startsWith("A", "B").endsWith("Z");
  }

  @Test
  void emnistTablesStandUprightToo() throws IOException {
    java.nio.file.Path idx = folder.resolve("idx");
    RawImages.transposedIdx(idx, "emnist-balanced-train", 46, 0);
    byte[] images = Files.readAllBytes(idx.resolve("emnist-balanced-train-images-idx3-ubyte"));
    StringBuilder table = new StringBuilder();
    for (int image = 0; image < 2; image++) {
      table.append(image == 0 ? 46 : 0);
      for (int place = 0; place < 784; place++) {
        table.append(',').append(images[16 + 784 * image + place] & 0xff);
      }
      table.append('\n');
    }
    java.nio.file.Path tables = Files.createDirectory(folder.resolve("tables"));
    Files.writeString(tables.resolve("emnist-balanced-train.csv"), table);
    Files.writeString(tables.resolve("emnist-balanced-test.csv"), table);

    CollectingSink read =
        CollectingSink.readAll(EMNIST, new Path(tables.toUri()), EMNIST.defaults());

    assertThat(read.of(Split.TRAIN)).extracting(Sample::label).containsExactly(46, 0);
    assertUpright(read.of(Split.TRAIN));
  }

  @ParameterizedTest
  @CsvSource({
    "byclass, 62, 0, z",
    "bymerge, 47, 0, t",
    "balanced, 47, 0, t",
    "letters, 26, 1, Z",
    "digits, 10, 0, 9",
    "mnist, 10, 0, 9"
  })
  void eachSetOfEmnistHasItsClasses(String set, int classes, int first, String last)
      throws IOException {
    int[] labels = IntStream.range(first, first + classes).toArray();
    RawImages.transposedIdx(folder.resolve("gzip"), "emnist-" + set + "-train", labels);
    RawImages.transposedIdx(
        folder.resolve("gzip"), "emnist-" + set + "-test", first + classes, first);
    PrepareSettings settings = EMNIST.defaults().toBuilder().option(SPLIT, set).build();

    CollectingSink read = CollectingSink.readAll(EMNIST, input(), settings);

    assertThat(read.of(Split.TRAIN))
        .extracting(Sample::label)
        .doesNotHaveDuplicates()
        .hasSize(classes);
    assertThat(EMNIST.outputNames(settings))
        .hasSize(classes)
        .doesNotHaveDuplicates()
        .endsWith(last);
    int beyond = first + classes;
    assertThat(read.badRecords)
        .containsExactly(
            "emnist-"
                + set
                + "-test-labels-idx1-ubyte, byte 8: label "
                + beyond
                + " of image 0, must be from "
                + first
                + " to "
                + (beyond - 1));
  }

  @Test
  void severalSetsOfEmnistAreToldAndNoneToo() throws IOException {
    RawImages.idx(folder, "emnist-letters-train", 1);
    RawImages.idx(folder, "emnist-digits-train", 1);
    assertThatThrownBy(() -> EMNIST.completed(HADOOP, input(), EMNIST.defaults()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "several sets of emnist, letters, digits; choose one by --emnist-split");
    java.nio.file.Path other = folder.resolve("other");
    RawImages.idx(other, "train", 1);
    assertThatThrownBy(() -> EMNIST.completed(HADOOP, new Path(other.toUri()), EMNIST.defaults()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("looked for emnist-SET-train-images-idx3-ubyte")
        .hasMessageContaining("train-labels-idx1-ubyte");
  }

  @Test
  void aMappingOfOtherCharactersIsNamed() throws IOException {
    RawImages.idx(folder, "emnist-letters-train", 1);
    RawImages.idx(folder, "emnist-letters-test", 1);
    java.nio.file.Path mapping = folder.resolve("emnist-letters-mapping.txt");
    Files.writeString(mapping, "1 65 97\n2 66 98\n");
    assertThat(CollectingSink.readAll(EMNIST, input(), EMNIST.defaults()).badRecords).isEmpty();
    Files.writeString(mapping, "1 65 97\n2 67 99\n");
    assertThatThrownBy(() -> CollectingSink.readAll(EMNIST, input(), EMNIST.defaults()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("emnist-letters-mapping.txt, line 2: '2 67 99' is not what a label");
  }

  @Test
  void theFirstNumberOfAnExtendedLabelIsTheClass() throws IOException {
    for (String prefix : List.of("qmnist-train", "qmnist-test")) {
      RawImages.idx(folder, prefix, 0, 0, 0);
      Files.delete(folder.resolve(prefix + "-labels-idx1-ubyte"));
      RawImages.extendedLabels(folder.resolve(prefix + "-labels-idx2-int.gz"), 8, 5, 0, -1);
    }
    Task task = new QmnistTask();

    CollectingSink read = CollectingSink.readAll(task, input(), task.defaults());

    assertThat(read.of(Split.TRAIN)).extracting(Sample::label).containsExactly(5, 0);
    assertThat(read.badRecords)
        .contains(
            "qmnist-train-labels-idx2-int.gz, byte 76: label -1 of image 2, must be from 0 to 9");
    RawImages.extendedLabels(folder.resolve("qmnist-test-labels-idx2-int.gz"), 1 << 20);
    assertThatThrownBy(() -> CollectingSink.readAll(task, input(), task.defaults()))
        .hasMessageContaining("labels of 1048576 numbers at byte 8, must be from 1 to 64");
  }

  @Test
  void theClassesOfOtherImagesAreThoseOfTheirLabels() throws IOException {
    RawImages.idx(folder, "signs-train", 3, 0);
    RawImages.idx(folder, "signs-test", 17);
    PrepareSettings completed = IMAGES.completed(HADOOP, input(), IMAGES.defaults());
    assertThat(IMAGES.outputNames(completed)).hasSize(18).endsWith("17");
    CollectingSink read = CollectingSink.readAll(IMAGES, input(), IMAGES.defaults());
    assertThat(read.of(Split.TEST).get(0).target()).hasSize(18);
    assertThat(read.of(Split.TRAIN)).extracting(Sample::id).startsWith("images/train/00000");

    CollectingSink few =
        CollectingSink.readAll(
            IMAGES, input(), IMAGES.defaults().toBuilder().option("classes", 4).build());
    assertThat(few.badRecords)
        .containsExactly(
            "signs-test-labels-idx1-ubyte, byte 8: label 17 of image 0, must be from 0 to 3");
  }

  @Test
  void theOnlyTableOfOtherImagesCanBeDivided() throws IOException {
    Files.writeString(
        folder.resolve("Handwritten Data.csv"),
        IntStream.range(0, 14)
            .mapToObj(i -> RawImages.row(i, i + 12))
            .collect(java.util.stream.Collectors.joining("\n")));
    PrepareSettings heldOut = PrepareSettings.of("latency", 5, "held-out").build();
    CollectingSink read = CollectingSink.readAll(IMAGES, input(), heldOut);
    assertThat(read.of(Split.TEST)).extracting(Sample::label).containsExactly(18, 25);
    assertThat(read.of(Split.TRAIN)).hasSize(12).allMatch(sample -> sample.target().length == 26);
  }

  @Test
  void labelsThatAreNoClassesAreRefused() throws IOException {
    Files.writeString(folder.resolve("train.csv"), RawImages.row(0, 84_721));
    Files.writeString(folder.resolve("test.csv"), RawImages.row(0, 1));
    assertThatThrownBy(() -> IMAGES.completed(HADOOP, input(), IMAGES.defaults()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "the greatest label is 84721, which are no classes; say by --classes");
  }

  @Test
  void emnistIsNotReadAsOtherImagesWhichWouldLieOnTheirSides() throws IOException {
    RawImages.idx(folder, "emnist-letters-train", 1);
    RawImages.idx(folder, "emnist-letters-test", 1);
    assertThatThrownBy(() -> IMAGES.completed(HADOOP, input(), IMAGES.defaults()))
        .hasMessageContaining("Cannot find images data")
        .hasMessageContaining("emnist is a task of its own");
  }

  @Test
  void whatCannotBeVerifiedIsNotVerified() {
    for (Task task : List.of(EMNIST, IMAGES)) {
      PrepareSettings verify = task.defaults().toBuilder().verify(true).build();
      assertThatThrownBy(() -> task.check(verify))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "Invalid verify: no checksums of the files of " + task.name() + " are published");
    }
  }

  @Test
  void unpackedFilesOfWhichTheDownloadsSumIsKnownAreNotVerified() throws IOException {
    RawImages.idx(folder, "train", 1);
    RawImages.idx(folder, "t10k", 1);
    Task task = new KmnistTask();
    PrepareSettings verify = task.defaults().toBuilder().verify(true).limit(1).build();
    assertThatThrownBy(() -> CollectingSink.readAll(task, input(), verify))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Cannot verify")
        .hasMessageContaining("only the checksum of the download train-images-idx3-ubyte.gz");
  }

  @Test
  void theRealDigitsAreNoClothesAndVerifyingSaysWhoseTheyAre() throws IOException {
    Path digits = RealData.path("mnist");
    Task task = new FashionMnistTask();
    PrepareSettings verify = task.defaults().toBuilder().verify(true).limit(1).build();
    assertThatThrownBy(() -> CollectingSink.readAll(task, digits, verify))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("published is 8d4fb7e6c68d591d4c3dfef9ec88bf0d")
        .hasMessageContaining("(it is train-images-idx3-ubyte.gz of mnist)");
  }

  private Path input() {
    return new Path(folder.toUri());
  }

  /** Each train's rates are the pixels of its image, row by row. */
  private static void assertUpright(List<Sample> samples) {
    float[] rates = new float[784];
    for (int image = 0; image < samples.size(); image++) {
      samples.get(image).spikes().rates(rates, 0);
      for (int place = 0; place < 784; place++) {
        float intensity = RawImages.pixel(image, place) / 255f;
        assertThat(rates[place]).isCloseTo(intensity, org.assertj.core.data.Offset.offset(0.026f));
      }
    }
  }
}
