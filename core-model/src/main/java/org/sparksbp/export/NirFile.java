package org.sparksbp.export;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A graph as the HDF5 file that {@code nir.read} of NIR's Python package takes: a group for each
 * node with its {@code type} and parameters, and the edges as pairs of names.
 */
final class NirFile {

  /** Of NIR's Python package, whose layout of a file this is. */
  private static final String VERSION = "1.0";

  private NirFile() {}

  /** Writes by way of a temporary file: HDF5 is no format for streams. */
  static void write(NirGraph graph, OutputStream out) throws IOException {
    Path file = Files.createTempFile("sbp-", ".nir");
    try {
      try (WritableHdfFile hdf = HdfFile.write(file)) {
        hdf.putDataset("version", VERSION);
        fill(hdf.putGroup("node"), graph);
      }
      Files.copy(file, out);
    } finally {
      Files.delete(file);
    }
  }

  private static void fill(WritableGroup root, NirGraph graph) {
    root.putDataset("type", "NIRGraph");
    WritableGroup metadata = root.putGroup("metadata");
    graph.metadata().forEach(metadata::putDataset);
    metadata.putDataset("dt", NirGraph.DT);
    WritableGroup nodes = root.putGroup("nodes");
    List<String> chain = new ArrayList<>(List.of("input"));
    putPort(nodes.putGroup("input"), "Input", graph.inputs());
    for (int layer = 1; layer <= graph.layers().size(); layer++) {
      NirGraph.Layer described = graph.layers().get(layer - 1);
      putAffine(nodes.putGroup("affine_" + layer), described);
      putNeurons(nodes.putGroup("lif_" + layer), described);
      chain.addAll(List.of("affine_" + layer, "lif_" + layer));
    }
    chain.add("output");
    int outputs = graph.layers().get(graph.layers().size() - 1).neurons();
    putPort(nodes.putGroup("output"), "Output", outputs);
    String[][] edges = new String[chain.size() - 1][];
    for (int edge = 0; edge < edges.length; edge++) {
      edges[edge] = new String[] {chain.get(edge), chain.get(edge + 1)};
    }
    root.putDataset("edges", edges);
  }

  private static void putPort(WritableGroup node, String type, int neurons) {
    node.putDataset("type", type);
    node.putDataset("shape", new long[] {neurons});
  }

  private static void putAffine(WritableGroup node, NirGraph.Layer layer) {
    node.putDataset("type", "Affine");
    node.putDataset("weight", layer.weights());
    node.putDataset("bias", layer.biases());
  }

  private static void putNeurons(WritableGroup node, NirGraph.Layer layer) {
    node.putDataset("type", "LIF");
    node.putDataset("tau", repeated(layer, layer.tau()));
    node.putDataset("r", repeated(layer, layer.resistance()));
    node.putDataset("v_leak", repeated(layer, 0));
    node.putDataset("v_reset", repeated(layer, 0));
    node.putDataset("v_threshold", repeated(layer, layer.threshold()));
  }

  private static float[] repeated(NirGraph.Layer layer, float value) {
    float[] values = new float[layer.neurons()];
    Arrays.fill(values, value);
    return values;
  }
}
