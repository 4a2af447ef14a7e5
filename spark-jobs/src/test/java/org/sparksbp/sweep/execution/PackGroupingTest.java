package org.sparksbp.sweep.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparksbp.cluster.ClusterDevices.Cards;
import org.sparksbp.config.RunConfiguration;
import org.sparksbp.device.DeviceDescription;
import org.sparksbp.pack.PackPlan;
import org.sparksbp.snn.PlasticityModelType;
import org.sparksbp.sweep.SweepFixture;
import org.sparksbp.sweep.plan.SweepData;
import org.sparksbp.sweep.results.TrialDescription;
import org.sparksbp.training.TrainingFixture;

class PackGroupingTest {

  private static final long CARD = 1L << 36;

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
                request("model = snn, network.hidden = [5], training.batch = 7"),
                request("model = snn, training.limit = 20"),
                request("model = snn, evaluation.limit = 5")))
        .containsExactly(1, 1, 1, 1, 1, 1);
  }

  @Test
  void trialsGoTogetherThatAreNoNeighbours() throws IOException {
    TrialRequest[] requests = {
      request("model = rbm, seed = 1"),
      request("model = snn, seed = 1"),
      request("model = rbm, seed = 2"),
      request("model = snn, seed = 2")
    };

    List<List<TrialRequest>> groups = grouping(OptionalInt.empty(), 1, CARD).groups(all(requests));

    assertThat(groups)
        .containsExactly(List.of(requests[0], requests[2]), List.of(requests[1], requests[3]));
  }

  @Test
  void everyCardGetsAsManyAsTheOthersAndNoneMoreThanFillIt() throws IOException {
    List<TrialRequest> requests = seeds("model = rbm", 70);

    assertThat(sizes(grouping(OptionalInt.empty(), 1, CARD), requests)).containsExactly(64, 6);
    assertThat(sizes(grouping(OptionalInt.empty(), 4, CARD), requests))
        .containsExactly(18, 18, 18, 16);
    assertThat(sizes(grouping(OptionalInt.of(10), 4, CARD), requests)).containsOnly(10);
    assertThat(grouping(OptionalInt.empty(), 4, CARD).handedOut()).isEqualTo(256);
    assertThat(grouping(OptionalInt.of(1), 4, CARD).handedOut()).isZero();
  }

  @Test
  void noMoreGoTogetherThanTheCardHasMemoryFor() throws IOException {
    List<TrialRequest> requests = seeds("model = snn, network.hidden = [6]", 9);
    PackPlan plan =
        new PlasticityModelType().plan(requests.get(0).configuration(), TrainingFixture.SHAPE);
    long ofThree = 3 * (plan.bytesPerMember() + 1024 * plan.bytesPerRow());

    // Half of the card is for members; three fit where a task has it alone, one where two share it.
    assertThat(sizes(grouping(OptionalInt.empty(), 1, 2 * ofThree), requests))
        .containsExactly(3, 3, 3);
    assertThat(
            sizes(
                new PackGrouping(
                    new Configuration(),
                    Map.of("mnist", data),
                    new PackCapacity(
                        OptionalInt.empty(),
                        () -> Optional.of(new Cards(1, 2, card(2 * ofThree))))),
                requests))
        .containsOnly(1);
  }

  @Test
  void withoutACardEachTrialGoesAlone() throws IOException {
    PackGrouping grouping =
        new PackGrouping(
            new Configuration(),
            Map.of("mnist", data),
            new PackCapacity(OptionalInt.empty(), Optional::empty));

    assertThat(sizes(grouping, seeds("model = rbm", 3))).containsExactly(1, 1, 1);
    assertThat(grouping.handedOut()).isZero();
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
    return sizes(grouping(OptionalInt.of(most), 1, CARD), all(requests));
  }

  private static List<Integer> sizes(PackGrouping grouping, List<TrialRequest> requests)
      throws IOException {
    List<List<TrialRequest>> groups = grouping.groups(requests);
    assertThat(groups.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(requests);
    return groups.stream().map(List::size).toList();
  }

  private PackGrouping grouping(OptionalInt limit, int cards, long bytes) {
    Cards all = new Cards(cards, 1, card(bytes));
    return new PackGrouping(
        new Configuration(),
        Map.of("mnist", data),
        new PackCapacity(limit, () -> Optional.of(all)));
  }

  private static DeviceDescription card(long bytes) {
    return new DeviceDescription("card", "1", bytes, bytes, 1 << 15, 256, 8);
  }

  private static List<TrialRequest> all(TrialRequest... requests) {
    return List.of(requests);
  }

  private static List<TrialRequest> seeds(String settings, int count) {
    return IntStream.range(0, count).mapToObj(n -> request(settings + ", seed = " + n)).toList();
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
        false,
        "");
  }
}
