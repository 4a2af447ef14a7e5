package org.sparksbp.energy;

import org.sparksbp.learner.Learner;

class EnergyContractTest extends EnergyRules {

  @Override
  protected Learner learner(String settings) {
    return EnergyLearnerTest.learner(settings);
  }
}
