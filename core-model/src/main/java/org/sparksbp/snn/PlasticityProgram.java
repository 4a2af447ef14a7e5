package org.sparksbp.snn;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sparksbp.device.DeviceDescription;
import org.sparksbp.device.DeviceKernel.Groups;
import org.sparksbp.device.DeviceSource;
import org.sparksbp.device.ProductTile;
import org.sparksbp.learner.LayerSizes;

/**
 * A network's sizes on a device, and how its work is dealt out to groups of work-items there. None
 * of it changes with the members of a pack or the rows of a batch, which is why a sum has the same
 * order in all of them.
 */
final class PlasticityProgram {

  private static final String FOLDER = "/org/sparksbp/snn/";
  private static final int WARP = 32;
  private static final int MOST_FEEDING = 128;
  private static final int MOST_ITEMS = 256;
  private static final int MOST_UPDATING = 128;
  private static final int MOST_SEGMENTS = 32;

  /** Rows of a matrix that a group changes, {@code APPLIED_ROWS} in plasticity.cl. */
  private static final int APPLIED_ROWS = 8;

  private final LayerSizes sizes;
  private final SnnSettings settings;
  private final int trainSteps;
  private final Optional<SteadyFirstLayer> steady;
  private final int layers;
  private final int feeding;
  private final int items;
  private final int updating;
  private final ProductTile tile;
  private final int segments;
  private final int pitch;
  private final boolean localRoom;
  private final boolean localWeights;

  /**
   * Deals out the work.
   *
   * @param network any member: they agree in all that counts here
   * @param trainSteps steps of the data's spike trains
   * @param steady the first layer's response, if its steps need not be run
   */
  PlasticityProgram(
      NetworkDefinition network,
      int trainSteps,
      Optional<SteadyFirstLayer> steady,
      DeviceDescription device) {
    this.sizes = LayerSizes.of(network.sizes());
    this.settings = network.settings();
    this.trainSteps = settings.input() == SnnSettings.Input.SPIKES ? trainSteps : 0;
    this.steady = steady;
    layers = sizes.matrices();
    feeding = items(sizes.size(1), MOST_FEEDING, device);
    int widest = IntStream.range(1, layers).map(sizes::size).max().orElseThrow();
    items = items(widest, MOST_ITEMS, device);
    updating = Integer.highestOneBit(Math.min(MOST_UPDATING, device.workGroupSize()));
    tile = ProductTile.of(device);
    segments =
        Math.min(
            Math.min(Math.max(1, items / sizes.outputs()), MOST_SEGMENTS), sizes.size(layers - 1));
    pitch = sizes.outputs() | 1;
    int localFloats = device.localMemoryBytes() / Float.BYTES - layers - 1;
    long weights = (long) sizes.size(layers - 1) * pitch;
    localRoom = roomFloats() <= localFloats;
    localWeights = weights + (localRoom ? roomFloats() : 0) <= localFloats;
  }

  private static int items(int wanted, int most, DeviceDescription device) {
    int limit = Math.min(most, device.workGroupSize());
    return Math.min(limit, (wanted + WARP - 1) / WARP * WARP);
  }

  /** Floats of a sample's state, {@code ROOM} in phases.cl. */
  private long roomFloats() {
    boolean carried = settings.state() == SnnSettings.State.CARRIED;
    return 2L * sizes.size(1)
        + (carried ? 4L : 3L) * neurons()
        + (long) kinds() * powers() * sizes.size(2)
        + (long) sizes.outputs() * segments;
  }

  /** Powers of the first layer's current, 0 where its steps are run. */
  int powers() {
    return steady.map(SteadyFirstLayer::powers).orElse(0);
  }

  /** Kinds of neurons of the first layer that answer differently. */
  int kinds() {
    return steady.map(SteadyFirstLayer::kinds).orElse(1);
  }

  /** Time steps of the spiking phase. */
  int steps() {
    return settings.spikingPhase() ? settings.membrane().steps() : 0;
  }

  /** N_1 + .. + N_L. */
  int neurons() {
    return Math.toIntExact(sizes.hiddenNeurons() + sizes.outputs());
  }

  int inputRows() {
    return 1 + trainSteps;
  }

  InputRows encoding() {
    return new InputRows(trainSteps);
  }

  LayerSizes sizes() {
    return sizes;
  }

  int layers() {
    return layers;
  }

  int parameters() {
    return Math.toIntExact(sizes.allSynapses() + neurons());
  }

  /** Elements of the largest matrix. */
  long matrix() {
    return IntStream.range(0, layers).mapToLong(sizes::synapses).max().orElseThrow();
  }

  /** Elements of the matrices between hidden layers. */
  int transposed() {
    return Math.toIntExact(sizes.allSynapses() - sizes.synapses(0) - sizes.synapses(layers - 1));
  }

  private int widest() {
    return IntStream.rangeClosed(0, layers).map(sizes::size).max().orElseThrow();
  }

