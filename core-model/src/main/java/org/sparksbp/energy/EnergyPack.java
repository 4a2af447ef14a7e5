package org.sparksbp.energy;

import java.util.ArrayList;
import java.util.List;
import org.sparksbp.device.Device;
import org.sparksbp.device.DeviceBuffer;
import org.sparksbp.device.DeviceDescription;
import org.sparksbp.device.DeviceKernel;
import org.sparksbp.device.DeviceKernel.Groups;
import org.sparksbp.device.DeviceProgram;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.InputVector;
import org.sparksbp.learner.LayerSizes;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.learner.Work;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.pack.GrowingBuffer;
import org.sparksbp.pack.PackBatch;
import org.sparksbp.pack.PackModel;
import org.sparksbp.pack.PackPlan;
import org.sparksbp.pack.SampleEncoding;
import org.sparksbp.spike.SpikeBatch;

/** Energy-based networks side by side on a device; the equations are in {@code network.cl}. */
final class EnergyPack implements PackModel {

  /** Bytes that inferred rows may take in scratch memory at a time. */
  private static final long INFERENCE_BYTES = 1L << 28;

  /** Training samples of a member that a plan allows for: those of MNIST. */
  private static final long SAMPLES = 60_000;

  /** States of a sample: its own and those of a worker's memory. */
  private static final long VERSIONS = 2;

  private final NetworkShape shape;
  private final EnergySettings settings; // of the first member: steps and input are those of all
  private final DeviceSizes sizes;
  private final List<EnergyMember> members = new ArrayList<>();
  private final VectorEncoding encoding;
  private final int layers;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final DeviceKernel feed;
  private final DeviceKernel transpose;
  private final DeviceKernel relax;
  private final DeviceKernel updateFirst;
  private final DeviceKernel updateOthers;
  private final DeviceBuffer parameters; // [members, parameters]
  private final DeviceBuffer constants; // [members, 4 (L + 1)]
  private final DeviceStates persistent;
  private final GrowingBuffer x; // [taking part, rows, N_0]
  private final GrowingBuffer fed; // [taking part, rows, parts, N_1]
  private final GrowingBuffer transposed;
  private final GrowingBuffer free; // [taking part, rows, states]; the next two alike
  private final GrowingBuffer clamped;
  private final GrowingBuffer change;
  private final GrowingBuffer room;

