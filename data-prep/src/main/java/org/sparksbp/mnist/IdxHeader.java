package org.sparksbp.mnist;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.sparksbp.storage.InvalidInputException;

/**
 * Start of an IDX file: big-endian magic and sizes, as the MNIST page describes it.
 *
 * @param count number of images or labels
 * @param itemBytes bytes of one: rows x columns, or 1
 * @param headerBytes bytes before the first item
 */
record IdxHeader(int count, int itemBytes, int headerBytes) {

  static final int IMAGES_MAGIC = 0x803;
  static final int LABELS_MAGIC = 0x801;
  static final int SIDE = 28;

  /** Reads the header of an image file, which must hold images of 28x28 pixels. */
  static IdxHeader readImages(InputStream in, String file) throws IOException {
    ByteBuffer header = read(in, file, 16, IMAGES_MAGIC, "images");
    int count = count(header, file);
    int rows = header.getInt();
    int columns = header.getInt();
    if (rows != SIDE || columns != SIDE) {
      throw new InvalidInputException(
          "Invalid IDX file "
              + file
              + ": images of "
              + rows
              + "x"
              + columns
              + " pixels at byte 8, must be 28x28");
    }
    return new IdxHeader(count, SIDE * SIDE, 16);
  }

  static IdxHeader readLabels(InputStream in, String file) throws IOException {
    ByteBuffer header = read(in, file, 8, LABELS_MAGIC, "labels");
    return new IdxHeader(count(header, file), 1, 8);
  }

  long fileBytes() {
    return headerBytes + (long) count * itemBytes;
  }

  private static ByteBuffer read(InputStream in, String file, int bytes, int magic, String of)
      throws IOException {
    byte[] header = in.readNBytes(bytes);
    if (header.length < bytes) {
      throw new InvalidInputException(
          "Invalid IDX file "
              + file
              + ": ends at byte "
              + header.length
              + " within its header of "
              + bytes
              + " bytes; get the file anew");
    }
    ByteBuffer buffer = ByteBuffer.wrap(header);
    int found = buffer.getInt();
    if (found != magic) {
      throw new InvalidInputException(
          "Invalid IDX file "
              + file
              + ": magic number "
              + found
              + " at byte 0, must be "
              + magic
              + " for "
              + of);
    }
    return buffer;
  }

  private static int count(ByteBuffer header, String file) throws InvalidInputException {
    int count = header.getInt();
    if (count < 0) {
      throw new InvalidInputException(
          "Invalid IDX file " + file + ": negative count " + count + " at byte 4");
    }
    return count;
  }
}
