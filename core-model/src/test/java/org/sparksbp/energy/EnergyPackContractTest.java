package org.sparksbp.energy;

import org.sparksbp.learner.Learner;
import org.sparksbp.pack.TestDevice;

/** The same on a device. */
class EnergyPackContractTest extends EnergyRules {

  @Override
  protected Learner learner(String settings) {
    return TestPacks.of(TestDevice.open(), settings).member(0);
  }

  @Override
  protected boolean tracesElsewhere() {
    return true;
  }
}
