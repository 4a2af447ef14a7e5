package org.sparksbp.spikingmlp;

import java.util.List;
import org.sparksbp.device.Device;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.learner.Work;
import org.sparksbp.pack.PackBatch;
import org.sparksbp.pack.PackModel;
import org.sparksbp.pack.SampleEncoding;
import org.sparksbp.spike.SpikeBatch;

/**
 * Spiking perceptrons side by side on a device: what {@link SpikingMlp} computes, to rounding. The
 * equations are in the resources forward.cl, backward.cl, local.cl and update.cl.
 */
final class SpikingMlpPack implements PackModel {

  private final Device device;
  private final Topology topology;
  private final List<PackMember> members;
  private final PackKernels kernels;
  private final PackConstants shared;
  private final PackMemory memory;
  private final PackLaunches launches;
  private final int size;

  /**
   * A pack.
   *
   * @param settings of each member, alike in what {@link SpikingMlpModelType#plan} has as its key
   */
  SpikingMlpPack(Device device, List<SpikingMlpSettings> settings, NetworkShape shape) {
    this.device = device;
    this.topology = new Topology(settings.get(0), shape);
    this.size = topology.layout().size();
    this.members = settings.stream().map(own -> new PackMember(own, topology)).toList();
    this.shared = new PackConstants(device, members, topology);
    this.memory = new PackMemory(device, topology, shared.choosesTerms());
    this.kernels = kernels(settings.get(0));
    this.launches = new PackLaunches(topology, kernels, memory, shared);
  }

  private PackKernels kernels(SpikingMlpSettings common) {
    try {
      return new PackKernels(device, common);
    } catch (RuntimeException | Error e) {
      shared.close();
      throw e;
    }
  }

  @Override
  public SampleEncoding encoding() {
    SpikingMlpSettings common = members.get(0).settings();
    return switch (common.input()) {
      case BERNOULLI -> new RateEncoding();
      case SPIKES -> new PatternEncoding(common);
    };
  }

  @Override
  public int scalarsPerBatch() {
    return PackMember.SCALARS;
  }

  /** {@inheritDoc} Input spikes, those of each layer, and where the gradient came from. */
  @Override
  public int countsPerRow() {
    return topology.matrices() + 2;
  }

  @Override
  public void setParameters(int member, float[] values) {
    shared.parameters().write(member * shared.parameterStride(), values);
    members.get(member).setUpdates(values[size - 1]);
  }

  @Override
  public float[] parameters(int member) {
    float[] values = new float[size];
    shared.parameters().read(member * shared.parameterStride(), values);
    values[size - 1] = members.get(member).updates();
    return values;
  }

  @Override
  public ParametersOnDevice parametersOnDevice() {
    // The last one, the count of updates, is kept on the host.
    return new ParametersOnDevice(shared.parameters(), shared.parameterStride(), size - 1);
  }

  @Override
  public void describe(
      int member,
      SpikeBatch batch,
      BatchPosition position,
      int[] elements,
      long[] keys,
      int firstKey,
      float[] scalars,
      int firstScalar) {
    PackMember described = members.get(member);
    described.draw(batch, position, elements, keys, firstKey);
    if (position != null) {
      described.update(position, scalars, firstScalar);
    }
  }

  @Override
  public void learn(PackBatch batch) {
    memory.prepare(batch.members(), batch.rows(), true);
    launches.forward(batch, true);
    launches.backward(batch);
    launches.update(batch);
  }

  @Override
  public void infer(PackBatch batch) {
    memory.prepare(batch.members(), batch.rows(), false);
    launches.forward(batch, false);
  }

  @Override
  public Work work(int member, SpikeBatch batch, int[] counts, int offset, boolean learned) {
    return members.get(member).work(batch.size(), counts, offset, learned);
  }

  @Override
  public void close() {
    device.finish();
    kernels.close();
    memory.close();
    shared.close();
  }
}
