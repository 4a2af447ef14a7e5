package org.sparksbp.allreduce;

import java.io.Serializable;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the workers of one Spark job find each other by. A peer that does not know the secret is
 * refused.
 *
 * @param secret random, hexadecimal; no two rendezvous have the same
 * @param workers that take part
 * @param oneProcess whether all are in one process, and none needs a connection
 * @param listeners host and port of the peer listeners, by executor, as far as they are known
 */
public record Rendezvous(
    String secret, int workers, boolean oneProcess, TreeMap<String, String> listeners)
    implements Serializable {

  /** Characters of a secret. */
  static final int SECRET_LENGTH = 64;

  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * A rendezvous that no one knows of yet.
   *
   * @param listeners what {@link AllReduce#listener} has said in earlier ones
   */
  public static Rendezvous create(int workers, boolean oneProcess, Map<String, String> listeners) {
    byte[] secret = new byte[SECRET_LENGTH / 2];
    RANDOM.nextBytes(secret);
    return new Rendezvous(
        HexFormat.of().formatHex(secret), workers, oneProcess, new TreeMap<>(listeners));
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "Rendezvous of " + workers + " workers";
  }
}
