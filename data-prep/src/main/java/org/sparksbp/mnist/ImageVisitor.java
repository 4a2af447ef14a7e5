package org.sparksbp.mnist;

import java.io.IOException;

/** Takes the images of a file one after the other. */
interface ImageVisitor {

  /**
   * An image with its label.
   *
   * @param number place in the file, from 0
   * @param position of the label in its file, for messages: {@code byte 17}, {@code line 3}
   * @param label as the file has it
   * @param pixels as the file has them, {@code [28 * 28]}; used again for the next one
   */
  void image(long number, String position, int label, byte[] pixels) throws IOException;

  /** Something in the place of an image that is none. */
  void unusable(String position, String reason) throws IOException;
}
