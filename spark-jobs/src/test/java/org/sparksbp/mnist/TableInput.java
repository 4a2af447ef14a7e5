package org.sparksbp.mnist;

import java.io.IOException;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/** Reads and makes tables of images for tests of other packages. */
public final class TableInput {

  private static final int PIXELS = 784;

  private static final ImageVisitor NOBODY =
      new ImageVisitor() {
        @Override
        public void image(long number, String position, int label, byte[] pixels) {}

        @Override
        public void unusable(String position, String reason) {}
      };

  private TableInput() {}

  /** Reads all of a table as its preparation does. */
  public static void read(Configuration hadoop, String file) throws IOException {
    long count = CsvImages.checkedCount(hadoop, file, Long.MAX_VALUE);
    CsvImages.greatestLabel(hadoop, file);
    CsvImages.read(hadoop, file, 0, count, NOBODY);
  }

  /** A table of two images. */
  public static String text(String delimiter, boolean hasHeader) {
    String header =
        String.join(
            delimiter, IntStream.range(0, PIXELS).mapToObj(pixel -> "pixel" + pixel).toList());
    String pixels =
        String.join(
            delimiter, IntStream.range(0, PIXELS).mapToObj(i -> i % 9 == 0 ? "255" : "0").toList());
    return (hasHeader ? "label" + delimiter + header + "\n" : "")
        + "3"
        + delimiter
        + pixels
        + "\n9"
        + delimiter
        + pixels
        + "\n";
  }
}
