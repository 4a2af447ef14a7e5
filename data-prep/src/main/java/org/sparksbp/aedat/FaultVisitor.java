package org.sparksbp.aedat;

import java.io.IOException;

/** Receives what had to be skipped. */
@FunctionalInterface
public interface FaultVisitor {

  /**
   * Takes note of a fault.
   *
   * @param position where in the file, for example {@code byte 9662157}
   * @param reason what is wrong there
   */
  void fault(String position, String reason) throws IOException;
}
