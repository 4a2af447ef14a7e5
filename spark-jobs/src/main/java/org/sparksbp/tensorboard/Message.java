package org.sparksbp.tensorboard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.nd4j.shade.protobuf.CodedOutputStream;

/** A message in protocol buffers whose class nothing brings, written field by field. */
interface Message {

  void writeTo(CodedOutputStream fields) throws IOException;

  /** The bytes of a message. */
  static byte[] bytes(Message message) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream fields = CodedOutputStream.newInstance(bytes);
      message.writeTo(fields);
      fields.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
