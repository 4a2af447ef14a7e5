package org.sparksbp.benchmark.device;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.List;
import org.sparksbp.config.RunConfiguration;

/**
 * Networks that learn side by side.
 *
 * @param model its name
 * @param rule that it learns by
 * @param hidden neurons of its hidden layer
 * @param batch samples of a batch; 0: as the study has it
 * @param pack members
 */
record DeviceWorkload(String model, String rule, int hidden, int batch, int pack) {

  /** All that is asked for, the study's sizes first. */
  static List<DeviceWorkload> of(DeviceEffort effort) {
    List<DeviceWorkload> all = new ArrayList<>();
    for (String name : effort.models()) {
      String[] words = name.split("/");
      effort
          .packs()
          .forEach(
              pack -> all.add(new DeviceWorkload(words[0], words[1], effort.hidden(), 0, pack)));
    }
    for (String name : effort.models()) {
      String[] words = name.split("/");
      effort
          .large()
          .forEach(
              large ->
                  all.add(new DeviceWorkload(words[0], words[1], large, effort.largeBatch(), 1)));
    }
    return all;
  }

  /** In words. */
  String shown() {
    return model
        + ", "
        + rule
        + ", hidden "
        + hidden
        + (batch > 0 ? ", batch " + batch : "")
        + ", pack of "
        + pack;
  }

  /** The members' whole configurations, which differ in their seeds. */
  List<Config> configurations() {
    Config one = configuration();
    List<Config> all = new ArrayList<>();
    for (int member = 0; member < pack; member++) {
      all.add(one.withValue("seed", ConfigValueFactory.fromAnyRef(member + 1, "benchmark")));
    }
    return all;
  }

  private Config configuration() {
    RunConfiguration.Builder builder = RunConfiguration.builder().dataTask("mnist");
    builder.set("model=" + model);
    builder.set("rule=" + rule);
    builder.set("network.hidden=[" + hidden + "]");
    if (batch > 0) {
      builder.set("training.batch=" + batch);
    }
    return builder.build().config();
  }
}
