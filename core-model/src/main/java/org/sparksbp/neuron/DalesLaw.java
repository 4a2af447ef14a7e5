package org.sparksbp.neuron;

import org.sparksbp.random.RandomStream;

/** Dale's law: a neuron either excites or inhibits all of its targets. */
public final class DalesLaw {

  /** What replaces a change against the weight's sign, in weights. */
  public static final double OPPOSED_CHANGE = -0.1;

  private DalesLaw() {}

  /**
   * Chooses the inhibitory neurons of every layer.
   *
   * @param seed the run's seed
   * @param share of each layer's neurons that is inhibitory, 0 to 1; rounded to whole neurons
   * @param sizes N_0 .. N_L
   * @return for each layer and neuron whether it is inhibitory
   */
  public static boolean[][] inhibitory(long seed, double share, int... sizes) {
    boolean[][] inhibitory = new boolean[sizes.length][];
    for (int layer = 0; layer < sizes.length; layer++) {
      inhibitory[layer] = new boolean[sizes[layer]];
      int count = Math.toIntExact(Math.round(share * sizes[layer]));
      int[] order = RandomStream.of(seed, "inhibitory-neurons", layer).permutation(sizes[layer]);
      for (int i = 0; i < count; i++) {
        inhibitory[layer][order[i]] = true;
      }
    }
    return inhibitory;
  }

  /**
   * The change of an output synapse's weight: one that would work against the weight's sign is
   * replaced by a tenth of the weight towards 0.
   *
   * @param weight before the change
   * @param change alpha_l times the rule's element
   */
  public static float restrained(float weight, float change) {
    return weight * change < 0 ? (float) OPPOSED_CHANGE * weight : change;
  }
}
