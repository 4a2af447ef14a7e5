package org.sparksbp.energy;

import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.LayerSizes;

/** What a member of a pack computes with, in the order that {@code network.cl} names. */
final class EnergyMember {

  private final EnergySettings settings;
  private final Energy energy;
  private final ParameterScales scales;
  private final EnergyWork work;
  private final int layers;

  EnergyMember(EnergySettings settings, LayerSizes sizes) {
    this.settings = settings;
    energy = Energy.of(settings);
    scales = ParameterScales.of(settings);
    work = EnergyWork.of(settings, sizes, scales.firstLearned());
    layers = sizes.matrices();
  }

  EnergyWork work() {
    return work;
  }

  /** Four numbers for each layer or matrix, {@code [4, L + 1]}. */
  float[] constants() {
    int count = layers + 1;
    float[] constants = new float[4 * count];
    float epsilon = settings.epsilon();
    for (int l = 0; l < count; l++) {
      float coupling = l < layers ? epsilon * energy.coupling()[l] : 0f;
      constants[l] = 1f - epsilon * energy.leak()[l];
      constants[count + l] = epsilon * energy.drive()[l];
      constants[2 * count + l] = coupling;
      constants[3 * count + l] = coupling * energy.feedback();
    }
    return constants;
  }

  /** Scalars of a batch of a network with so many matrices. */
  static int scalars(int layers) {
    return 1 + 2 * layers;
  }

  /** Writes a batch's scalars; those of parameters that do not learn are 0. */
  void describe(int samples, BatchPosition position, float[] scalars, int first) {
    float beta = settings.signedBeta(position);
    scalars[first] = settings.epsilon() * 2f * beta;
    for (int l = scales.firstLearned(); l < layers; l++) {
      scalars[first + 1 + l] =
          ContrastiveUpdate.scale(scales.weights()[l], beta, samples) * energy.coupling()[l];
      scalars[first + 1 + layers + l] =
          ContrastiveUpdate.scale(scales.biases()[l + 1], beta, samples) * energy.drive()[l + 1];
    }
  }
}
