package org.sparksbp.spikingmlp;

import java.util.ArrayList;
import java.util.List;
import org.sparksbp.device.Device;
import org.sparksbp.device.DeviceBuffer;

/**
 * What a pack has on the device all the time: its members' parameters, and what does not change.
 */
final class PackConstants implements AutoCloseable {

  private static final int ALIGNMENT = 32;
  private static final int NEURON_CONSTANTS = 8; // as forward.cl has it

  private final List<DeviceBuffer> all = new ArrayList<>();
  private final long parameterStride;
  private final int feedbackStride;
  private final boolean choosesTerms;
  private DeviceBuffer parameters;
  private DeviceBuffer constants;
  private DeviceBuffer exactSteps;
  private DeviceBuffer localSteps;
  private DeviceBuffer feedback;

  PackConstants(Device device, List<PackMember> members, Topology topology) {
    parameterStride = parameterStride(topology);
    feedbackStride = feedbackStride(topology);
    choosesTerms =
        members.stream().anyMatch(member -> Credit.choosesTerms(member.settings().rule()));
    try {
      int count = members.size();
      parameters = allocate(device, count * parameterStride * Float.BYTES);
      constants = allocate(device, (long) count * NEURON_CONSTANTS * Float.BYTES);
      exactSteps = allocate(device, (long) count * Long.BYTES);
      localSteps = allocate(device, (long) count * Long.BYTES);
      feedback = allocate(device, (long) count * feedbackStride * Float.BYTES);
      for (int member = 0; member < count; member++) {
        write(member, members.get(member).settings(), topology);
      }
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private DeviceBuffer allocate(Device device, long bytes) {
    DeviceBuffer buffer = device.allocate(bytes);
    all.add(buffer);
    return buffer;
  }

  private void write(int member, SpikingMlpSettings settings, Topology topology) {
    SpikingMlpSettings.NeuronConstants neuron = settings.neuron();
    constants.write(
        (long) member * NEURON_CONSTANTS,
        new float[] {
          neuron.leak(),
          neuron.threshold(),
          neuron.inhibition(),
          settings.surrogateWidth(),
          (float) settings.adam().firstMomentDecay(),
          (float) settings.adam().secondMomentDecay()
        });
    exactSteps.write(member, new long[] {pattern(settings.exactSteps())});
    localSteps.write(member, new long[] {pattern(settings.localSteps())});
    long at = (long) member * feedbackStride;
    for (float[] ofLayer : Credit.feedback(settings, topology)) {
      feedback.write(at, ofLayer);
      at += ofLayer.length;
    }
  }

  private static long pattern(int[] steps) {
    long pattern = 0;
    for (int step : steps) {
      pattern |= 1L << step;
    }
    return pattern;
  }

  private static long parameterStride(Topology topology) {
    return (topology.layout().size() + ALIGNMENT - 1) / ALIGNMENT * (long) ALIGNMENT;
  }

  private static int feedbackStride(Topology topology) {
    return Math.toIntExact(topology.sizes().hiddenNeurons() * topology.outputs());
  }

  /** Bytes of one member. */
  static long bytes(Topology topology) {
    return Float.BYTES * (parameterStride(topology) + feedbackStride(topology) + NEURON_CONSTANTS)
        + 2 * Long.BYTES;
  }

  /** Whether some member has terms of its own in some update, see {@link Credit}. */
  boolean choosesTerms() {
    return choosesTerms;
  }

  /** Flat vectors, {@link #parameterStride} from one to the next. */
  DeviceBuffer parameters() {
    return parameters;
  }

  long parameterStride() {
    return parameterStride;
  }

  /** Of neurons and Adam. */
  DeviceBuffer constants() {
    return constants;
  }

  /** Steps of exact terms, one pattern a member. */
  DeviceBuffer exactSteps() {
    return exactSteps;
  }

  /** Steps of local terms, one pattern a member. */
  DeviceBuffer localSteps() {
    return localSteps;
  }

  /** Random matrices {@code [K, N_l]} of all hidden layers, {@link #feedbackStride} a member. */
  DeviceBuffer feedback() {
    return feedback;
  }

  int feedbackStride() {
    return feedbackStride;
  }

  @Override
  public void close() {
    all.forEach(DeviceBuffer::close);
  }
}
