package org.sparksbp.energy;

import java.util.Arrays;
import org.sparksbp.kernel.Kernels;

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
  private final float[][] bottomUp;
  private final float[][] topDown;

  StateRelaxation(Energy energy, EnergyParameters parameters, float epsilon, Kernels kernels) {
    this.energy = energy;
    this.parameters = parameters;
    this.epsilon = epsilon;
    this.kernels = kernels;
    this.bottomUp = new float[parameters.layers() + 1][0];
    this.topDown = new float[parameters.layers() + 1][0];
  }

  /** What W_0 makes of the input; constant while the states relax. */
  void feed(SparseInput input, int batch) {
    for (int l = 1; l <= parameters.layers(); l++) {
      int length = batch * parameters.size(l);
      if (bottomUp[l].length != length) {
        bottomUp[l] = new float[length];
        topDown[l] = new float[length];
      }
    }
    Arrays.fill(bottomUp[1], 0f);
    input.multiplyAdd(kernels, parameters.inputWeights(), parameters.size(1), bottomUp[1]);
  }

  /**
   * Free phase.
   *
   * @param states of layer l = 1..L at index l, {@code [batch, N_l]}; changed
   */
  void relax(int steps, float[][] states, int batch) {
    for (int step = 0; step < steps; step++) {
      collectDrives(states, batch);
      moveHidden(states, batch);
      moveOutput(states[parameters.layers()], batch);
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
    float[] pull = topDown[last];
    for (int step = 0; step < steps; step++) {
      collectDrives(states, batch);
      moveHidden(states, batch);
      for (int i = 0; i < pull.length; i++) {
        pull[i] = epsilon * 2f * beta * (states[last][i] - targets[i]);
      }
      moveOutputAgainst(pull, states[last], batch);
    }
  }

  private void collectDrives(float[][] states, int batch) {
    for (int l = 1; l < parameters.layers(); l++) {
      float[] transposed = parameters.transposedWeights(l);
      int lower = parameters.size(l);
      int upper = parameters.size(l + 1);
      Arrays.fill(bottomUp[l + 1], 0f);
      kernels.multiplyTransposedAdd(batch, lower, upper, states[l], transposed, bottomUp[l + 1]);
      Arrays.fill(topDown[l], 0f);
      kernels.multiplyAdd(batch, upper, lower, states[l + 1], transposed, topDown[l]);
    }
  }

  private void moveHidden(float[][] states, int batch) {
    for (int l = 1; l < parameters.layers(); l++) {
      float keep = 1f - epsilon * energy.leak()[l];
      float ownDrive = epsilon * energy.drive()[l];
      float up = epsilon * energy.coupling()[l - 1];
      float down = epsilon * energy.feedback() * energy.coupling()[l];
      int size = parameters.size(l);
      for (int row = 0; row < batch; row++) {
        move(
            size,
            row * size,
            states[l],
            keep,
            parameters.biases(l),
            ownDrive,
            bottomUp[l],
            up,
            topDown[l],
            down);
      }
    }
  }

  private void moveOutput(float[] output, int batch) {
    Arrays.fill(topDown[parameters.layers()], 0f);
    moveOutputAgainst(topDown[parameters.layers()], output, batch);
  }

  private void moveOutputAgainst(float[] pull, float[] output, int batch) {
    int last = parameters.layers();
    float keep = 1f - epsilon * energy.leak()[last];
    float ownDrive = epsilon * energy.drive()[last];
    float up = epsilon * energy.coupling()[last - 1];
    int size = parameters.size(last);
    for (int row = 0; row < batch; row++) {
      move(
          size,
          row * size,
          output,
          keep,
          parameters.biases(last),
          ownDrive,
          bottomUp[last],
          up,
          pull,
          -1f);
    }
  }

  /** One row's {@code s = clip(keep s + ownDrive b + up u + down d, 0, 1)}. */
  private static void move(
      int size,
      int offset,
      float[] state,
      float keep,
      float[] bias,
      float ownDrive,
      float[] fromBelow,
      float up,
      float[] fromAbove,
      float down) {
    for (int i = 0; i < size; i++) {
      float moved =
          keep * state[offset + i]
              + ownDrive * bias[i]
              + up * fromBelow[offset + i]
              + down * fromAbove[offset + i];
      state[offset + i] = Math.min(1f, Math.max(0f, moved));
    }
  }
}
