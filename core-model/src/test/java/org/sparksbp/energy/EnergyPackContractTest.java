package org.sparksbp.energy;

import org.sparksbp.learner.Learner;
import org.sparksbp.pack.TestDevice;

/** The same on a device. */
class EnergyPackContractTest extends EnergyRules {

  @Override
  Learner learner(String settings) {
    return TestPacks.of(TestDevice.open(), settings).member(0);
  }

  /** A trace is computed on the processor and so differs by rounding. */
  @Override
  float traceTolerance() {
    return 1e-5f;
  }
}
