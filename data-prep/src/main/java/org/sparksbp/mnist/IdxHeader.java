package org.sparksbp.mnist;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.sparksbp.storage.InvalidInputException;

/**
 * Start of an IDX file: big-endian magic and sizes, as the MNIST page describes it.
 *
 * @param count number of images or labels
 * @param itemBytes bytes of one: rows x columns, 1, or those of an extended label
 * @param headerBytes bytes before the first item
 */
record IdxHeader(int count, int itemBytes, int headerBytes) {

  static final int IMAGES_MAGIC = 0x803;
  static final int LABELS_MAGIC = 0x801;

  /** Labels of several 32-bit numbers each, of which the first is the class: QMNIST. */
  static final int EXTENDED_LABELS_MAGIC = 0xC02;

  static final int SIDE = 28;

  /** Extended labels have eight numbers; far more of them would be something else. */
  private static final int MAX_LABEL_NUMBERS = 64;

  /** Reads the header of an image file, which must hold images of 28x28 pixels. */
  static IdxHeader readImages(InputStream in, String file) throws IOException {
    ByteBuffer header = read(in, file, 0, 16);
    int magic = header.getInt();
    if (magic != IMAGES_MAGIC) {
      throw wrongMagic(file, magic, IMAGES_MAGIC + " for images");
    }
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

  /** Reads the header of a label file, of bytes or of extended labels. */
  static IdxHeader readLabels(InputStream in, String file) throws IOException {
    ByteBuffer header = read(in, file, 0, 8);
    int magic = header.getInt();
    if (magic != LABELS_MAGIC && magic != EXTENDED_LABELS_MAGIC) {
      throw wrongMagic(
          file,
          magic,
          LABELS_MAGIC + " for labels or " + EXTENDED_LABELS_MAGIC + " for extended ones");
    }
    int count = count(header, file);
    if (magic == LABELS_MAGIC) {
      return new IdxHeader(count, 1, 8);
    }
    int numbers = read(in, file, 8, 4).getInt();
    if (numbers < 1 || numbers > MAX_LABEL_NUMBERS) {
      throw new InvalidInputException(
          "Invalid IDX file "
              + file
              + ": labels of "
              + numbers
              + " numbers at byte 8, must be from 1 to "
              + MAX_LABEL_NUMBERS);
    }
    return new IdxHeader(count, Integer.BYTES * numbers, 12);
  }

  long fileBytes() {
    return headerBytes + (long) count * itemBytes;
  }

  private static ByteBuffer read(InputStream in, String file, int at, int bytes)
      throws IOException {
    byte[] header = in.readNBytes(bytes);
    if (header.length < bytes) {
      throw new InvalidInputException(
          "Invalid IDX file "
              + file
              + ": ends at byte "
              + (at + header.length)
              + " within its header of "
              + (at + bytes)
              + " bytes; get the file anew");
    }
    return ByteBuffer.wrap(header);
  }

  private static InvalidInputException wrongMagic(String file, int found, String wanted) {
    FileKind kind = FileKind.of(ByteBuffer.allocate(Integer.BYTES).putInt(found).array());
    return new InvalidInputException(
        "Invalid IDX file "
            + file
            + ": magic number "
            + found
            + " at byte 0, must be "
            + wanted
            + (kind == FileKind.IDX || kind == FileKind.OTHER ? "" : "; " + kind.advice()));
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
