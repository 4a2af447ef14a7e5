package org.sparksbp.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The width of this machine's vectors, and room for the ends of arrays that do not fill one.
 *
 * <p>Masked loads and stores are slow on JDK 17, so no kernel uses them: the end of a row is copied
 * into a pad, worked on there as a whole vector, and copied back. Whatever lies in the lanes behind
 * the end never mixes with the lanes before it.
 */
final class Lanes {

  /** At most as wide as {@link LaneSums} has partial sums. */
  static final VectorSpecies<Float> SPECIES =
      FloatVector.SPECIES_PREFERRED.length() > LaneSums.SUMS
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;

  static final int COUNT = SPECIES.length();

  private static final int PADS = 16;
  private static final ThreadLocal<float[]> PAD =
      ThreadLocal.withInitial(() -> new float[Math.max(PADS * COUNT, 4 * LaneSums.SUMS)]);

  private Lanes() {}

  /** Room for 16 vectors, and for 64 floats, that belongs to this thread; holds anything. */
  static float[] pad() {
    return PAD.get();
  }

  static FloatVector load(float[] x, int at) {
    return FloatVector.fromArray(SPECIES, x, at);
  }

  static FloatVector broadcast(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  static void copy(int length, float[] from, int fromOffset, float[] to, int toOffset) {
    for (int i = 0; i < length; i++) {
      to[toOffset + i] = from[fromOffset + i];
    }
  }
}
