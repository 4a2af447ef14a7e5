package org.sparksbp.exchange;

import java.io.Serializable;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the workers of one Spark job know each other by. Whoever does not know the secret is
 * refused.
 *
 * @param secret random, hexadecimal
 * @param workers that meet
 * @param oneProcess whether all are in one process, and none needs a connection
 * @param doorways host and port where workers are let in, by process, as far as they are known
 */
public record Meeting(
    String secret, int workers, boolean oneProcess, TreeMap<String, String> doorways)
    implements Serializable {

  /** Characters of a secret. */
  static final int SECRET_LENGTH = 64;

  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * Calls a meeting that no one knows of yet.
   *
   * @param doorways what {@link DirectAverage#doorway} has said in earlier ones
   */
  public static Meeting call(int workers, boolean oneProcess, Map<String, String> doorways) {
    byte[] secret = new byte[SECRET_LENGTH / 2];
    RANDOM.nextBytes(secret);
    return new Meeting(
        HexFormat.of().formatHex(secret), workers, oneProcess, new TreeMap<>(doorways));
  }

  @Override
  public String toString() {
    return "Meeting of " + workers;
  }
}
