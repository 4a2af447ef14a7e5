package org.sparksbp.aedat;

import java.io.IOException;

/** Receives what had to be skipped. */
@FunctionalInterface
public interface FaultVisitor {

  /**
   * Takes note of a fault.
   *
   * @param events how many events are lost to it, at least 1
   * @param position where in the file the first one is, for example {@code byte 9662157}
   * @param reason what is wrong there
   */
  void fault(long events, String position, String reason) throws IOException;
}
