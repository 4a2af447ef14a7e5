package org.sparksbp.neuron;

import org.sparksbp.random.RandomStream;

/** Dale's law: a neuron either excites or inhibits all of its targets. */
public final class DalesLaw {

  /** How strongly an update that works against a weight's sign acts, relative to the weight. */
  public static final double OPPOSED_UPDATE_FACTOR = -0.1;

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
   * The change that is made in place of {@code change} to the weight of an output synapse: a change
   * whose sign opposes the weight's is replaced by -0.1 times weight times change.
   */
  public static float restrained(float weight, float change) {
    return weight * change < 0 ? (float) OPPOSED_UPDATE_FACTOR * weight * change : change;
  }
}
