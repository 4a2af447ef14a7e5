package org.sparksbp.snn;

import com.typesafe.config.ConfigFactory;
import java.util.List;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.pack.LearnerPack;
import org.sparksbp.pack.TestDevice;

/** The same on a device. */
class PlasticityPackContractTest extends PlasticityRules {

  @Override
  protected Learner learner(String settings) {
    return LearnerPack.of(
            new PlasticityModelType(),
            TestDevice.open(),
            List.of(
                ConfigFactory.parseString("network.hidden = [20, 9], " + settings)
                    .withFallback(ConfigFactory.load())),
            new NetworkShape(12, 3, 4))
        .member(0);
  }

  @Override
  protected boolean tracesElsewhere() {
    return true;
  }
}
