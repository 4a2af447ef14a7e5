package org.sparksbp.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.modelfolder.SavedModel;
import org.sparksbp.npy.FloatArrayFile;

/**
 * A model as safetensors: the length of a header as 8 bytes little-endian, the header in JSON with
 * the type, shape and place of each array, then the arrays, little-endian and row by row
 * (https://github.com/huggingface/safetensors).
 */
final class SafetensorsFile {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Arrays begin at a multiple of this, so that they can be mapped into memory. */
  private static final int ALIGNMENT = 8;

  private SafetensorsFile() {}

  static void write(SavedModel model, OutputStream out) throws IOException {
    byte[] header = header(model);
    out.write(
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .array());
    out.write(header);
    FloatArrayFile.writeValues(out, model.parameters(), 0, model.parameters().length);
  }

  /** Padded with blanks, as the format allows; the layout has no gaps, so neither has the file. */
  private static byte[] header(SavedModel model) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.set("__metadata__", JSON.valueToTree(ModelMetadata.of(model)));
    for (ParameterLayout.Block block : model.layout().blocks()) {
      long begin = (long) block.offset() * Float.BYTES;
      ObjectNode tensor = json.putObject(block.name()).put("dtype", "F32");
      tensor.set("shape", JSON.valueToTree(block.shape()));
      tensor.putArray("data_offsets").add(begin).add(begin + (long) block.size() * Float.BYTES);
    }
    StringBuilder text = new StringBuilder(JSON.writeValueAsString(json));
    int length = text.toString().getBytes(StandardCharsets.UTF_8).length;
    text.append(" ".repeat((ALIGNMENT - length % ALIGNMENT) % ALIGNMENT));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
