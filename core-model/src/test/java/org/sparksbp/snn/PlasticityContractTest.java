package org.sparksbp.snn;

import com.typesafe.config.ConfigFactory;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.ModelType;
import org.sparksbp.learner.NetworkShape;

class PlasticityContractTest extends PlasticityRules {

  @Override
  protected Learner learner(String settings) {
    return ModelType.named("snn")
        .create(
            ConfigFactory.parseString("network.hidden = [20, 9], " + settings)
                .withFallback(ConfigFactory.load()),
            new NetworkShape(12, 3, 4));
  }
}
