package org.sparksbp.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.spike.Sample;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.CollectingSink;
import org.sparksbp.task.InputSlice;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.RealData;
import org.sparksbp.task.Split;

class MnistTaskTest {

  private static final MnistTask TASK = new MnistTask();
  private static final PrepareSettings DEFAULTS = TASK.defaults();

  @TempDir java.nio.file.Path folder;

  @BeforeEach
  void writeSmallFiles() throws IOException {
    write("train-images-idx3-ubyte", images(0x803, 3, 3));
    write("train-labels-idx1-ubyte", labels(0x801, 3, 7, 0, 9));
    write("t10k-images-idx3-ubyte", images(0x803, 2, 2));
    write("t10k-labels-idx1-ubyte", labels(0x801, 2, 1, 2));
  }

  @Test
  void imagesBecomeTrainsWithTheirLabels() throws IOException {
    CollectingSink read = readAll(DEFAULTS);
    assertThat(read.of(Split.TRAIN)).extracting(Sample::label).containsExactly(7, 0, 9);
    assertThat(read.of(Split.TEST))
        .extracting(Sample::id)
        .containsExactly("mnist/test/00000", "mnist/test/00001");
    Sample first = read.of(Split.TRAIN).get(0);
    float[] rates = new float[784];
    first.spikes().rates(rates, 0);
    // Pixel i of image n is (i + n) % 256.
    assertThat(rates[255]).isEqualTo(1f);
    assertThat(rates[0]).isEqualTo(0f);
    assertThat(rates[51]).isEqualTo(0.2f);
    assertThat(first.target()[7]).isEqualTo(1f);
  }

  @Test
  void gzipSubfolderAndPlainGiveTheSameSamples() throws IOException {
    CollectingSink plain = readAll(DEFAULTS);
    java.nio.file.Path below = Files.createDirectory(folder.resolve("mnist"));
    for (String name :
        List.of("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")) {
      java.nio.file.Path file = folder.resolve(name + "-ubyte");
      Files.write(below.resolve(name + "-ubyte.gz"), gzip(Files.readAllBytes(file)));
      Files.delete(file);
    }
    CollectingSink zipped = readAll(DEFAULTS);
    assertThat(zipped.of(Split.TRAIN)).usingRecursiveComparison().isEqualTo(plain.of(Split.TRAIN));
  }

  @Test
  void gzipIsToldByContentNamesByAnyCaseAndAStaleChecksumFileByNothing() throws IOException {
    CollectingSink plain = readAll(DEFAULTS);
    byte[] images = Files.readAllBytes(folder.resolve("train-images-idx3-ubyte"));
    Files.delete(folder.resolve("train-images-idx3-ubyte"));
    write("TRAIN-IMAGES.IDX3-UBYTE", gzip(images));
    write(".TRAIN-IMAGES.IDX3-UBYTE.crc", new byte[] {'c', 'r', 'c', 0, 0, 0, 2, 0, 1, 2, 3, 4});
    CollectingSink read = readAll(DEFAULTS);
    assertThat(read.of(Split.TRAIN)).usingRecursiveComparison().isEqualTo(plain.of(Split.TRAIN));
  }

  @Test
  void theLimitHoldsForEachSplit() throws IOException {
    CollectingSink read = readAll(PrepareSettings.of("regular", 5, "official").limit(1).build());
    assertThat(read.of(Split.TRAIN)).hasSize(1);
    assertThat(read.of(Split.TEST)).hasSize(1);
  }

  @Test
  void aWrongMagicIsNamed() throws IOException {
    write("train-images-idx3-ubyte", images(0x804, 3, 3));
    assertThatThrownBy(() -> readAll(DEFAULTS))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("train-images-idx3-ubyte: magic number 2052 at byte 0, must be 2051");
  }

  @Test
  void aPlainFileOfAnotherLengthThanItsCountIsNamed() throws IOException {
    write("train-images-idx3-ubyte", images(0x803, 3, 2));
    assertThatThrownBy(() -> readAll(DEFAULTS))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("1584 bytes long, but the 3 items of its header need 2368 bytes");
  }

  @Test
  void aGzippedFileShorterThanItsCountIsNamed() throws IOException {
    Files.delete(folder.resolve("train-images-idx3-ubyte"));
    write("train-images-idx3-ubyte.gz", gzip(images(0x803, 3, 2)));
    assertThatThrownBy(() -> readAll(DEFAULTS))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("ends at byte 1584, but the 3 items of its header need 2368 bytes");
  }

