package org.sparksbp.nmnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.spike.Sample;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.CollectingSink;
import org.sparksbp.task.InputSlice;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.Split;

class NmnistTaskTest {

  private static final NmnistTask TASK = new NmnistTask();

  @TempDir java.nio.file.Path folder;

  @Test
  void foldersGiveSplitAndClassAndFramesTheSaccades() throws IOException {
    write(
        "Train/3/00007.bin", new int[][] {{0, 0, 1, 0}, {33, 33, 0, 150_000}, {1, 0, 1, 299_999}});
    write("Train/0/00002.bin", new int[][] {{2, 1, 0, 5}});
    write("Test/9/00001.bin", new int[][] {{5, 0, 0, 5}});
    CollectingSink read = readAll(TASK.defaults());
    assertThat(read.of(Split.TRAIN))
        .extracting(NmnistTaskTest::told)
        .containsExactly(
            "nmnist/train/0/00002/000 0 36",
            "nmnist/train/0/00002/001 0",
            "nmnist/train/0/00002/002 0",
            "nmnist/train/3/00007/000 3 0",
            "nmnist/train/3/00007/001 3 1155",
            "nmnist/train/3/00007/002 3 1");
    assertThat(read.of(Split.TRAIN).get(5).group()).isEqualTo("nmnist/train/3/00007");
    assertThat(read.of(Split.TEST)).hasSize(3);
    assertThat(read.of(Split.TEST).get(0).label()).isEqualTo(9);
    assertThat(read.badRecords).isEmpty();
  }

  @Test
  void clipsHaveTheirFramesAsStepsAndPolaritiesMayBeSeparate() throws IOException {
    write("train/3/00007.BIN", new int[][] {{0, 0, 1, 0}, {33, 33, 0, 99}});
    PrepareSettings clips =
        TASK.defaults().toBuilder()
            .steps(2)
            .option("sampleBy", "clips")
            .option("pooledSide", 17)
            .option("polarities", "separate")
            .build();
    Sample clip = readAll(clips).of(Split.TRAIN).get(0);
    assertThat(clip.id()).isEqualTo("nmnist/train/3/00007");
    assertThat(clip.spikes().steps()).isEqualTo(2);
    assertThat(clip.spikes().channels()).isEqualTo(2 * 17 * 17);
    // The brighter one has the channels behind those of the darker.
    assertThat(told(clip)).isEqualTo("nmnist/train/3/00007 3 289 288");
  }

  @Test
  void clipsAreInTheOrderOfTheirNumbersAndShareSlices() throws IOException {
    for (int number = 1; number <= 501; number++) {
      write("Train/" + number % 10 + "/" + (10_000 + number) + ".bin", new int[][] {{1, 1, 1, 1}});
    }
    write("Test/0/00001.bin", new int[][] {{1, 1, 1, 1}});
    List<InputSlice> slices = slices();
    assertThat(slices).hasSize(3);
    assertThat(slices.get(0).files()).hasSize(500);
    assertThat(slices.get(0).files().get(1)).endsWith("Train/2/10002.bin");
    assertThat(slices)
        .extracting(InputSlice::split)
        .containsExactly(Split.TRAIN, Split.TRAIN, Split.TEST);
  }

  @Test
  void eventsAreCountedWithTheirFolderButWhatIsLostWithItsFile() throws IOException {
    write("Train/3/00007.bin", new int[][] {{0, 0, 1, 0}, {1, 1, 1, 5}});
    write("Train/3/00008.bin", new int[][] {{0, 0, 1, 9}, {34, 1, 1, 10}, {2, 2, 1, 3}});
    java.nio.file.Path cut = folder.resolve("Train/3/00009.bin");
    Files.write(cut, new byte[] {0, 0, 0, 0, 1, 2});
    Files.createFile(folder.resolve("Train/3/00010.bin"));
    CollectingSink read = readAll(TASK.defaults());
    assertThat(read.of(Split.TRAIN)).hasSize(9);
    assertThat(read.badRecords)
        .containsExactly(
            "00008.bin, byte 5: 1 events outside 34x34 pixels, the first at x = 34, y = 1",
            "00008.bin, byte 10: 1 events go back in time",
            "00009.bin, byte 5: truncated last event: 1 of its 5 bytes are there",
            "3, file 00010.bin: no usable events");
    assertThat(read.counts)
        .containsEntry("3 events", 2L)
        .containsEntry("00008.bin events", 3L)
        .containsEntry("00008.bin lost events", 2L)
        .containsEntry("00009.bin events", 2L)
        .containsEntry("3 clips", 4L)
        .containsEntry("3 lost clips", 1L)
        .doesNotContainKey("00007.bin events");
  }

