package org.sparksbp.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.learner.ParameterLayout.Role;
import org.sparksbp.random.RandomStream;
import org.sparksbp.spikingmlp.InputCurrent;
import org.sparksbp.spikingmlp.NeuronEquation;

class NirFileTest {

  private static final int STEPS = 40;
  private static final int[] SIZES = {6, 5, 3};
  private static final NeuronEquation NEURON =
      new NeuronEquation(0.3f, 0.5f, 0.125f, InputCurrent.LINEAR, true);

  @TempDir Path folder;

  @Test
  void theGraphIsAChainOfTheNodesThatNirHas() throws IOException {
    try (HdfFile file = new HdfFile(written())) {
      assertThat(text(file, "version")).isEqualTo("1.0");
      assertThat(text(file, "node/type")).isEqualTo("NIRGraph");
      assertThat((String[][]) file.getDatasetByPath("node/edges").getData())
          .isDeepEqualTo(
              new String[][] {
                {"input", "affine_1"},
                {"affine_1", "lif_1"},
                {"lif_1", "affine_2"},
                {"affine_2", "lif_2"},
                {"lif_2", "output"}
              });
      assertThat(text(file, "node/nodes/input/type")).isEqualTo("Input");
      assertThat(text(file, "node/nodes/affine_1/type")).isEqualTo("Affine");
      assertThat(text(file, "node/nodes/lif_2/type")).isEqualTo("LIF");
      assertThat(text(file, "node/nodes/output/type")).isEqualTo("Output");
      assertThat((long[]) file.getDatasetByPath("node/nodes/input/shape").getData())
          .containsExactly(6);
      assertThat((long[]) file.getDatasetByPath("node/nodes/output/shape").getData())
          .containsExactly(3);
      assertThat(text(file, "node/metadata/task")).isEqualTo("mnist");
    }
  }

  /** Steps the file's nodes by Euler's method, beside the equation of the perceptron itself. */
  @Test
  void theNodesOfTheFileSpikeAsTheNeuronsDo() throws IOException {
    try (HdfFile file = new HdfFile(written())) {
      double[][] read = new double[SIZES.length][];
      double[][] own = new double[SIZES.length][];
      double[][] ownSpikes = new double[SIZES.length][];
      for (int layer = 0; layer < SIZES.length; layer++) {
        read[layer] = new double[SIZES[layer]];
        own[layer] = new double[SIZES[layer]];
        ownSpikes[layer] = new double[SIZES[layer]];
      }
      int fired = 0;
      for (int step = 0; step < STEPS; step++) {
        double[] spikes = new double[SIZES[0]];
        for (int i = 0; i < spikes.length; i++) {
          spikes[i] = RandomStream.of(3, "spikes", step, i).nextDouble() < 0.4 ? 1 : 0;
        }
        ownSpikes[0] = spikes;
        for (int layer = 1; layer < SIZES.length; layer++) {
          spikes = stepNode(file, layer, spikes, read[layer]);
          stepNeurons(layer, ownSpikes, own[layer]);
          assertThat(spikes).as("step %d, layer %d", step, layer).isEqualTo(ownSpikes[layer]);
          fired += (int) Arrays.stream(spikes).sum();
        }
      }
      assertThat(fired).isBetween(STEPS / 2, STEPS * 7);
    }
  }

  @Test
  void whatNoNodeTakesIsRefused() {
    ParameterLayout recurrent =
        new ParameterLayout.Builder()
            .add("weights-0", Role.WEIGHT, 2, 2)
            .add("recurrent-1", Role.WEIGHT, 2, 2)
            .add("biases-1", Role.BIAS, 2)
            .build();

    assertThatThrownBy(() -> NirGraph.layers(recurrent, new float[10], NEURON))
        .isInstanceOf(UnfitModelException.class)
        .hasMessageContaining("does not say how late it is");
  }

  private Path written() throws IOException {
    ParameterLayout layout = layout();
    TreeMap<String, String> metadata = new TreeMap<>();
    metadata.put("task", "mnist");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<NirGraph.Layer> layers = NirGraph.layers(layout, parameters(), NEURON);
    NirFile.write(new NirGraph(SIZES[0], layers, metadata), out);
    return Files.write(folder.resolve("graph.nir"), out.toByteArray());
  }

  private static ParameterLayout layout() {
    ParameterLayout.Builder layout = new ParameterLayout.Builder();
    for (int l = 0; l + 1 < SIZES.length; l++) {
      layout.add("weights-" + l, Role.WEIGHT, SIZES[l], SIZES[l + 1]);
      layout.add("biases-" + (l + 1), Role.BIAS, SIZES[l + 1]);
    }
    return layout.add("adam-updates", Role.OPTIMISER, 1).build();
  }

  private static float[] parameters() {
    float[] parameters = new float[layout().size()];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) (RandomStream.of(1, "weights", i).nextDouble() - 0.3);
    }
    return parameters;
  }

  /** tau dv/dt = v_leak - v + R I in one step of the length that the file tells. */
  private static double[] stepNode(HdfFile file, int layer, double[] spikes, double[] potential) {
    float[][] weight = (float[][]) data(file, "affine_" + layer + "/weight");
    float[] bias = (float[]) data(file, "affine_" + layer + "/bias");
    float[] tau = (float[]) data(file, "lif_" + layer + "/tau");
    float[] resistance = (float[]) data(file, "lif_" + layer + "/r");
    float[] leak = (float[]) data(file, "lif_" + layer + "/v_leak");
    float[] reset = (float[]) data(file, "lif_" + layer + "/v_reset");
    float[] threshold = (float[]) data(file, "lif_" + layer + "/v_threshold");
    double dt = (double) file.getDatasetByPath("node/metadata/dt").getData();
    double[] fired = new double[potential.length];
    for (int j = 0; j < fired.length; j++) {
      double current = bias[j];
      for (int i = 0; i < spikes.length; i++) {
        current += weight[j][i] * spikes[i];
      }
      potential[j] += dt / tau[j] * (leak[j] - potential[j] + resistance[j] * current);
      if (potential[j] > threshold[j]) {
        fired[j] = 1;
        potential[j] = reset[j];
      }
    }
    return fired;
  }

  private static void stepNeurons(int layer, double[][] spikes, double[] potential) {
    ParameterLayout.Block weights = layout().blocks().get(2 * layer - 2);
    ParameterLayout.Block biases = layout().blocks().get(2 * layer - 1);
    float[] parameters = parameters();
    double[] fired = new double[potential.length];
    for (int j = 0; j < fired.length; j++) {
      double current = parameters[biases.offset() + j];
      for (int i = 0; i < SIZES[layer - 1]; i++) {
        current += parameters[weights.offset() + i * SIZES[layer] + j] * spikes[layer - 1][i];
      }
      potential[j] =
          NEURON.leak() * potential[j] * (1 - spikes[layer][j]) + current - NEURON.inhibition();
      fired[j] = potential[j] > NEURON.threshold() ? 1 : 0;
    }
    spikes[layer] = fired;
  }

  private static Object data(HdfFile file, String node) {
    return file.getDatasetByPath("node/nodes/" + node).getData();
  }

  private static String text(HdfFile file, String path) {
    return (String) file.getDatasetByPath(path).getData();
  }
}
