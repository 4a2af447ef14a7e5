package org.sparksbp.figure;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * A picture as a PNG file and, where it is made of lines and not of thousands of cells, as SVG.
 *
 * @param png its bytes
 * @param svg text of the other file; empty where there is none
 */
public record Picture(byte[] png, String svg) {

  private static final int MOST_COLOURS = 256;

  /** A picture of few colours, which takes little room. */
  static Picture ofFewColours(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(small(image), "png", out);
    return new Picture(out.toByteArray(), "");
  }

  /** Height in pixels, from the file's header. */
  public int height() {
    return ByteBuffer.wrap(png).getInt(20);
  }

  /** The picture within a page. */
  public String dataUri() {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
  }

  /** The image in 32 or 16 shades of each primary colour, by palette, if 256 colours suffice. */
  private static BufferedImage small(BufferedImage image) {
    BufferedImage fine = small(image, 5);
    BufferedImage coarse = fine == null ? small(image, 4) : fine;
    return coarse == null ? image : coarse;
  }

  /** By palette, or null if there are too many colours. */
  private static BufferedImage small(BufferedImage image, int bits) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    Map<Integer, Byte> numbers = new HashMap<>();
    byte[] indexed = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      int colour = coarse(pixels[i], bits);
      Byte number = numbers.get(colour);
      if (number == null) {
        if (numbers.size() == MOST_COLOURS) {
          return null;
        }
        number = (byte) numbers.size();
        numbers.put(colour, number);
      }
      indexed[i] = number;
    }
    int[] colours = new int[numbers.size()];
    numbers.forEach((colour, number) -> colours[Byte.toUnsignedInt(number)] = colour);
    IndexColorModel palette =
        new IndexColorModel(8, colours.length, colours, 0, false, -1, DataBuffer.TYPE_BYTE);
    BufferedImage small =
        new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, palette);
    small.getRaster().setDataElements(0, 0, width, height, indexed);
    return small;
  }

  /** Black and white stay as they are. */
  private static int coarse(int colour, int bits) {
    int kept = 0xff & 0xff << 8 - bits;
    int rest = 0xff >> bits;
    return colour & kept * 0x010101 | colour >> bits & rest * 0x010101;
  }
}
