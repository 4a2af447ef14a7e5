package org.sparksbp.spikingmlp;

import java.util.ArrayList;
import java.util.List;
import org.sparksbp.device.Device;
import org.sparksbp.device.DeviceBuffer;
import org.sparksbp.pack.GrowingBuffer;

/**
 * What a batch of all members leaves on the device until the next one: patterns of spikes of every
 * layer and, where it is learned, gradients. Sizes in the comments are of one member.
 */
final class PackMemory implements AutoCloseable {

  private final Topology topology;
  private final int wordBytes;
  private final boolean choosesTerms;
  private final List<GrowingBuffer> all = new ArrayList<>();
  private final GrowingBuffer listed;
  private final GrowingBuffer[] patterns;
  private final GrowingBuffer[] gradients;
  private final GrowingBuffer[] magnitudes;
  private final GrowingBuffer[] summed;
  private final GrowingBuffer projections;
  private final GrowingBuffer byAnswer;
  private final GrowingBuffer isNumber;

  /**
   * No memory yet.
   *
   * @param choosesTerms whether there are local or truncated terms, see {@link Credit}
   */
  PackMemory(Device device, Topology topology, boolean choosesTerms) {
    this.topology = topology;
    this.wordBytes = wordBytes(topology.steps());
    this.choosesTerms = choosesTerms;
    int layers = topology.matrices() + 1;
    listed = buffer(device);
    patterns = buffers(device, layers);
    gradients = buffers(device, layers);
    magnitudes = buffers(device, layers);
    summed = buffers(device, layers);
    projections = buffer(device);
    byAnswer = buffer(device);
    isNumber = buffer(device);
  }

  private static int wordBytes(int steps) {
    return steps > Integer.SIZE ? Long.BYTES : Integer.BYTES;
  }

  private GrowingBuffer buffer(Device device) {
    GrowingBuffer buffer = new GrowingBuffer(device);
    all.add(buffer);
    return buffer;
  }

  private GrowingBuffer[] buffers(Device device, int count) {
    GrowingBuffer[] buffers = new GrowingBuffer[count];
    for (int i = 0; i < count; i++) {
      buffers[i] = buffer(device);
    }
    return buffers;
  }

  /** Makes room for batches of so many rows. */
  void prepare(int members, int rows, boolean learns) {
    long samples = (long) members * rows;
    long gradientSamples = learns ? samples * topology.steps() : 0;
    listed.atLeast(samples * topology.size(0) * wordBytes);
    isNumber.atLeast(samples * Integer.BYTES);
    byAnswer.atLeast((learns ? samples : 0) * topology.outputs() * Float.BYTES);
    long widest = 0;
    for (int layer = 0; layer <= topology.matrices(); layer++) {
      int neurons = topology.size(layer);
      patterns[layer].atLeast(samples * neurons * wordBytes);
      if (layer > 0) {
        gradients[layer].atLeast(gradientSamples * neurons * Float.BYTES);
        long ofTerms = learns && choosesTerms ? (long) members * neurons * Float.BYTES : 0;
        magnitudes[layer].atLeast(ofTerms * topology.steps());
        summed[layer].atLeast(ofTerms);
        widest = Math.max(widest, ofTerms);
      }
    }
    projections.atLeast(widest * topology.outputs());
  }

  /** Bytes of {@link #prepare} for one sample that is inferred. */
  static long bytesToInfer(Topology topology) {
    int word = wordBytes(topology.steps());
    long bytes = (long) topology.size(0) * word + Integer.BYTES;
    for (int layer = 0; layer <= topology.matrices(); layer++) {
      bytes += (long) topology.size(layer) * word;
    }
    return bytes;
  }

  /** Bytes of {@link #prepare} for one sample that is learned. */
  static long bytesToLearn(Topology topology) {
    long bytes = bytesToInfer(topology) + (long) topology.outputs() * Float.BYTES;
    for (int layer = 1; layer <= topology.matrices(); layer++) {
      bytes += (long) topology.size(layer) * topology.steps() * Float.BYTES;
    }
    return bytes;
  }

  /** Bytes of the terms' magnitudes, whatever the batch. */
  static long bytesOfTerms(Topology topology) {
    long numbers = 0;
    long widest = 0;
    for (int layer = 1; layer <= topology.matrices(); layer++) {
      numbers += (long) topology.size(layer) * (topology.steps() + 1);
      widest = Math.max(widest, topology.size(layer));
    }
    return (numbers + widest * topology.outputs()) * Float.BYTES;
  }

  /** Patterns of the input's elements, {@code [rows, N_0]}. */
  DeviceBuffer listed() {
    return listed.get();
  }

  /** Patterns of a layer, {@code [rows, N_layer]}. */
  DeviceBuffer patterns(int layer) {
    return patterns[layer].get();
  }

  /** f(u), later dL/du, {@code [rows, T, N_layer]}. */
  DeviceBuffer gradients(int layer) {
    return gradients[layer].get();
  }

  /** Of local terms, {@code [T, N_layer]}. */
  DeviceBuffer magnitudes(int layer) {
    return magnitudes[layer].get();
  }

  /** The same summed up over the steps, {@code [N_layer]}. */
  DeviceBuffer summed(int layer) {
    return summed[layer].get();
  }

  /** Scratch, {@code [N_layer, K]} of the widest layer. */
  DeviceBuffer projections() {
    return projections.get();
  }

  /** Gradient of the loss by the answers, {@code [rows, K]}. */
  DeviceBuffer byAnswer() {
    return byAnswer.get();
  }

  /** 0 where a potential is no number, {@code [rows]}. */
  DeviceBuffer isNumber() {
    return isNumber.get();
  }

  @Override
  public void close() {
    all.forEach(GrowingBuffer::close);
  }
}
