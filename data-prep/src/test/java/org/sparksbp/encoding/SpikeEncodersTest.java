package org.sparksbp.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.sparksbp.spike.SpikeTrain;

class SpikeEncodersTest {

  @Property(tries = 200)
  void regularRateIsTheIntensityToHalfAStep(
      @ForAll @Size(min = 1, max = 20) List<@FloatRange(max = 1) Float> intensities,
      @ForAll @IntRange(min = 1, max = 100) int steps) {
    SpikeTrain train = SpikeEncoders.named("regular", steps, 1).encode("a", array(intensities));
    float[] rates = new float[intensities.size()];
    train.rates(rates, 0);
    for (int i = 0; i < rates.length; i++) {
      assertThat((double) rates[i]).isCloseTo(intensities.get(i), within(1.0 / (2 * steps) + 1e-6));
    }
  }

  @Property(tries = 200)
  void regularSpikesAreSpreadEvenly(
      @ForAll @FloatRange(min = 0.05f, max = 1) float intensity,
      @ForAll @IntRange(min = 2, max = 100) int steps) {
    List<Integer> times = times(SpikeEncoders.named("regular", steps, 1), intensity);
    int shortest = Integer.MAX_VALUE;
    int longest = 0;
    for (int i = 1; i < times.size(); i++) {
      shortest = Math.min(shortest, times.get(i) - times.get(i - 1));
      longest = Math.max(longest, times.get(i) - times.get(i - 1));
    }
    if (times.size() > 2) {
      assertThat(longest - shortest).isLessThanOrEqualTo(1);
    }
  }

  @Property(tries = 200)
  void latencyGivesOneSpikeEarlierForBrighter(
      @ForAll @FloatRange(min = 0.01f, max = 1) float first,
      @ForAll @FloatRange(min = 0.01f, max = 1) float second,
      @ForAll @IntRange(min = 1, max = 100) int steps) {
    SpikeEncoder latency = SpikeEncoders.named("latency", steps, 1);
    assertThat(times(latency, first)).hasSize(1);
    int ofBrighter = times(latency, Math.max(first, second)).get(0);
    int ofDarker = times(latency, Math.min(first, second)).get(0);
    assertThat(ofBrighter).isLessThanOrEqualTo(ofDarker);
  }

  @Example
  void latencyCoversAllStepsAndLeavesOutZero() {
    SpikeEncoder latency = SpikeEncoders.named("latency", 10, 1);
    assertThat(times(latency, 0f)).isEmpty();
    assertThat(times(latency, 1f)).containsExactly(0);
    assertThat(times(latency, 0.001f)).containsExactly(9);
  }

  @Property(tries = 50)
  void directRepeatsTheVectorInEveryStep(
      @ForAll @Size(min = 1, max = 20) List<Boolean> bits,
      @ForAll @IntRange(min = 1, max = 30) int steps) {
    float[] vector = new float[bits.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = bits.get(i) ? 1f : 0f;
    }
    float[] rates = new float[vector.length];
    SpikeTrain train = SpikeEncoders.named("direct", steps, 1).encode("a", vector);
    train.rates(rates, 0);
    assertThat(rates).containsExactly(vector);
    assertThat(train.steps()).isEqualTo(steps);
  }

  @Property(tries = 20)
  void bernoulliRateApproachesTheIntensity(
      @ForAll @FloatRange(max = 1) float intensity, @ForAll long seed) {
    int steps = 4000;
    int spikes = times(SpikeEncoders.named("bernoulli", steps, seed), intensity).size();
    // Five standard deviations of a binomial distribution, at most 0.5 / sqrt(4000) each.
    assertThat(spikes / (double) steps).isCloseTo(intensity, within(0.04));
  }

  @Example
  void bernoulliFollowsFromSeedAndSampleIdAlone() {
    float[] intensities = new float[50];
    java.util.Arrays.fill(intensities, 0.5f);
    SpikeTrain train = SpikeEncoders.named("bernoulli", 20, 7).encode("a", intensities);
    assertThat(SpikeEncoders.named("bernoulli", 20, 7).encode("a", intensities)).isEqualTo(train);
    assertThat(SpikeEncoders.named("bernoulli", 20, 8).encode("a", intensities))
        .isNotEqualTo(train);
    assertThat(SpikeEncoders.named("bernoulli", 20, 7).encode("b", intensities))
        .isNotEqualTo(train);
  }

  @Example
  void anUnknownEncoderListsTheKnownOnes() {
    assertThatThrownBy(() -> SpikeEncoders.named("phase", 10, 1))
        .hasMessage("Invalid encoder: phase, must be one of bernoulli, direct, latency, regular");
    assertThatThrownBy(() -> SpikeEncoders.named("regular", 0, 1))
        .hasMessage("Invalid steps: 0, must be at least 1");
  }

  private static List<Integer> times(SpikeEncoder encoder, float intensity) {
    List<Integer> times = new ArrayList<>();
    encoder.encode("a", new float[] {intensity}).forEach((step, channel) -> times.add(step));
    return times;
  }

  private static float[] array(List<Float> values) {
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }
}
