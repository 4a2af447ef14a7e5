package org.sparksbp.spikingmlp;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.sparksbp.device.Device;
import org.sparksbp.device.DeviceDescription;
import org.sparksbp.device.DeviceKernel;
import org.sparksbp.device.DeviceKernel.Groups;
import org.sparksbp.device.DeviceProgram;
import org.sparksbp.device.DeviceSource;

/** The kernels of perceptrons of one kind on a device, and how their work is dealt to groups. */
final class PackKernels implements AutoCloseable {

  private static final List<String> RESOURCES =
      List.of(
          "/org/sparksbp/spikingmlp/forward.cl",
          "/org/sparksbp/spikingmlp/backward.cl",
          "/org/sparksbp/spikingmlp/local.cl",
          "/org/sparksbp/spikingmlp/update.cl");

  private static final int MOST_ITEMS = 128;
  private static final int MOST_TILE = 64;
  private static final int LEAST_TILE = 8;

  /** Samples that a group of the update goes through side by side, at most. */
  private static final int SLICES = 16;

  /** Neurons of such a group: as many as a device fetches numbers at once. */
  private static final int UPDATE_WIDTH = 32;

  /** Groups a compute unit that keep it busy. */
  private static final int GROUPS_PER_UNIT = 4;

  /** Local memory of the update that does not grow with the tile. */
  private static final int RESERVED_BYTES = 2048;

  private final List<DeviceKernel> all = new ArrayList<>();
  private final int items;
  private final int tile;
  private final int wantedGroups;
  private final DeviceKernel presentInput;
  private final DeviceKernel fire;
  private final DeviceKernel outputBackward;
  private final DeviceKernel hiddenBackward;
  private final DeviceKernel magnitudesBelowOutputs;
  private final DeviceKernel magnitudesBelowHidden;
  private final DeviceKernel sumMagnitudes;
  private final DeviceKernel chooseHiddenTerms;
  private final DeviceKernel learnMatrix;

  PackKernels(Device device, SpikingMlpSettings settings) {
    DeviceDescription description = device.description();
    items = Math.min(MOST_ITEMS, description.workGroupSize());
    tile = tile(description.localMemoryBytes(), items);
    wantedGroups = GROUPS_PER_UNIT * description.computeUnits();
    TreeMap<String, String> constants = new TreeMap<>();
    constants.put("STEPS", Integer.toString(settings.steps()));
    constants.put("ITEMS", Integer.toString(items));
    constants.put("TILE", Integer.toString(tile));
    constants.put("SLICES", Integer.toString(SLICES));
    constants.put("BERNOULLI", settings.input() == InputCoding.BERNOULLI ? "1" : "0");
    boolean sigmoid = settings.neuron().current() == InputCurrent.SIGMOID;
    constants.put("SIGMOID_CURRENT", sigmoid ? "1" : "0");
    constants.put("SURROGATE", Integer.toString(numberOf(settings.surrogate())));
    constants.put("CROSS_ENTROPY", settings.loss() == Loss.CROSS_ENTROPY ? "1" : "0");
    DeviceProgram program = device.program(new DeviceSource(RESOURCES, constants));
    presentInput = kernel(program, "present_input");
    fire = kernel(program, "fire");
    outputBackward = kernel(program, "output_backward");
    hiddenBackward = kernel(program, "hidden_backward");
    magnitudesBelowOutputs = kernel(program, "magnitudes_below_outputs");
    magnitudesBelowHidden = kernel(program, "magnitudes_below_hidden");
    sumMagnitudes = kernel(program, "sum_magnitudes");
    chooseHiddenTerms = kernel(program, "choose_hidden_terms");
    learnMatrix = kernel(program, "learn_matrix");
  }

  private DeviceKernel kernel(DeviceProgram program, String name) {
    DeviceKernel kernel = program.kernel(name);
    all.add(kernel);
    return kernel;
  }

  /** Inputs whose sums of all work-items fit into the local memory. */
  private static int tile(int localBytes, int items) {
    int tile = MOST_TILE;
    while (tile > 1
        && tile * (items * Float.BYTES + SLICES * Long.BYTES) + RESERVED_BYTES > localBytes) {
      tile /= 2;
    }
    return tile;
  }

  private static int numberOf(Surrogate surrogate) {
    return switch (surrogate) {
      case RECTANGULAR -> 0;
      case SIGMOID -> 1;
      case FAST_SIGMOID -> 2;
      case ATAN -> 3;
      case TRIANGULAR -> 4;
    };
  }

  /** How the synapses between two layers are dealt to groups of a layer's forward pass. */
  record Shares(int width, int slices) {}

  Shares sharesToFire(int neurons) {
    int width = Math.min(items, neurons);
    return new Shares(width, items / width);
  }

  Shares sharesToLearn(int neurons) {
    int width = Math.min(Math.min(UPDATE_WIDTH, items), neurons);
    return new Shares(width, Math.min(SLICES, items / width));
  }

  /** Inputs of a group that learns a matrix: fewer where there are few groups. */
  int inputsToLearn(int inputs, int neurons, int members) {
    long others = (long) members * parts(neurons, sharesToLearn(neurons).width());
    int inputsOfGroup = tile;
    while (inputsOfGroup > LEAST_TILE && others * parts(inputs + 1, inputsOfGroup) < wantedGroups) {
      inputsOfGroup /= 2;
    }
    return inputsOfGroup;
  }

  /** Groups of which each has some of {@code all}, as many as there are. */
  Groups groups(int all, int ofGroup, long y, long z) {
    return new Groups(items, parts(all, ofGroup), y, z);
  }

  /** Groups of which each work-item has one of {@code all}. */
  Groups groups(int all, long y, long z) {
    return groups(all, items, y, z);
  }

  static int parts(int all, int ofPart) {
    return (all + ofPart - 1) / ofPart;
  }

  /** Work-items of a group. */
  int items() {
    return items;
  }

  DeviceKernel presentInput() {
    return presentInput;
  }

  DeviceKernel fire() {
    return fire;
  }

  DeviceKernel outputBackward() {
    return outputBackward;
  }

  DeviceKernel hiddenBackward() {
    return hiddenBackward;
  }

  DeviceKernel magnitudesBelowOutputs() {
    return magnitudesBelowOutputs;
  }

  DeviceKernel magnitudesBelowHidden() {
    return magnitudesBelowHidden;
  }

  DeviceKernel sumMagnitudes() {
    return sumMagnitudes;
  }

  DeviceKernel chooseHiddenTerms() {
    return chooseHiddenTerms;
  }

  DeviceKernel learnMatrix() {
    return learnMatrix;
  }

  @Override
  public void close() {
    all.forEach(DeviceKernel::close);
  }
}
