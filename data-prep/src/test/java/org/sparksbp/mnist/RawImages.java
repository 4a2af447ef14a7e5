package org.sparksbp.mnist;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/**
 * Writes raw files of images byte by byte. Pixel i of image n, row by row, is {@code (i + 7 * n) %
 * 256}: no image is its own transposition.
 */
final class RawImages {

  private RawImages() {}

  static int pixel(int image, int place) {
    return (place + 7 * image) % 256;
  }

  /** IDX files of a split, the labels a byte each. */
  static void idx(Path folder, String prefix, int... labels) throws IOException {
    Files.createDirectories(folder);
    images(folder.resolve(prefix + "-images-idx3-ubyte"), labels.length, false);
    try (DataOutputStream out =
        new DataOutputStream(
            Files.newOutputStream(folder.resolve(prefix + "-labels-idx1-ubyte")))) {
      out.writeInt(2049);
      out.writeInt(labels.length);
      for (int label : labels) {
        out.writeByte(label);
      }
    }
  }

  /** The same with all images transposed. */
  static void transposedIdx(Path folder, String prefix, int... labels) throws IOException {
    idx(folder, prefix, labels);
    images(folder.resolve(prefix + "-images-idx3-ubyte"), labels.length, true);
  }

  private static void images(Path file, int count, boolean transposed) throws IOException {
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      out.writeInt(2051);
      out.writeInt(count);
      out.writeInt(28);
      out.writeInt(28);
      for (int image = 0; image < count; image++) {
        for (int first = 0; first < 28; first++) {
          for (int second = 0; second < 28; second++) {
            out.writeByte(
                transposed ? pixel(image, 28 * second + first) : pixel(image, 28 * first + second));
          }
        }
      }
    }
  }

  /** A label file of QMNIST's form, numbers in a row for each label, gzipped. */
  static void extendedLabels(Path file, int numbers, int... labels) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
      out.write(new byte[] {0, 0, 0x0c, 2});
      out.writeInt(labels.length);
      out.writeInt(numbers);
      for (int label : labels) {
        out.writeInt(label);
        for (int number = 1; number < numbers; number++) {
          out.writeInt(1_000_000 + number);
        }
      }
    }
  }

  /** A row of a table, label first. */
  static String row(int image, int label) {
    StringBuilder row = new StringBuilder(Integer.toString(label));
    for (int place = 0; place < 784; place++) {
      row.append(',').append(pixel(image, place));
    }
    return row.toString();
  }

  /** {@code label,pixel0,...} or, counted from 1, {@code label,pixel1,...}. */
  static String header(int first) {
    StringBuilder header = new StringBuilder("label");
    for (int place = 0; place < 784; place++) {
      header.append(",pixel").append(first + place);
    }
    return header.toString();
  }
}
