package org.sparksbp.benchmark;

import java.util.List;
import org.sparksbp.kernel.KernelChoice;

/** The versions of the inner loops that this process can run. */
final class Variants {

  private static final String PLAIN = "plain";
  private static final String VECTOR = "vector";

  private Variants() {}

  /** Values of {@code compute.kernels}, slowest first. */
  static List<String> kernels() {
    return KernelChoice.vectorAvailable() ? List.of(PLAIN, VECTOR) : List.of(PLAIN);
  }

  /** The kernels that a run without settings takes: targets are for these. */
  static String chosen() {
    return KernelChoice.named("auto").name();
  }
}
