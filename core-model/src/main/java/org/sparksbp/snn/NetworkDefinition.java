package org.sparksbp.snn;

import org.sparksbp.learner.LayerSizes;
import org.sparksbp.learner.ParameterLayout;
import org.sparksbp.neuron.DalesLaw;
import org.sparksbp.random.RandomStream;

/**
 * A network before it has learned anything.
 *
 * @param settings constants of the equations
 * @param sizes N_0 .. N_L
 * @param inhibitory for each layer and neuron whether it is inhibitory
 */
record NetworkDefinition(SnnSettings settings, int[] sizes, boolean[][] inhibitory) {

  /** The random draw of a hidden-facing matrix under Dale's law is shifted by share + this. */
  private static final double DALE_SHIFT = 0.35;

  static NetworkDefinition of(SnnSettings settings, int channels, int outputs) {
    int[] sizes = LayerSizes.of(channels, settings.hidden(), outputs).toArray();
    return new NetworkDefinition(
        settings, sizes, DalesLaw.inhibitory(settings.seed(), settings.inhibitoryShare(), sizes));
  }

  /** L, number of weight matrices. */
  int matrices() {
    return sizes.length - 1;
  }

  boolean daleLaw() {
    return settings.inhibitoryShare() > 0;
  }

  /** {@code weights-0 .. weights-(L-1)}, then {@code biases-1 .. biases-L}. */
  ParameterLayout layout() {
    ParameterLayout.Builder layout = new ParameterLayout.Builder();
    for (int l = 0; l < matrices(); l++) {
      layout.add("weights-" + l, ParameterLayout.Role.WEIGHT, sizes[l], sizes[l + 1]);
    }
    for (int l = 1; l < sizes.length; l++) {
      layout.add("biases-" + l, ParameterLayout.Role.BIAS, sizes[l]);
    }
    return layout.build();
  }

  /**
   * Weights uniform in +-s_l sqrt(6/(N_l + N_{l+1})) with s_l the matrix's start scale, biases 0.
   * Under Dale's law the draw of hidden-facing matrices is shifted and each row gets its neuron's
   * sign.
   */
  float[] initialParameters() {
    float[] parameters = new float[layout().size()];
    int at = 0;
    for (int l = 0; l < matrices(); l++) {
      RandomStream random = RandomStream.of(settings.seed(), "initial-weights", l);
      double bound = settings.startScale(l) * Math.sqrt(6.0 / (sizes[l] + sizes[l + 1]));
      boolean shifted = daleLaw() && l + 1 < matrices();
      double shift = shifted ? settings.inhibitoryShare() + DALE_SHIFT : 0.5;
      for (int i = 0; i < sizes[l]; i++) {
        for (int j = 0; j < sizes[l + 1]; j++) {
          double weight = 2 * bound * (random.nextDouble() - shift);
          if (daleLaw()) {
            weight = inhibitory[l][i] ? -Math.abs(weight) : Math.abs(weight);
          }
          parameters[at++] = (float) weight;
        }
      }
    }
    return parameters;
  }
}
