package org.sparksbp.exchange;

import java.io.Serializable;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What the workers of one Spark job know each other by. Whoever does not know the secret is
 * refused.
 *
 * @param secret random, hexadecimal
 * @param workers that meet
 * @param oneProcess whether all are in the process that called the meeting, and none needs a
 *     connection
 */
public record Meeting(String secret, int workers, boolean oneProcess) implements Serializable {

  private static final int SECRET_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Calls a meeting that no one knows of yet. */
  public static Meeting call(int workers, boolean oneProcess) {
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    Meeting meeting = new Meeting(HexFormat.of().formatHex(secret), workers, oneProcess);
    if (oneProcess) {
      ProcessLink.open(meeting);
    }
    return meeting;
  }

  /** Ends the meeting for whoever is still there. */
  public void end() {
    ProcessLink.forget(this);
  }

  @Override
  public String toString() {
    return "Meeting of " + workers;
  }
}
