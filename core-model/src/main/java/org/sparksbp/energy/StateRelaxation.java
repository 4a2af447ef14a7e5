package org.sparksbp.energy;

import java.util.Arrays;
import org.sparksbp.kernel.Kernels;
import org.sparksbp.kernel.SparseMatrix;
import org.sparksbp.kernel.Transpose;

/**
 * Lets the states of a batch descend in the energy, all layers at once from the same old states:
 *
 * <pre>
 * s_l &lt;- clip(s_l - epsilon dF/ds_l, 0, 1)
 * dF/ds_l = leak_l s_l - drive_l b_l - coupling_{l-1} s_{l-1} W_{l-1}
 *           - feedback coupling_l s_{l+1} W_l^T  [+ 2 beta (s_L - y)]
 * </pre>
 */
final class StateRelaxation {

  private final Energy energy;
  private final EnergyParameters parameters;
  private final float epsilon;
  private final Kernels kernels;

  /** Scaled W_l {@code [N_l, N_l+1]} and W_l^T, for l = 1..L-1 at index l. */
  private final float[][] up;

  private final float[][] down;

  /** What does not change while the states relax, {@code [batch, N_l]} at index l. */
  private final float[][] constant;

  private final float[][] drive;

  StateRelaxation(Energy energy, EnergyParameters parameters, float epsilon, Kernels kernels) {
    this.energy = energy;
    this.parameters = parameters;
    this.epsilon = epsilon;
    this.kernels = kernels;
    int layers = parameters.layers();
    up = new float[layers][0];
    down = new float[layers][0];
    for (int l = 1; l < layers; l++) {
      up[l] = new float[parameters.size(l) * parameters.size(l + 1)];
      down[l] = new float[up[l].length];
    }
    constant = new float[layers + 1][0];
    drive = new float[layers + 1][0];
  }

  /**
   * Takes over the parameters, and what W_0 makes of the input; both are constant while the states
   * relax.
   */
  void feed(SparseMatrix input, int batch) {
    for (int l = 1; l < parameters.layers(); l++) {
      scaleWeights(l);
    }
    for (int l = 1; l <= parameters.layers(); l++) {
      int length = batch * parameters.size(l);
      if (drive[l].length != length) {
        drive[l] = new float[length];
        constant[l] = new float[length];
      }
      Arrays.fill(constant[l], 0f);
    }
    float[] first = constant[1];
    input.multiplyAdd(kernels, parameters.size(1), parameters.inputWeights(), first);
    float scale = epsilon * energy.coupling()[0];
    for (int i = 0; i < first.length; i++) {
      first[i] *= scale;
    }
    for (int l = 1; l <= parameters.layers(); l++) {
      int size = parameters.size(l);
      for (int row = 0; row < batch; row++) {
        float own = epsilon * energy.drive()[l];
        kernels.scaledAdd(size, own, parameters.biases(l), 0, constant[l], row * size);
      }
    }
  }

  private void scaleWeights(int l) {
    float bottomUp = epsilon * energy.coupling()[l];
    float topDown = bottomUp * energy.feedback();
    int lower = parameters.size(l);
    int upper = parameters.size(l + 1);
    float[] transposed = parameters.transposedWeights(l);
    for (int i = 0; i < transposed.length; i++) {
      down[l][i] = topDown * transposed[i];
    }
    Transpose.copy(upper, lower, bottomUp, transposed, 0, up[l], 0);
  }

  /**
   * Free phase.
   *
   * @param states of layer l = 1..L at index l, {@code [batch, N_l]}; changed
   */
  void relax(int steps, float[][] states, int batch) {
    for (int step = 0; step < steps; step++) {
      collectDrives(states, batch);
      move(states);
    }
  }

  /**
   * Weakly clamped phase.
   *
   * @param states of layer l = 1..L at index l, {@code [batch, N_l]}; changed
   * @param targets y, {@code [batch, N_L]}
   */
  void relaxClamped(int steps, float[][] states, int batch, float beta, float[] targets) {
    int last = parameters.layers();
    float pull = epsilon * 2f * beta;
    for (int step = 0; step < steps; step++) {
      collectDrives(states, batch);
      for (int i = 0; i < targets.length; i++) {
        drive[last][i] -= pull * (states[last][i] - targets[i]);
      }
      move(states);
    }
  }

  private void collectDrives(float[][] states, int batch) {
    int layers = parameters.layers();
    for (int l = 1; l <= layers; l++) {
      int size = parameters.size(l);
      System.arraycopy(constant[l], 0, drive[l], 0, drive[l].length);
      if (l > 1) {
        int lower = parameters.size(l - 1);
        kernels.multiplyAdd(batch, lower, size, states[l - 1], up[l - 1], drive[l]);
      }
      if (l < layers) {
        int upper = parameters.size(l + 1);
        kernels.multiplyAdd(batch, upper, size, states[l + 1], down[l], drive[l]);
      }
    }
  }

  private void move(float[][] states) {
    for (int l = 1; l <= parameters.layers(); l++) {
      float keep = 1f - epsilon * energy.leak()[l];
      kernels.keepAndClipInPlace(drive[l].length, keep, drive[l], states[l]);
    }
  }
}
