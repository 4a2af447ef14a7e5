package org.sparksbp.sweep.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.config.RunConfiguration;
import org.sparksbp.sweep.SweepFixture;
import org.sparksbp.sweep.plan.SweepData;
import org.sparksbp.sweep.results.TrialDescription;

class PackGroupingTest {

  @TempDir Path folder;

  private SweepData data;

  @BeforeEach
  void prepare() throws IOException {
    data = SweepFixture.data(folder.resolve("shards"), 30, 12);
  }

  @Test
  void trialsThatDifferInRuleConstantsAndSeedGoTogether() throws IOException {
    assertThat(
            sizes(
                4,
                request("model = snn, rule = sbp, seed = 1"),
                request("model = snn, rule = symmetric-stdp, seed = 2"),
                request("model = snn, rule = sbp, snn.alpha = [0.3, 0.1]")))
        .containsExactly(3);
  }

  @Test
  void aGroupHasNoMoreThanItMayAndAnotherBeginsBehindIt() throws IOException {
    assertThat(
            sizes(
                2,
                request("model = rbm, seed = 1"),
                request("model = rbm, seed = 2"),
                request("model = rbm, seed = 3")))
        .containsExactly(2, 1);
  }

  @Test
  void otherModelsSizesAndBatchesDoNotGoTogether() throws IOException {
    assertThat(
            sizes(
                8,
                request("model = rbm"),
                request("model = snn"),
                request("model = snn, network.hidden = [5]"),
                request("model = snn, network.hidden = [5], training.batch = 7")))
        .containsExactly(1, 1, 1, 1);
  }

  @Test
  void trialsOnProcessorsAndThoseThatNoCardComputesGoAlone() throws IOException {
    assertThat(
            sizes(
                8,
                request("model = snn, compute.device = cpu"),
                request("model = snn, compute.device = cpu"),
                request("model = bp-ann, rule = bp"),
                request("model = bp-ann, rule = bp")))
        .containsExactly(1, 1, 1, 1);
  }

  private List<Integer> sizes(int most, TrialRequest... requests) throws IOException {
    PackGrouping grouping = new PackGrouping(new Configuration(), Map.of("mnist", data), most);
    List<TrialRequest> inOrder = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    for (List<TrialRequest> group : grouping.groups(List.of(requests))) {
      inOrder.addAll(group);
      sizes.add(group.size());
    }
    assertThat(inOrder).containsExactly(requests);
    return sizes;
  }

  private static TrialRequest request(String settings) {
    TrialDescription about =
        new TrialDescription(settings, "test", 0, "", 1, "mnist", "", "", new TreeMap<>(), "", "");
    String all = "task = mnist, compute.device = gpu, rule = sbp, " + settings;
    return new TrialRequest(
        about,
        ConfigFactory.parseString(all)
            .withFallback(RunConfiguration.builder().set("task=mnist").build().config()),
        1,
        false);
  }
}
