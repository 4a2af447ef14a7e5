package org.sparksbp.distribution;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A folder with raw digits, and lines of a shell in it that has the program on its path. */
record DigitsInShell(Path folder) {

  /** Prepares {@code in}; the name of the output is to follow. */
  static final String PREPARE = "sbp prepare mnist --input in --encoder bernoulli --output ";

  private static final Path HOME = Path.of("target/spark-sbp").toAbsolutePath();

  /** Writes a few digits to {@code in}. */
  static DigitsInShell write(Path folder) throws IOException {
    writeDigits(folder.resolve("in"), 4);
    return new DigitsInShell(folder);
  }

  /** Writes grey digits, labelled 1, 2, 3 and so on in turn. */
  static void writeDigits(Path in, int count) throws IOException {
    Files.createDirectory(in);
    byte[] images = new byte[count * 28 * 28];
    Arrays.fill(images, (byte) 128);
    byte[] classes = new byte[count];
    for (int digit = 0; digit < count; digit++) {
      classes[digit] = (byte) ((digit + 1) % 10);
    }
    for (String name : List.of("train", "t10k")) {
      try (DataOutputStream pixels = stream(in.resolve(name + "-images-idx3-ubyte"));
          DataOutputStream labels = stream(in.resolve(name + "-labels-idx1-ubyte"))) {
        for (int number : new int[] {0x803, count, 28, 28}) {
          pixels.writeInt(number);
        }
        pixels.write(images);
        labels.writeInt(0x801);
        labels.writeInt(count);
        labels.write(classes);
      }
    }
  }

  private static DataOutputStream stream(Path file) throws IOException {
    return new DataOutputStream(Files.newOutputStream(file));
  }

  Run run(Map<String, String> environment, String line) throws IOException, InterruptedException {
    String path = "PATH='" + HOME.resolve("bin") + "':\"$PATH\"; ";
    return Run.of(folder, environment, List.of("bash", "-c", "export " + path + line));
  }
}
