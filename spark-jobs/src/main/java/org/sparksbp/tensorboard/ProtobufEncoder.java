package org.sparksbp.tensorboard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.nd4j.shade.protobuf.CodedOutputStream;

/** Encodes a protocol-buffer message whose class nothing brings, field by field. */
interface ProtobufEncoder {

  void encode(CodedOutputStream fields) throws IOException;

  /** The bytes of a message. */
  static byte[] bytes(ProtobufEncoder message) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream fields = CodedOutputStream.newInstance(bytes);
      message.encode(fields);
      fields.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
