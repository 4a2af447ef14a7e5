package org.sparksbp.mnist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.storage.InvalidInputException;
import org.sparksbp.task.CollectingSink;
import org.sparksbp.task.PrepareSettings;
import org.sparksbp.task.Split;
import org.sparksbp.task.Task;

/**
 * Files damaged at random: what of them is no image is counted or refused, nothing else happens.
 */
class DamagedImagesTest {

  private static final int TRIES = Integer.getInteger("damaged.images", 50);

  @TempDir java.nio.file.Path folder;

  @Test
  void tables() throws IOException {
    String table = RawImages.header(0) + "\n" + RawImages.row(0, 3) + "\n" + RawImages.row(1, 1);
    Files.writeString(folder.resolve("train.csv"), table);
    Files.writeString(folder.resolve("test.csv"), table);
    tryAll(new MnistTask(), "train.csv");
    tryAll(new ImagesTask(), "train.csv");
  }

  @Test
  void extendedLabels() throws IOException {
    for (String prefix : List.of("qmnist-train", "qmnist-test")) {
      RawImages.idx(folder, prefix, 1, 2, 3);
      Files.delete(folder.resolve(prefix + "-labels-idx1-ubyte"));
      java.nio.file.Path labels = folder.resolve(prefix + "-labels-idx2-int");
      RawImages.extendedLabels(labels, 8, 1, 2, 3);
      // Plain, so that it is not gzip's checksum that notices.
      try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(labels))) {
        byte[] content = in.readAllBytes();
        Files.write(labels, content);
      }
    }
    tryAll(new QmnistTask(), "qmnist-train-labels-idx2-int");
    tryAll(new QmnistTask(), "qmnist-train-images-idx3-ubyte");
  }

  @Test
  void mappings() throws IOException {
    RawImages.idx(folder, "emnist-letters-train", 1, 2);
    RawImages.idx(folder, "emnist-letters-test", 1, 2);
    String name = "emnist-letters-mapping.txt";
    Files.writeString(folder.resolve(name), "1 65 97\n2 66 98\n3 67 99\n");
    tryAll(new EmnistTask(), name);
  }

  private void tryAll(Task task, String name) throws IOException {
    byte[] whole = Files.readAllBytes(folder.resolve(name));
    int read = 0;
    for (int seed = 0; seed < TRIES; seed++) {
      Files.write(folder.resolve(name), damaged(whole, new Random(seed)));
      if (isRead(task)) {
        read++;
      }
    }
    Files.write(folder.resolve(name), whole);
    assertThat(isRead(task)).isTrue();
    assertThat(read).isLessThan(TRIES);
  }

  /** Whether the files are read, with or without losses, rather than refused. */
  private boolean isRead(Task task) throws IOException {
    PrepareSettings settings = PrepareSettings.of("latency", 2, "official").build();
    try {
      CollectingSink sink = CollectingSink.readAll(task, new Path(folder.toUri()), settings);
      long known = sink.of(Split.TRAIN).size() + sink.of(Split.TEST).size();
      long told = sink.badRecords.size();
      long images = 0;
      for (var count : sink.counts.entrySet()) {
        images += count.getKey().contains(" lost ") ? 0 : count.getValue();
      }
      assertThat(known + told).isEqualTo(images);
      return true;
    } catch (InvalidInputException e) {
      assertThat(e).hasMessageMatching("(?s)(Invalid|Cannot) .*");
      return false;
    }
  }

  /** Some bytes replaced, left out, doubled or cut off. */
  private static byte[] damaged(byte[] whole, Random random) {
    StringBuilder text = new StringBuilder(new String(whole, StandardCharsets.ISO_8859_1));
    for (int change = random.nextInt(4); change >= 0; change--) {
      // Mostly near the beginning, where headers are.
      int at = random.nextInt(Math.max(1, random.nextBoolean() ? text.length() : 16));
      at = Math.min(at, Math.max(0, text.length() - 1));
      switch (text.length() < 2 ? 1 : random.nextInt(5)) {
        case 0 -> text.setCharAt(at, "\",;\n\r\t.-eE+0129\0\u00ff".charAt(random.nextInt(17)));
        case 1 -> text.insert(at, "\",\n1e9;".charAt(random.nextInt(7)));
        case 2 -> text.deleteCharAt(at);
        case 3 -> text.insert(at, text.substring(at, Math.min(text.length(), at + 900)));
        default -> text.setLength(random.nextInt(4) == 0 ? at : text.length());
      }
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
