package org.sparksbp.report;

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

  /** The picture within the page, for the template. */
  String dataUri() {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
  }
}
