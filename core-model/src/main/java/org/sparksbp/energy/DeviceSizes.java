package org.sparksbp.energy;

import java.util.List;
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
final class DeviceSizes {

  private static final String FOLDER = "/org/sparksbp/energy/";
  private static final int WARP = 32;
  private static final int MOST_FEEDING = 128;
  private static final int MOST_RELAXING = 512;
  private static final int MOST_UPDATING = 128;
  private static final int MOST_SEGMENTS = 32;
  private static final int MOST_PARTS = 32;

  /** Inputs for which one group adds up a sample's elements. */
  private static final int INPUTS_OF_A_PART = 2048;

  private final LayerSizes sizes;
  private final int layers;
  private final int feeding;
  private final int relaxing;
  private final int updating;
  private final ProductTile tile;
  private final int segments;
  private final int pitch;
  private final Room room;

  /**
   * Where a group that relaxes has its states.
   *
   * @param rows samples of the group, whose reads of a weight are one
   * @param localStates whether they are in the memory that its work-items share
   * @param localWeights whether W_{L-1} is there too
   */
  private record Room(int rows, boolean localStates, boolean localWeights) {}

  DeviceSizes(LayerSizes sizes, DeviceDescription device) {
    this.sizes = sizes;
    layers = sizes.matrices();
    feeding = items(sizes.size(1), MOST_FEEDING, device);
    int widest = IntStream.range(1, layers).map(sizes::size).max().orElseThrow();
    relaxing = items(widest, MOST_RELAXING, device);
    updating = items(sizes.size(1), MOST_UPDATING, device);
    tile = ProductTile.of(device);
    int lower = sizes.size(layers - 1);
    int perOutput = Math.max(1, relaxing / sizes.outputs());
    segments = Math.min(Math.min(perOutput, MOST_SEGMENTS), lower);
    pitch = sizes.outputs() | 1;
    room = roomIn(device.localMemoryBytes() / Float.BYTES);
  }

  private static int items(int wanted, int most, DeviceDescription device) {
    int limit = Math.min(most, device.workGroupSize());
    return Math.min(limit, (wanted + WARP - 1) / WARP * WARP);
  }

  /** What fits: samples together where matrices between hidden layers are read from afar. */
  private Room roomIn(int localFloats) {
    long weights = (long) sizes.size(layers - 1) * pitch;
    List<Room> wished =
        layers > 2
            ? List.of(
                new Room(4, true, true),
                new Room(4, true, false),
                new Room(2, true, true),
                new Room(2, true, false),
                new Room(1, true, false))
            : List.of(
                new Room(2, true, true),
                new Room(1, true, true),
                new Room(4, true, false),
                new Room(2, true, false),
                new Room(1, true, false));
    for (Room wish : wished) {
      if (roomFloats(wish.rows) + (wish.localWeights ? weights : 0) <= localFloats) {
        return wish;
      }
    }
    return new Room(4, false, false);
  }

  /** Old and new states and what does not change, partial sums, targets. */
  private long roomFloats(int rows) {
    return rows * (3L * states() + (long) sizes.outputs() * (segments + 1));
  }

  /** N_1 + .. + N_L. */
  int states() {
    return Math.toIntExact(sizes.hiddenNeurons() + sizes.outputs());
  }

  int parameters() {
    return Math.toIntExact(sizes.allSynapses() + states());
  }

  /** Elements of the matrices between hidden layers. */
  int transposed() {
    return Math.toIntExact(sizes.allSynapses() - sizes.synapses(0) - sizes.synapses(layers - 1));
  }

  /** Groups that share a sample's elements. */
  int parts() {
    return Math.min(MOST_PARTS, Math.max(1, sizes.inputs() / INPUTS_OF_A_PART));
  }

  /** Floats outside the memory that a group shares, of all groups that relax a member's rows. */
  long roomFloatsOutside(int rows) {
    return room.localStates ? 0 : relaxingGroups(rows) * roomFloats(room.rows);
  }

  int feedingItems() {
    return feeding;
  }

  /** Groups of a row of a member. */
  int feedingGroups() {
    return groups(sizes.size(1), feeding) * parts();
  }

  int relaxingItems() {
    return relaxing;
  }

  /** Groups of a member's rows. */
  long relaxingGroups(int rows) {
    return groups(rows, room.rows);
  }

  int updatingItems() {
    return updating;
  }

  /** Work-groups that change W_0. */
  Groups updatingFirst(int members) {
    return new Groups(
        tile.items(), tile.tilesAcross(sizes.size(1)), tile.tilesDown(sizes.inputs()), members);
  }

  /** Groups of a member for what is behind W_0. */
  int othersGroups() {
    return groups(parameters() - Math.toIntExact(sizes.synapses(0)), updating);
  }

  /** Groups of a member that turn the matrices between hidden layers. */
  int transposingGroups() {
    return groups(transposed(), updating);
  }

  private static int groups(int all, int ofOne) {
    return (all + ofOne - 1) / ofOne;
  }

  DeviceSource source() {
    SortedMap<String, String> constants = new TreeMap<>();
    constants.put("LAYERS", text(layers));
    constants.put("INPUTS", text(sizes.inputs()));
    constants.put("FIRST", text(sizes.size(1)));
    constants.put("LOWER", text(sizes.size(layers - 1)));
    constants.put("OUTPUTS", text(sizes.outputs()));
    constants.put("STATES", text(states()));
    constants.put("PARAMETERS", text(parameters()));
    constants.put("BIASES", text(sizes.allSynapses()));
    constants.put("TRANSPOSED", text(transposed()));
    constants.put("SIZES", list(sizes.toArray()));
    int[] stateOffsets = new int[layers + 1];
    int[] weightOffsets = new int[layers + 1];
    int[] transposedOffsets = new int[layers];
    for (int l = 1; l <= layers; l++) {
      int synapses = Math.toIntExact(sizes.synapses(l - 1));
      weightOffsets[l] = weightOffsets[l - 1] + synapses;
      stateOffsets[l] = l == 1 ? 0 : stateOffsets[l - 1] + sizes.size(l - 1);
      if (l > 1 && l < layers) {
        transposedOffsets[l] = l == 2 ? synapses : transposedOffsets[l - 1] + synapses;
      }
    }
    constants.put("STATE_OFFSETS", list(stateOffsets));
    constants.put("WEIGHT_OFFSETS", list(weightOffsets));
    constants.put("TRANSPOSED_OFFSETS", list(transposedOffsets));
    constants.put("PARTS", text(parts()));
    constants.put("FEED_ITEMS", text(feeding));
    constants.put("RELAX_ITEMS", text(relaxing));
    constants.put("UPDATE_ITEMS", text(updating));
    constants.put("ROWS", text(room.rows));
    constants.put("ROOM", text(roomFloats(room.rows)));
    constants.put("SEGMENTS", text(segments));
    constants.put("PITCH", text(pitch));
    constants.put("LOCAL_ROOM", room.localStates ? "1" : "0");
    constants.put("LOCAL_WEIGHTS", room.localWeights ? "1" : "0");
    tile.putConstants(constants);
    return new DeviceSource(
        List.of(
            ProductTile.RESOURCE,
            FOLDER + "network.cl",
            FOLDER + "relaxation.cl",
            FOLDER + "update.cl"),
        constants);
  }

  private static String text(long number) {
    return Long.toString(number);
  }

  private static String list(int[] numbers) {
    return IntStream.of(numbers).mapToObj(Integer::toString).collect(Collectors.joining(","));
  }
}
