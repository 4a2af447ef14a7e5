package org.sparksbp.snn;

import java.util.Optional;
import org.sparksbp.kernel.Kernels;
import org.sparksbp.neuron.ShortTermPlasticity;

/** From a neuron's drive to its current: I = sigma(drive), or J in its place. */
final class CurrentFilter {

  private final Optional<ShortTermPlasticity> plasticity;
  private final Kernels kernels;

  CurrentFilter(SnnSettings settings, Kernels kernels) {
    this.plasticity = settings.shortTermPlasticity();
    this.kernels = kernels;
  }

  /** Turns the first {@code length} drives into currents. */
  void driveToCurrent(float[] values, int length) {
    kernels.sigmaInPlace(values, 0, length);
    plasticity.ifPresent(constants -> filter(constants, values, length));
  }

  private static void filter(ShortTermPlasticity c, float[] current, int length) {
    float restingUtilisation = (float) c.restingUtilisation();
    float facilitation = (float) c.facilitation();
    float restingResources = (float) c.restingResources();
    float consumption = (float) c.consumption();
    float restingCurrent = (float) c.restingCurrent();
    for (int i = 0; i < length; i++) {
      float now = current[i];
      float u = restingUtilisation + facilitation * now;
      float x = restingResources - consumption * u * now;
      current[i] = restingCurrent + u * x * now;
    }
  }
}
