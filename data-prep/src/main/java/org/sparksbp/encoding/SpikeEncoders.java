package org.sparksbp.encoding;

import java.util.List;
import java.util.function.IntUnaryOperator;
import org.sparksbp.learner.CheckedSettings;
import org.sparksbp.random.RandomStream;
import org.sparksbp.spike.SpikeTrain;

/** The encoders by name. */
public final class SpikeEncoders {

  private static final List<String> NAMES = List.of("bernoulli", "direct", "latency", "regular");

  private SpikeEncoders() {}

  /** The names {@link #named} knows. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * The encoder of that name.
   *
   * @param steps time steps of the trains, at least 1
   * @param seed of the {@code bernoulli} encoder's draws
   * @throws IllegalArgumentException if there is no such encoder
   */
  public static SpikeEncoder named(String name, int steps, long seed) {
    if (steps < 1) {
      throw new IllegalArgumentException("Invalid steps: " + steps + ", must be at least 1");
    }
    return switch (name) {
      case "bernoulli" -> new Bernoulli(steps, seed);
      case "regular" -> new Regular(steps);
      case "latency" -> new Latency(steps);
      case "direct" -> new Direct(steps);
      default ->
          throw new IllegalArgumentException(
              "Invalid encoder: " + CheckedSettings.mustBeOneOf(name, NAMES));
    };
  }

  /** A spike in each step with the intensity as its probability. */
  private record Bernoulli(int steps, long seed) implements SpikeEncoder {
    private static final long serialVersionUID = 1L;

    @Override
    public String name() {
      return "bernoulli";
    }

    @Override
    public SpikeTrain encode(String sampleId, float[] intensities) {
      RandomStream random = RandomStream.of(seed, "bernoulli-encoder:" + sampleId);
      SpikeTrain.Builder train = new SpikeTrain.Builder(steps, intensities.length);
      for (int step = 0; step < steps; step++) {
        for (int channel = 0; channel < intensities.length; channel++) {
          if (intensities[channel] > 0 && random.nextFloat() < intensities[channel]) {
            train.add(step, channel);
          }
        }
      }
      return train.build();
    }
  }

  /** round(intensity x steps) spikes, spread evenly over the steps. */
  private record Regular(int steps) implements SpikeEncoder {
    private static final long serialVersionUID = 1L;

    @Override
    public String name() {
      return "regular";
    }

    @Override
    public SpikeTrain encode(String sampleId, float[] intensities) {
      int[] spikes = perChannel(intensities, channel -> Math.round(intensities[channel] * steps));
      SpikeTrain.Builder train = new SpikeTrain.Builder(steps, intensities.length);
      for (int step = 0; step < steps; step++) {
        for (int channel = 0; channel < intensities.length; channel++) {
          long before = (long) step * spikes[channel] / steps;
          if ((long) (step + 1) * spikes[channel] / steps > before) {
            train.add(step, channel);
          }
        }
      }
      return train.build();
    }
  }

  /** One spike, the earlier the brighter; none for intensity 0. */
  private record Latency(int steps) implements SpikeEncoder {
    private static final long serialVersionUID = 1L;

    @Override
    public String name() {
      return "latency";
    }

    @Override
    public SpikeTrain encode(String sampleId, float[] intensities) {
      int[] spikeStep =
          perChannel(
              intensities,
              channel ->
                  intensities[channel] > 0
                      ? Math.round((1f - intensities[channel]) * (steps - 1))
                      : -1);
      SpikeTrain.Builder train = new SpikeTrain.Builder(steps, intensities.length);
      for (int step = 0; step < steps; step++) {
        for (int channel = 0; channel < intensities.length; channel++) {
          if (spikeStep[channel] == step) {
            train.add(step, channel);
          }
        }
      }
      return train.build();
    }
  }

  /** Channels of intensity one half or more spike in every step. */
  private record Direct(int steps) implements SpikeEncoder {
    private static final long serialVersionUID = 1L;

    @Override
    public String name() {
      return "direct";
    }

    @Override
    public SpikeTrain encode(String sampleId, float[] intensities) {
      SpikeTrain.Builder train = new SpikeTrain.Builder(steps, intensities.length);
      for (int step = 0; step < steps; step++) {
        for (int channel = 0; channel < intensities.length; channel++) {
          if (intensities[channel] >= 0.5f) {
            train.add(step, channel);
          }
        }
      }
      return train.build();
    }
  }

  private static int[] perChannel(float[] intensities, IntUnaryOperator value) {
    int[] values = new int[intensities.length];
    for (int channel = 0; channel < values.length; channel++) {
      values[channel] = value.applyAsInt(channel);
    }
    return values;
  }
}
