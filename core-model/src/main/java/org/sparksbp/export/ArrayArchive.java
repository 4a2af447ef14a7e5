package org.sparksbp.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.modelfolder.SavedModel;
import org.sparksbp.npy.NpzFile;

/** A model as an npz: its arrays by their names, and its metadata as the bytes of JSON. */
final class ArrayArchive {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ArrayArchive() {}

  static void write(SavedModel model, OutputStream out) throws IOException {
    try (NpzFile arrays = new NpzFile(out)) {
      arrays.add("metadata", JSON.writeValueAsString(ModelMetadata.of(model)));
      for (ParameterLayout.Block block : model.layout().blocks()) {
        arrays.add(block.name(), block.shape(), model.parameters(), block.offset());
      }
    }
  }
}
