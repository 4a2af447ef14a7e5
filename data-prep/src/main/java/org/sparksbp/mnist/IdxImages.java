package org.sparksbp.mnist;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.sparksbp.rawfile.RawFile;
import org.sparksbp.storage.InvalidInputException;

/** Images and labels in two IDX files. */
final class IdxImages {

  private IdxImages() {}

  /** What is to be read of two files. */
  enum Extent {
    /** Some images alone. */
    PART,
    /** All that is behind them, too: the files must end where their headers say. */
    TO_THE_END
  }

  /** Checks both headers against each other and, where the files are plain, their lengths. */
  static int checkedCount(Configuration hadoop, FileStatus images, FileStatus labels)
      throws IOException {
    try (IdxStream imageStream = IdxStream.images(hadoop, images.getPath().toString());
        IdxStream labelStream = IdxStream.labels(hadoop, labels.getPath().toString())) {
      checkLength(hadoop, images, imageStream.header());
      checkLength(hadoop, labels, labelStream.header());
      int count = imageStream.header().count();
      if (count != labelStream.header().count()) {
        throw new InvalidInputException(
            "Invalid IDX files: "
                + count
                + " images in "
                + images.getPath()
                + ", but "
                + labelStream.header().count()
                + " labels in "
                + labels.getPath()
                + "; take both files from the same data set");
      }
      if (count == 0) {
        throw new InvalidInputException("Invalid IDX file " + images.getPath() + ": no images");
      }
      return count;
    }
  }

  private static void checkLength(Configuration hadoop, FileStatus file, IdxHeader header)
      throws IOException {
    if (!RawFile.isGzip(hadoop, file.getPath()) && file.getLen() != header.fileBytes()) {
      throw new InvalidInputException(
          "Invalid IDX file "
              + file.getPath()
              + ": "
              + file.getLen()
              + " bytes long, but the "
              + header.count()
              + " items of its header need "
              + header.fileBytes()
              + " bytes; get the file anew");
    }
  }

  /** The greatest label of a file; -1 if it has none. */
  static int greatestLabel(Configuration hadoop, String labelFile) throws IOException {
    try (IdxStream labels = IdxStream.labels(hadoop, labelFile)) {
      byte[] item = new byte[labels.header().itemBytes()];
      int greatest = -1;
      for (int number = 0; number < labels.header().count(); number++) {
        labels.read(item);
        greatest = Math.max(greatest, label(item));
      }
      return greatest;
    }
  }

  /** Reads the images of the numbers from {@code from}, inclusive, to {@code to}, exclusive. */
  static void read(
      Configuration hadoop,
      String imageFile,
      String labelFile,
      long from,
      long to,
      Extent extent,
      ImageVisitor visitor)
      throws IOException {
    try (IdxStream images = IdxStream.images(hadoop, imageFile);
        IdxStream labels = IdxStream.labels(hadoop, labelFile)) {
      images.skipTo(from);
      labels.skipTo(from);
      byte[] pixels = new byte[images.header().itemBytes()];
      byte[] item = new byte[labels.header().itemBytes()];
      for (long number = from; number < to; number++) {
        images.read(pixels);
        labels.read(item);
        long position = labels.header().headerBytes() + number * item.length;
        visitor.image(number, "byte " + position, label(item), pixels);
      }
      if (extent == Extent.TO_THE_END) {
        images.checkEnd();
        labels.checkEnd();
      }
    }
  }

  /** One byte, or the first number of an extended label. */
  private static int label(byte[] item) {
    return item.length == 1 ? item[0] & 0xff : ByteBuffer.wrap(item).getInt();
  }
}