  /** Floats of the sums of a matrix, {@code SUMS} in plasticity.cl. */
  long sums() {
    return 2L * widest() * tiles() + (long) widest() * blocks();
  }

  /** Floats of the factors of a matrix, {@code FACTORS} in plasticity.cl. */
  long factors() {
    return 6L * widest() + 1;
  }

  private int tiles() {
    return tile.tilesAcross(widest());
  }

  private int blocks() {
    return tile.tilesDown(widest());
  }

  /** Floats outside the memory that a group shares, of a sample. */
  long roomFloatsOutside() {
    return localRoom ? 0 : roomFloats();
  }

  int feedingItems() {
    return feeding;
  }

  int feedingGroups() {
    return groups(sizes.size(1), feeding);
  }

  int items() {
    return items;
  }

  int updatingItems() {
    return updating;
  }

  /** Work-groups of modify for W_l. */
  Groups modifying(int matrix, int members) {
    return new Groups(
        tile.items(),
        tile.tilesAcross(sizes.size(matrix + 1)),
        tile.tilesDown(sizes.size(matrix)),
        members);
  }

  /** Work-groups of apply for W_l. */
  Groups applying(int matrix, int members) {
    return new Groups(
        updating,
        groups(sizes.size(matrix + 1)),
        groups(sizes.size(matrix), APPLIED_ROWS),
        members);
  }

  /** Groups of a member for so many things of which each work-item has one. */
  int groups(long all) {
    return Math.toIntExact((all + updating - 1) / updating);
  }

  private static int groups(int all, int ofOne) {
    return (all + ofOne - 1) / ofOne;
  }

  DeviceSource source() {
    SortedMap<String, String> constants = new TreeMap<>();
    constants.put("LAYERS", text(layers));
    constants.put("INPUTS", text(sizes.inputs()));
    constants.put("FIRST", text(sizes.size(1)));
    constants.put("SECOND", text(sizes.size(2)));
    constants.put("LOWER", text(sizes.size(layers - 1)));
    constants.put("OUTPUTS", text(sizes.outputs()));
    constants.put("NEURONS", text(neurons()));
    constants.put("PARAMETERS", text(parameters()));
    constants.put("BIASES", text(sizes.allSynapses()));
    constants.put("TRANSPOSED", text(transposed()));
    putOffsets(constants);
    constants.put("STEPS", text(steps()));
    constants.put("STEPS_AT_LEAST_1", text(Math.max(1, steps())));
    constants.put("TRAIN_STEPS", text(trainSteps));
    constants.put("INPUT_ROWS", text(inputRows()));
    constants.put("CARRIED", settings.state() == SnnSettings.State.CARRIED ? "1" : "0");
    constants.put("FILTERED", settings.shortTermPlasticity().isPresent() ? "1" : "0");
    constants.put("POWERS", text(powers()));
    constants.put("KINDS", text(kinds()));
    constants.put("FEED_ITEMS", text(feeding));
    constants.put("ITEMS", text(items));
    constants.put("UPDATE_ITEMS", text(updating));
    constants.put("SEGMENTS", text(segments));
    constants.put("PITCH", text(pitch));
    constants.put("ROOM", text(roomFloats()));
    constants.put("LOCAL_ROOM", localRoom ? "1" : "0");
    constants.put("LOCAL_WEIGHTS", localWeights ? "1" : "0");
    constants.put("MATRIX", text(matrix()));
    constants.put("WIDEST", text(widest()));
    constants.put("TILES", text(tiles()));
    constants.put("BLOCKS", text(blocks()));
    tile.putConstants(constants);
    return new DeviceSource(
        List.of(
            ProductTile.RESOURCE,
            FOLDER + "network.cl",
            FOLDER + "phases.cl",
            FOLDER + "plasticity.cl"),
        constants);
  }

  private void putOffsets(SortedMap<String, String> constants) {
    int[] stateOffsets = new int[layers + 1];
    int[] weightOffsets = new int[layers + 1];
    int[] transposedOffsets = new int[layers];
    for (int l = 1; l <= layers; l++) {
      int synapses = Math.toIntExact(sizes.synapses(l - 1));
      weightOffsets[l] = weightOffsets[l - 1] + synapses;
      stateOffsets[l] = l == 1 ? 0 : stateOffsets[l - 1] + sizes.size(l - 1);
      if (l > 1 && l < layers) { // W_0 has no transpose, so that of W_1 begins at 0
        transposedOffsets[l] = transposedOffsets[l - 1] + synapses;
      }
    }
    constants.put("SIZES", list(sizes.toArray()));
    constants.put("STATE_OFFSETS", list(stateOffsets));
    constants.put("WEIGHT_OFFSETS", list(weightOffsets));
    constants.put("TRANSPOSED_OFFSETS", list(transposedOffsets));
  }

  private static String text(long number) {
    return Long.toString(number);
  }

  private static String list(int[] numbers) {
    return IntStream.of(numbers).mapToObj(Integer::toString).collect(Collectors.joining(","));
  }
}