  @Test
  void gzippedClipsAreReadAndOneThatLiesThereTwiceIsRefused() throws IOException {
    write("TRAIN/3/00007.bin", new int[][] {{4, 0, 1, 0}});
    java.nio.file.Path plain = folder.resolve("TRAIN/3/00007.bin");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(Files.readAllBytes(plain));
    }
    Files.write(folder.resolve("TRAIN/3/00007.bin.gz"), bytes.toByteArray());
    assertThatThrownBy(this::slices)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Cannot choose between");
    Files.delete(plain);
    assertThat(told(readAll(TASK.defaults()).of(Split.TRAIN).get(0)))
        .isEqualTo("nmnist/train/3/00007/000 3 4");
  }

  @Test
  void otherInputsAndSettingsAreRefused() throws IOException {
    write("Train/10/00001.bin", new int[][] {{1, 1, 1, 1}});
    assertThatThrownBy(this::slices)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Train/10: its name must be the class of its clips, 0 to 9");
    assertThatThrownBy(
            () ->
                TASK.slices(
                    new Configuration(),
                    new Path(folder.resolve("Train").toUri()),
                    TASK.defaults()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Cannot find nmnist data in")
        .hasMessageContaining("folders Train and Test");
    assertThatThrownBy(
            () -> TASK.check(TASK.defaults().toBuilder().option("pooledSide", 16).build()))
        .hasMessage("Invalid pooled-side: 16, must divide 34");
  }

  @Test
  void madeUpDigitsAreLearnableByTheDistanceToClassMeans() throws IOException {
    TASK.writeSynthetic(new Configuration(), new Path(folder.toUri()), 350, 1);
    PrepareSettings one = TASK.defaults().toBuilder().steps(1).build();
    CollectingSink read = readAll(one);
    assertThat(read.badRecords).isEmpty();
    assertThat(read.of(Split.TEST)).hasSize(50);
    double[][] sums = new double[10][34 * 34];
    int[] counts = new int[10];
    for (Sample sample : read.of(Split.TRAIN)) {
      counts[sample.label()]++;
      sample.spikes().forEach((step, channel) -> sums[sample.label()][channel]++);
    }
    int right = 0;
    for (Sample sample : read.of(Split.TEST)) {
      double[] shown = new double[34 * 34];
      sample.spikes().forEach((step, channel) -> shown[channel] = 1);
      double[] distances = new double[10];
      for (int label = 0; label < 10; label++) {
        for (int i = 0; i < shown.length; i++) {
          distances[label] += Math.pow(shown[i] - sums[label][i] / counts[label], 2);
        }
      }
      double least = Arrays.stream(distances).min().orElseThrow();
      right += distances[sample.label()] == least ? 1 : 0;
    }
    assertThat(right / 50.0).isBetween(0.6, 1.0);
  }

  private CollectingSink readAll(PrepareSettings settings) throws IOException {
    return CollectingSink.readAll(TASK, new Path(folder.toUri()), settings);
  }

  private List<InputSlice> slices() throws IOException {
    return TASK.slices(new Configuration(), new Path(folder.toUri()), TASK.defaults());
  }

  /** Events of x, y, polarity and time in us. */
  private void write(String name, int[][] events) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int[] event : events) {
      bytes.write(event[0]);
      bytes.write(event[1]);
      bytes.write(event[2] << 7 | event[3] >> 16);
      bytes.write(event[3] >> 8);
      bytes.write(event[3]);
    }
    java.nio.file.Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes.toByteArray());
  }

  private static String told(Sample sample) {
    List<String> told = new ArrayList<>(List.of(sample.id(), "" + sample.label()));
    sample.spikes().forEach((step, channel) -> told.add("" + channel));
    return String.join(" ", told);
  }
}
