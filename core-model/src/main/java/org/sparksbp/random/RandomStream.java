package org.sparksbp.random;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * A generator whose whole sequence is determined by a key: a seed and what the numbers are for.
 *
 * <p>SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014). All further draws ({@code nextFloat}, {@code nextGaussian}, ...) come
 * from {@link RandomGenerator}.
 */
public final class RandomStream implements RandomGenerator {

  private static final long GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  private RandomStream(long state) {
    this.state = state;
  }

  /**
   * The stream of a purpose.
   *
   * @param seed the run's seed
   * @param purpose what is drawn, for example {@code "initial-weights"}
   * @param coordinates where it is drawn: epoch, round, partition, batch, layer
   */
  public static RandomStream of(long seed, String purpose, long... coordinates) {
    long state = mix(seed + GAMMA);
    for (byte letter : purpose.getBytes(StandardCharsets.UTF_8)) {
      state = mix(state + GAMMA + letter);
    }
    for (long coordinate : coordinates) {
      state = mix(state ^ mix(coordinate + GAMMA)) + GAMMA;
    }
    return new RandomStream(state);
  }

  @Override
  public long nextLong() {
    state += GAMMA;
    return mix(state);
  }

  /**
   * What the stream counts, as it will be when so many more numbers have been drawn. The k-th
   * number behind a counter c is {@code mix(c + k gamma)}, k from 1, so that whoever has the
   * counter can draw them in any order, a graphics card all at once.
   */
  public long counterAfter(long draws) {
    return state + draws * GAMMA;
  }

  /** An order of 0..size-1, each equally likely (Fisher-Yates). */
  public int[] permutation(int size) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int other = nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
