package org.sparksbp.snn;

import java.util.function.IntFunction;

/** Looks at the network between its phases. */
@FunctionalInterface
interface PhaseObserver {

  PhaseObserver NONE = (phase, membrane, activity) -> {};

  /**
   * @param phase that has ended
   * @param membrane membrane potentials at the end of the spiking phase of layer 1..L, {@code
   *     [batch, N_l]} row by row
   * @param activity present activities of layer 1..L, {@code [batch, N_l]} row by row
   */
  void ended(Phase phase, IntFunction<double[]> membrane, IntFunction<double[]> activity);
}
