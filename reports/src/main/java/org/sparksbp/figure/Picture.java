package org.sparksbp.figure;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import javax.imageio.ImageIO;

/**
 * A picture as a PNG file.
 *
 * @param png its bytes
 */
public record Picture(byte[] png) {

  static Picture of(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return new Picture(out.toByteArray());
  }

  /** Height in pixels, from the file's header. */
  public int height() {
    return ByteBuffer.wrap(png).getInt(20);
  }

  /** The picture within a page. */
  public String dataUri() {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
  }
}
