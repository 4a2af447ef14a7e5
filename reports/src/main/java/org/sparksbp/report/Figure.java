package org.sparksbp.report;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * A picture and its numbers.
 *
 * @param title above it
 * @param name of the PNG file, without its ending
 * @param png the picture
 * @param table the numbers
 */
record Figure(String title, String name, byte[] png, ReportTable table) {

  /** Name of the PNG file. */
  String file() {
    return name + ".png";
  }

  /** Height of the picture in pixels, from its header. */
  int height() {
    return ByteBuffer.wrap(png).getInt(20);
  }

  /** The picture within the page, for the template. */
  String dataUri() {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
  }
}
