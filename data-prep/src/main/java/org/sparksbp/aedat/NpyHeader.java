package org.sparksbp.aedat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparksbp.storage.InvalidInputException;

/**
 * Header of a NumPy array of events: format description "numpy.lib.format", versions 1 to 3.
 *
 * @param fields x, y, polarity and time, in this order
 * @param rowBytes bytes of an event
 * @param rows number of events
 * @param headerBytes bytes before the first event
 */
record NpyHeader(List<NpyField> fields, int rowBytes, long rows, long headerBytes) {

  private static final Pattern DESCR_SIMPLE = Pattern.compile("'descr':\\s*'([<>|=]?[a-z?]\\d*)'");
  private static final Pattern DESCR_FIELD =
      Pattern.compile("\\('(\\w+)',\\s*'([<>|=]?[a-z?]\\d*)'\\)");
  private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\((\\d+),\\s*(\\d*)\\)");
  private static final int MAX_HEADER_BYTES = 1 << 16;

  static NpyHeader read(InputStream in, String file) throws IOException {
    byte[] magic = in.readNBytes(8);
    if (magic.length < 8
        || (magic[0] & 0xff) != 0x93
        || !new String(magic, 1, 5, StandardCharsets.ISO_8859_1).equals("NUMPY")) {
      throw invalid(file, "it does not start with \\x93NUMPY");
    }
    int lengthBytes = magic[6] == 1 ? 2 : 4;
    byte[] lengthField = in.readNBytes(lengthBytes);
    int length = 0;
    for (int i = lengthField.length - 1; i >= 0; i--) {
      length = length << 8 | (lengthField[i] & 0xff);
    }
    if (lengthField.length < lengthBytes || length < 0 || length > MAX_HEADER_BYTES) {
      throw invalid(file, "impossible header length " + length + " at byte 8");
    }
    byte[] text = in.readNBytes(length);
    if (text.length < length) {
      throw invalid(file, "it ends within its header");
    }
    return parse(new String(text, StandardCharsets.ISO_8859_1), file, 8L + lengthBytes + length);
  }

  private static NpyHeader parse(String text, String file, long headerBytes)
      throws InvalidInputException {
    if (text.contains("'fortran_order': True")) {
      throw invalid(file, "its columns are stored one by one (fortran_order); save it in C order");
    }
    Matcher shape = SHAPE.matcher(text);
    if (!shape.find()) {
      throw invalid(file, "no shape (events, 4) or (events,) in its header " + text.strip());
    }
    long rows = Long.parseLong(shape.group(1));
    Matcher simple = DESCR_SIMPLE.matcher(text);
    if (simple.find()) {
      if (!shape.group(2).equals("4")) {
        throw invalid(file, "its second dimension must be 4: x, y, polarity, time in ms");
      }
      NpyField one = NpyField.of(simple.group(1), 0, file);
      List<NpyField> fields = new ArrayList<>();
      for (int column = 0; column < 4; column++) {
        fields.add(NpyField.of(simple.group(1), column * one.bytes(), file));
      }
      return new NpyHeader(fields, 4 * one.bytes(), rows, headerBytes);
    }
    return structured(text, file, rows, headerBytes);
  }

  private static NpyHeader structured(String text, String file, long rows, long headerBytes)
      throws InvalidInputException {
    NpyField[] fields = new NpyField[4];
    int rowBytes = 0;
    Matcher matcher = DESCR_FIELD.matcher(text);
    while (matcher.find()) {
      NpyField field = NpyField.of(matcher.group(2), rowBytes, file);
      switch (matcher.group(1)) {
        case "x" -> fields[0] = field;
        case "y" -> fields[1] = field;
        case "p", "polarity" -> fields[2] = field;
        case "t", "time", "ts", "timestamp" -> fields[3] = field;
        default -> {} // its bytes count, its value does not
      }
      rowBytes += field.bytes();
    }
    for (NpyField field : fields) {
      if (field == null) {
        throw invalid(file, "needs fields x, y, p and t, its header is " + text.strip());
      }
    }
    return new NpyHeader(List.of(fields), rowBytes, rows, headerBytes);
  }

  static InvalidInputException invalid(String file, String reason) {
    return new InvalidInputException("Invalid NumPy file " + file + ": " + reason);
  }
}
