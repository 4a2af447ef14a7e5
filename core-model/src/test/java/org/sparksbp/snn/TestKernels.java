package org.sparksbp.snn;

import java.util.List;
import org.sparksbp.kernel.Kernels;
import org.sparksbp.kernel.PlainKernels;

/** The kernels that every test of the array path runs on. */
final class TestKernels {

  private TestKernels() {}

  static List<Kernels> available() {
    return List.of(new PlainKernels());
  }
}