  /**
   * Takes the memory that does not depend on batches.
   *
   * @param description what is to be kept within: the device's own, or less
   * @param members settings that agree in sizes, steps and input
   */
  EnergyPack(
      Device device,
      DeviceDescription description,
      List<EnergySettings> members,
      NetworkShape shape) {
    this.shape = shape;
    settings = members.get(0);
    encoding = new VectorEncoding(settings.input());
    LayerSizes layerSizes = settings.layerSizes(shape);
    layers = layerSizes.matrices();
    sizes = new DeviceSizes(layerSizes, description);
    for (EnergySettings member : members) {
      this.members.add(new EnergyMember(member, layerSizes));
    }
    try {
      DeviceProgram program = device.program(sizes.source());
      feed = keep(program.kernel("feed"));
      transpose = keep(program.kernel("transpose"));
      relax = keep(program.kernel("relax"));
      updateFirst = keep(program.kernel("updateFirst"));
      updateOthers = keep(program.kernel("updateOthers"));
      parameters = keep(device.allocate((long) members.size() * sizes.parameters() * Float.BYTES));
      int length = this.members.get(0).constants().length;
      constants = keep(device.allocate((long) members.size() * length * Float.BYTES));
      for (int m = 0; m < members.size(); m++) {
        constants.write((long) m * length, this.members.get(m).constants());
      }
      x = keep(new GrowingBuffer(device));
      fed = keep(new GrowingBuffer(device));
      transposed = keep(new GrowingBuffer(device));
      free = keep(new GrowingBuffer(device));
      clamped = keep(new GrowingBuffer(device));
      change = keep(new GrowingBuffer(device));
      room = keep(new GrowingBuffer(device));
      StateRows rows =
          new StateRows(
              device,
              program.kernel("copyStates"),
              sizes.states(),
              description.largestBufferBytes());
      persistent = keep(new DeviceStates(rows, sizes.states(), members.size()));
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * What a network asks of a device.
   *
   * @param key of all that members must agree in
   */
  static PackPlan plan(String key, LayerSizes sizes) {
    long states = sizes.hiddenNeurons() + sizes.outputs();
    long between = sizes.allSynapses() - sizes.synapses(0) - sizes.synapses(sizes.matrices() - 1);
    long ofMember = sizes.allSynapses() + states + between + SAMPLES * VERSIONS * states;
    // x, fed by one part at least, the states at both ends, their difference, and room
    long ofRow = sizes.inputs() + sizes.size(1) + 6 * states;
    return new PackPlan(key, ofMember * Float.BYTES, ofRow * Float.BYTES);
  }

  private <T extends AutoCloseable> T keep(T resource) {
    open.add(resource);
    return resource;
  }

  @Override
  public SampleEncoding encoding() {
    return encoding;
  }

  @Override
  public int scalarsPerBatch() {
    return EnergyMember.scalars(layers);
  }

  @Override
  public int countsPerRow() {
    return 0;
  }

  @Override
  public void setParameters(int member, float[] values) {
    parameters.write((long) member * sizes.parameters(), values);
  }

  @Override
  public float[] parameters(int member) {
    float[] values = new float[sizes.parameters()];
    parameters.read((long) member * sizes.parameters(), values);
    return values;
  }

  @Override
  public ParametersOnDevice parametersOnDevice() {
    return new ParametersOnDevice(parameters, sizes.parameters(), sizes.parameters());
  }

  @Override
  public WorkerMemory memory(int member) {
    return persistent.memory(member);
  }

  @Override
  public void setMemory(int member, WorkerMemory memory) {
    persistent.setMemory(member, memory);
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
    if (settings.input() == InputVector.FLATTENED) {
      batch.checkSteps(shape.steps());
    }
    if (position != null) {
      persistent.place(member, batch, keys, firstKey);
      members.get(member).describe(batch.size(), position, scalars, firstScalar);
    }
  }

  @Override
  public void learn(PackBatch batch) {
    if (batch.number() == 0) {
      persistent.roundIsDescribed();
    }
    int rows = batch.rows();
    long inputs = (long) batch.members() * rows * settings.input().length(shape);
    x.atLeast(inputs * Float.BYTES).clear(0, inputs);
    long states = (long) batch.members() * rows * sizes.states() * Float.BYTES;
    free.atLeast(states);
    clamped.atLeast(states);
    change.atLeast(states);
    relax(batch, batch.firstRow(), rows, settings.freeSteps(), settings.clampedSteps());
    int firstScalar = batch.number() * scalarsPerBatch();
    updateFirst.launch(
        sizes.updatingFirst(batch.members()),
        parameters,
        batch.memberOf(),
        batch.scalars(),
        x.get(),
        change.get(),
        rows,
        firstScalar,
        batch.scalarStride());
    updateOthers.launch(
        Groups.of(sizes.updatingItems(), sizes.othersGroups(), batch.members()),
        parameters,
        batch.memberOf(),
        batch.scalars(),
        free.get(),
        clamped.get(),
        change.get(),
        rows,
        firstScalar,
        batch.scalarStride());
  }

  @Override
  public void infer(PackBatch batch) {
    long ofRow = fedFloats() + sizes.roomFloatsOutside(1);
    long fitting = INFERENCE_BYTES / Float.BYTES / (ofRow * batch.members());
    int rows = (int) Math.max(1, Math.min(batch.rows(), fitting));
    x.atLeast(Float.BYTES);
    free.atLeast(Float.BYTES);
    clamped.atLeast(Float.BYTES);
    change.atLeast(Float.BYTES);
    for (int done = 0; done < batch.rows(); done += rows) {
      int next = Math.min(rows, batch.rows() - done);
      relax(batch, batch.firstRow() + done, next, settings.inferenceSteps(), 0);
    }
  }

  /** Queues the relaxation of some rows, which are learned if there are clamped steps. */
  private void relax(PackBatch batch, int firstRow, int rows, int freeSteps, int clampedSteps) {
    int taking = batch.members();
    fed.atLeast(taking * rows * fedFloats() * Float.BYTES);
    transposed.atLeast((long) taking * sizes.transposed() * Float.BYTES);
    room.atLeast(taking * sizes.roomFloatsOutside(rows) * Float.BYTES);
    feed.launch(
        new Groups(sizes.feedingItems(), rows, sizes.feedingGroups(), taking),
        parameters,
        batch.memberOf(),
        batch.slots(),
        batch.samples().starts(),
        batch.samples().channels(),
        batch.samples().values(),
        fed.get(),
        x.get(),
        rows,
        batch.stride(),
        firstRow,
        clampedSteps > 0 ? 1 : 0);
    if (sizes.transposed() > 0) {
      transpose.launch(
          Groups.of(sizes.updatingItems(), sizes.transposingGroups(), taking),
          parameters,
          batch.memberOf(),
          transposed.get());
    }
    relax.launch(
        Groups.of(sizes.relaxingItems(), sizes.relaxingGroups(rows), taking),
        parameters,
        constants,
        batch.memberOf(),
        batch.slots(),
        batch.keys(),
        batch.scalars(),
        batch.samples().targets(),
        fed.get(),
        transposed.get(),
        persistent.buffer(),
        free.get(),
        clamped.get(),
        change.get(),
        batch.outputs(),
        room.get(),
        rows,
        batch.stride(),
        firstRow,
        batch.number() * scalarsPerBatch(),
        batch.scalarStride(),
        freeSteps,
        clampedSteps);
  }

  /** Floats of {@link #fed} of a row. */
  private long fedFloats() {
    return (long) sizes.parts() * settings.hidden().get(0);
  }

  @Override
  public Work work(int member, SpikeBatch batch, int[] counts, int offset, boolean learned) {
    EnergyWork work = members.get(member).work();
    return learned ? work.learned(batch.size()) : work.inferred(batch.size());
  }

  @Override
  public void close() {
    for (AutoCloseable resource : open) {
      try {
        resource.close();
      } catch (Exception e) {
        throw new IllegalStateException("Cannot free the memory of a pack", e);
      }
    }
  }
}
