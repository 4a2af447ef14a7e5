package org.sparksbp.cli;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tiny IDX files: class k is a bar of bright pixels whose place depends on k. */
final class RawDigits {

  private static final int SIDE = 28;

  private RawDigits() {}

  static Path write(Path folder, int train, int test) throws IOException {
    Files.createDirectories(folder);
    writeSplit(folder, "train", train);
    writeSplit(folder, "t10k", test);
    return folder;
  }

  private static void writeSplit(Path folder, String name, int count) throws IOException {
    try (DataOutputStream images =
            new DataOutputStream(
                Files.newOutputStream(folder.resolve(name + "-images-idx3-ubyte")));
        DataOutputStream labels =
            new DataOutputStream(
                Files.newOutputStream(folder.resolve(name + "-labels-idx1-ubyte")))) {
      images.writeInt(2051);
      images.writeInt(count);
      images.writeInt(SIDE);
      images.writeInt(SIDE);
      labels.writeInt(2049);
      labels.writeInt(count);
      for (int number = 0; number < count; number++) {
        int label = number % 10;
        labels.writeByte(label);
        byte[] image = new byte[SIDE * SIDE];
        for (int row = 2 * label; row < 2 * label + 4; row++) {
          for (int column = 4 + number % 3; column < 22; column++) {
            image[row * SIDE + column] = (byte) 255;
          }
        }
        images.write(image);
      }
    }
  }
}
