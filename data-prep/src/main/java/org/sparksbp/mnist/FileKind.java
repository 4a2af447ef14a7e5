package org.sparksbp.mnist;

/** What a file is by its first bytes, whatever it is called. */
enum FileKind {
  /** Two zero bytes and a type. */
  IDX("it is an IDX file: call it as such files are called, ...-images-idx3-ubyte"),
  /** Letters, digits, quotes or a mark of UTF-8. */
  TEXT("it is a text: a table of images is called ...train.csv or ...test.csv"),
  UTF_16("it is a text in UTF-16: save it as UTF-8"),
  ZIP("it is a zip archive: unpack it"),
  NUMPY("it is a NumPy array: save it as IDX or CSV"),
  OTHER("it is no text");

  private final String advice;

  FileKind(String advice) {
    this.advice = advice;
  }

  /** Of a file that begins with these bytes, four of them if it has as many. */
  static FileKind of(byte[] first) {
    if (first.length >= 3 && first[0] == 0 && first[1] == 0 && first[2] != 0) {
      return IDX;
    }
    if (startsWith(first, 0xff, 0xfe) || startsWith(first, 0xfe, 0xff)) {
      return UTF_16;
    }
    if (startsWith(first, 'P', 'K', 3, 4)) {
      return ZIP;
    }
    if (startsWith(first, 0x93, 'N', 'U', 'M')) {
      return NUMPY;
    }
    if (startsWith(first, 0xef, 0xbb, 0xbf)) {
      return TEXT;
    }
    for (byte b : first) {
      if (b < ' ' && b != '\n' && b != '\r' && b != '\t') {
        return OTHER;
      }
    }
    return TEXT;
  }

  /** What it is and what to do, for a message that says what it should be. */
  String advice() {
    return advice;
  }

  private static boolean startsWith(byte[] bytes, int... start) {
    if (bytes.length < start.length) {
      return false;
    }
    for (int i = 0; i < start.length; i++) {
      if ((bytes[i] & 0xff) != start[i]) {
        return false;
      }
    }
    return true;
  }
}
