package org.sparksbp.spikingmlp;

import java.util.List;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.pack.LearnerPack;
import org.sparksbp.pack.TestDevice;

/** The same on a device. */
class SpikingMlpPackContractTest extends SpikingMlpRules {

  @Override
  Learner learner(String settings, int trainSteps) {
    return LearnerPack.of(
            new SpikingMlpModelType(),
            TestDevice.open(),
            List.of(TestNetworks.configuration(settings)),
            new NetworkShape(TestNetworks.CHANNELS, TestNetworks.OUTPUTS, trainSteps))
        .member(0);
  }
}
