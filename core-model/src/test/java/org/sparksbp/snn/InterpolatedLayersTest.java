package org.sparksbp.snn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.ConfigFactory;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparksbp.kernel.Kernels;
import org.sparksbp.kernel.PlainKernels;
import org.sparksbp.random.RandomStream;

/** The spiking phase from currents at a few nodes against all of its steps. */
class InterpolatedLayersTest {

  private static final int BATCH = 3;
  private static final int CHANNELS = 7;
  private static final int OUTPUTS = 5;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "network.hidden = [40]",
        "network.hidden = [40, 30]",
        "network.hidden = [40, 600, 20]",
        "network.hidden = [40, 30, 20], snn.dale.inhibitory-share = 0.3",
        "network.hidden = [40, 30], snn.short-term-plasticity.enabled = true",
        "network.hidden = [40, 30], snn.duration = 5.0, snn.membrane.time-constant = 20.0",
      })
  void activitiesAreThoseOfAllSteps(String settings) {
    Phase phase = new Phase(settings, 1);
    float[][] all = phase.steps();
    float[][] interpolated = phase.interpolated();
    for (int l = 1; l < all.length; l++) {
      assertThat(interpolated[l])
          .as("layer %d", l)
          .containsExactly(all[l], within((float) (2 * SteadyResponse.TOLERANCE)));
    }
    assertThat(InterpolatedLayers.of(phase.network, phase.kernels, phase.layers, phase.synapses))
        .isPresent();
  }

  @Test
  void rowsWithLargeDrivesRunAllStepsAndTheOthersDoNot() {
    Phase phase = new Phase("network.hidden = [40, 30]", 1);
    float[] largest = phase.largestDrives(phase.steps());
    float[] sorted = largest.clone();
    Arrays.sort(sorted);
    // So that the largest drive of one row is above the range, and those of the others are not.
    phase.scale(1, 2 * CurrentNodes.RANGE / (sorted[BATCH - 1] + sorted[BATCH - 2]));
    float[][] all = phase.steps();
    float[][] mixed = phase.interpolated();
    boolean[] accurate = phase.accurate();
    assertThat(accurate).contains(true).containsOnlyOnce(false);
    for (int row = 0; row < BATCH; row++) {
      for (int l = 2; l < all.length; l++) {
        float[] exact = row(phase, all[l], l, row);
        float[] actual = row(phase, mixed[l], l, row);
        assertThat(Arrays.equals(actual, exact)).isEqualTo(!accurate[row]);
        assertThat(actual).containsExactly(exact, within((float) (2 * SteadyResponse.TOLERANCE)));
      }
    }
  }

  @Test
  void networksThatMayFireRunAllSteps() {
    Phase phase = new Phase("network.hidden = [40, 30], snn.membrane.threshold = 0.005", 1);
    assertThat(InterpolatedLayers.of(phase.network, phase.kernels, phase.layers, phase.synapses))
        .isEmpty();
  }

  private static float[] row(Phase phase, float[] values, int l, int row) {
    int neurons = phase.layers[l].neurons;
    return Arrays.copyOfRange(values, row * neurons, (row + 1) * neurons);
  }

  /** A network with random drives of its first layer. */
  private static final class Phase {
    final Kernels kernels = new PlainKernels();
    final NetworkDefinition network;
    final ArrayLayer[] layers;
    final Synapses[] synapses;
    final SpikingPhase spiking;
    final float[] drives;

    Phase(String settings, long seed) {
      network =
          NetworkDefinition.of(
              new SettingsReader(
                      ConfigFactory.parseString(settings)
                          .withFallback(ConfigFactory.parseString("model = snn, rule = sbp"))
                          .withFallback(ConfigFactory.parseResources("reference.conf"))
                          .resolve())
                  .read(),
              CHANNELS,
              OUTPUTS);
      int matrices = network.matrices();
      layers = new ArrayLayer[matrices + 1];
      synapses = new Synapses[matrices];
      float[] parameters = network.initialParameters();
      RandomStream random = RandomStream.of(seed, "drives");
      int at = 0;
      for (int l = 0; l < matrices; l++) {
        synapses[l] = new Synapses(kernels, network.sizes()[l], network.sizes()[l + 1], l > 0);
        System.arraycopy(parameters, at, synapses[l].weights, 0, synapses[l].weights.length);
        at += synapses[l].weights.length;
        layers[l + 1] = new ArrayLayer(network.settings().membrane(), network.inhibitory()[l + 1]);
        layers[l + 1].prepare(BATCH);
        for (int i = 0; i < layers[l + 1].bias.length; i++) {
          layers[l + 1].bias[i] = random.nextFloat() - 0.5f;
        }
      }
      spiking = new SpikingPhase(network, kernels, layers, synapses);
      drives = new float[BATCH * layers[1].neurons];
      for (int i = 0; i < drives.length; i++) {
        drives[i] = 4 * random.nextFloat() - 2;
      }
    }

    void scale(int matrix, float factor) {
      for (int i = 0; i < synapses[matrix].weights.length; i++) {
        synapses[matrix].weights[i] *= factor;
      }
      synapses[matrix].changed();
    }

    /** Of the second layer's drive by the first, over the neurons of each row. */
    float[] largestDrives(float[][] activities) {
      int neurons = layers[2].neurons;
      float[] drive = new float[BATCH * neurons];
      synapses[1].addForward(BATCH, activities[1], drive);
      float[] largest = new float[BATCH];
      for (int i = 0; i < drive.length; i++) {
        largest[i / neurons] = Math.max(largest[i / neurons], Math.abs(drive[i]));
      }
      return largest;
    }

    float[][] steps() {
      return of(
          activities -> {
            layers[1].current = new float[drives.length];
            spiking.run(
                BATCH,
                (k, drive) -> {
                  System.arraycopy(drives, 0, drive, 0, drives.length);
                  return k == 1;
                },
                activities);
          });
    }

    float[][] interpolated() {
      return of(activities -> spiking.runConstant(BATCH, activities));
    }

    boolean[] accurate() {
      boolean[][] accurate = new boolean[1][];
      InterpolatedLayers interpolated =
          InterpolatedLayers.of(network, kernels, layers, synapses).orElseThrow();
      of(activities -> accurate[0] = interpolated.run(BATCH, activities));
      return accurate[0];
    }

    private float[][] of(Consumer<float[][]> run) {
      float[][] activities = new float[layers.length][];
      for (int l = 1; l < layers.length; l++) {
        layers[l].clearState(BATCH);
        activities[l] = new float[BATCH * layers[l].neurons];
      }
      System.arraycopy(drives, 0, layers[1].drive, 0, drives.length);
      run.accept(activities);
      return activities;
    }
  }
}
