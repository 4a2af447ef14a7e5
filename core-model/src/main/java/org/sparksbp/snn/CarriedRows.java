package org.sparksbp.snn;

import java.util.HashMap;
import java.util.Map;
import org.sparksbp.device.Device;
import org.sparksbp.device.DeviceBuffer;
import org.sparksbp.learner.LayerSizes;

/**
 * v, g and h of each row of the batch that each member has learned last, on a device: {@code
 * [members, stride, 3, neurons]}.
 */
final class CarriedRows implements AutoCloseable {

  private final Device device;
  private final LayerSizes sizes;
  private final int members;
  private final int length; // of a row
  private DeviceBuffer buffer;
  private int stride;

  /** Room for no row yet. */
  CarriedRows(Device device, LayerSizes sizes, int members) {
    this.device = device;
    this.sizes = sizes;
    this.members = members;
    this.length =
        StateVariable.values().length * Math.toIntExact(sizes.hiddenNeurons() + sizes.outputs());
    this.buffer = device.allocate(Float.BYTES);
  }

  DeviceBuffer buffer() {
    return buffer;
  }

  /** Rows of a member for which there is room. */
  int stride() {
    return stride;
  }

  /** Makes room for a batch; what is there stays. */
  void makeRoom(int rows) {
    if (rows <= stride) {
      return;
    }
    DeviceBuffer larger = device.allocate((long) members * rows * length * Float.BYTES);
    for (int member = 0; member < members; member++) {
      buffer.copyTo(
          larger,
          (long) member * stride * length,
          (long) member * rows * length,
          (long) stride * length);
    }
    device.finish();
    buffer.close();
    buffer = larger;
    stride = rows;
  }

  /** The state of a member's rows by the names of {@link ComputePath#carriedState()}. */
  Map<String, float[]> read(int member, int rows) {
    Map<String, float[]> state = new HashMap<>();
    if (rows == 0) {
      return state;
    }
    float[] all = new float[rows * length];
    buffer.read((long) member * stride * length, all);
    forEach(
        (name, at, neurons) -> {
          float[] values = new float[rows * neurons];
          for (int row = 0; row < rows; row++) {
            System.arraycopy(all, row * length + at, values, row * neurons, neurons);
          }
          state.put(name, values);
        });
    return state;
  }

  /** Takes over what {@link #read} gave; returns the number of its rows. */
  int write(int member, Map<String, float[]> state) {
    if (state.isEmpty()) {
      return 0;
    }
    int rows = state.get(StateVariable.MEMBRANE.ofLayer(1)).length / sizes.size(1);
    makeRoom(rows);
    float[] all = new float[rows * length];
    forEach(
        (name, at, neurons) -> {
          for (int row = 0; row < rows; row++) {
            System.arraycopy(state.get(name), row * neurons, all, row * length + at, neurons);
          }
        });
    buffer.write((long) member * stride * length, all);
    return rows;
  }

  /** Receives where in a row the values of a variable of a layer begin. */
  private interface Piece {
    void at(String name, int offset, int neurons);
  }

  private void forEach(Piece piece) {
    int offset = 0;
    for (StateVariable variable : StateVariable.values()) {
      for (int l = 1; l <= sizes.matrices(); l++) {
        piece.at(variable.ofLayer(l), offset, sizes.size(l));
        offset += sizes.size(l);
      }
    }
  }

  @Override
  public void close() {
    buffer.close();
  }
}