  @Test
  void aGzippedFileLongerThanItsCountIsNamed() throws IOException {
    Files.delete(folder.resolve("train-images-idx3-ubyte"));
    write("train-images-idx3-ubyte.gz", gzip(images(0x803, 3, 4)));
    assertThatThrownBy(() -> readAll(DEFAULTS))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("goes on after byte 2368");
  }

  @Test
  void aTruncatedGzipIsNamed() throws IOException {
    Files.delete(folder.resolve("train-images-idx3-ubyte"));
    byte[] whole = gzip(images(0x803, 3, 3));
    write("train-images-idx3-ubyte.gz", Arrays.copyOf(whole, whole.length - 20));
    assertThatThrownBy(() -> readAll(DEFAULTS))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Invalid gzip file")
        .hasMessageContaining("truncated");
  }

  @Test
  void differentCountsOfImagesAndLabelsAreNamed() throws IOException {
    write("train-labels-idx1-ubyte", labels(0x801, 2, 1, 2));
    assertThatThrownBy(() -> readAll(DEFAULTS))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("3 images in")
        .hasMessageContaining("but 2 labels in");
  }

  @Test
  void aLabelOutOfRangeIsABadRecordWithItsByte() throws IOException {
    write("train-labels-idx1-ubyte", labels(0x801, 3, 7, 10, 9));
    CollectingSink read = readAll(DEFAULTS);
    assertThat(read.badRecords)
        .containsExactly(
            "train-labels-idx1-ubyte, byte 9: label 10 of image 1, must be from 0 to 9");
    assertThat(read.of(Split.TRAIN)).hasSize(2);
  }

  @Test
  void anEmptyAWrongAndAMissingDirectoryAreTold() throws IOException {
    java.nio.file.Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> slices(empty))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith("empty/: the directory is empty");
    java.nio.file.Path wrong = Files.createDirectory(folder.resolve("wrong"));
    Files.writeString(wrong.resolve("nettalk.data"), "x");
    assertThatThrownBy(() -> slices(wrong))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Cannot find mnist data in")
        .hasMessageContaining("wrong has nettalk.data. Give the directory");
    assertThatThrownBy(() -> slices(folder.resolve("none")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no such file or directory");
  }

  @Test
  void verifyingRefusesWhatIsNotTheOriginal() {
    PrepareSettings verify = PrepareSettings.of("regular", 5, "official").verify(true).build();
    assertThatThrownBy(() -> readAll(verify))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("published is 6bbc9ace898e44ae57da46a324031adb");
    PrepareSettings some = verify.toBuilder().limit(1).build();
    assertThatThrownBy(() -> readAll(some)).hasMessageContaining("published is 6bbc9ace898");
  }

  @Test
  void theRealSetIsWholeAndVerified() throws IOException {
    Path data = RealData.path("");
    PrepareSettings verify = PrepareSettings.of("latency", 2, "official").verify(true).build();
    Configuration hadoop = new Configuration();
    List<InputSlice> slices = TASK.slices(hadoop, data, verify);
    assertThat(slices).hasSize(14);
    CollectingSink train = new CollectingSink();
    TASK.read(hadoop, slices.get(11), verify, train);
    assertThat(train.of(Split.TRAIN)).hasSize(5000);
    assertThat(train.of(Split.TRAIN).get(4999).id()).isEqualTo("mnist/train/59999");
    CollectingSink test = new CollectingSink();
    TASK.read(hadoop, slices.get(12), verify, test);
    assertThat(test.of(Split.TEST).subList(0, 10))
        .extracting(Sample::label)
        .containsExactly(7, 2, 1, 0, 4, 1, 4, 9, 5, 9);
  }

  private CollectingSink readAll(PrepareSettings settings) throws IOException {
    return CollectingSink.readAll(TASK, new Path(folder.toUri()), settings);
  }

  private static List<InputSlice> slices(java.nio.file.Path input) throws IOException {
    return TASK.slices(new Configuration(), new Path(input.toUri()), DEFAULTS);
  }

  private void write(String name, byte[] content) throws IOException {
    Files.write(folder.resolve(name), content);
  }

  private static byte[] images(int magic, int count, int written) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(magic);
    out.writeInt(count);
    out.writeInt(28);
    out.writeInt(28);
    for (int image = 0; image < written; image++) {
      for (int pixel = 0; pixel < 784; pixel++) {
        out.writeByte(pixel + image);
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] labels(int magic, int count, int... labels) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(magic);
    out.writeInt(count);
    for (int label : labels) {
      out.writeByte(label);
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }
}
