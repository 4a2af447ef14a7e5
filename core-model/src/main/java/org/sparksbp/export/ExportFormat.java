package org.sparksbp.export;

import java.io.IOException;
import java.io.OutputStream;
import org.sparksbp.modelfolder.SavedModel;

/** What a model can be written as. */
public enum ExportFormat {
  /** All arrays and what is known of them (https://github.com/huggingface/safetensors). */
  SAFETENSORS {
    @Override
    public void write(SavedModel model, OutputStream out) throws IOException {
      SafetensorsFile.write(model, out);
    }
  },
  /** All arrays in NumPy's zip of them, what is known of them beside as {@code metadata}. */
  NPZ {
    @Override
    public void write(SavedModel model, OutputStream out) throws IOException {
      ArrayArchive.write(model, out);
    }
  },
  /** The network as a graph of the Neuromorphic Intermediate Representation, in HDF5. */
  NIR {
    @Override
    public void write(SavedModel model, OutputStream out) throws IOException {
      NirFile.write(NirGraph.of(model), out);
    }
  };

  /**
   * Writes a model; the same model makes the same bytes, of a graph on the same platform.
   *
   * @param out left open
   * @throws UnfitModelException before anything is written, if the format cannot express the model
   */
  public abstract void write(SavedModel model, OutputStream out) throws IOException;
}
