package org.sparksbp.snn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.sparksbp.device.Device;
import org.sparksbp.device.DeviceBuffer;
import org.sparksbp.device.DeviceDescription;
import org.sparksbp.device.DeviceKernel;
import org.sparksbp.device.DeviceKernel.Groups;
import org.sparksbp.device.DeviceProgram;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.Work;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.pack.GrowingBuffer;
import org.sparksbp.pack.PackBatch;
import org.sparksbp.pack.PackModel;
import org.sparksbp.pack.SampleEncoding;
import org.sparksbp.plasticity.SymmetricStdp;
import org.sparksbp.spike.SpikeBatch;

/**
 * Plasticity-trained networks side by side on a device; the equations are in {@code network.cl}.
 */
final class PlasticityPack implements PackModel {

  private final List<NetworkDefinition> networks;
  private final List<PlasticityMember> members;
  private final PlasticityProgram program;
  private final SampleEncoding encoding;
  private final boolean matches; // whether some member does
  private final boolean symmetric; // whether some member's rule is
  private final List<AutoCloseable> open = new ArrayList<>();
  private final DeviceKernel feed;
  private final DeviceKernel transpose;
  private final DeviceKernel phases;
  private final DeviceKernel modify;
  private final DeviceKernel spread;
  private final DeviceKernel match;
  private final DeviceKernel apply;
  private final DeviceKernel changeBiases;
  private final DeviceBuffer parameters; // [members, parameters]
  private final DeviceBuffer constants; // [members, 28 + L]
  private final DeviceBuffer inhibitory; // [members, neurons]
  private final DeviceBuffer responses; // [members, kinds, steps, powers]
  private final CarriedRows carried;
  private final GrowingBuffer x; // [taking part, rows, N_0]
  private final GrowingBuffer fed; // [taking part, rows, input rows, N_1]
  private final GrowingBuffer transposed;
  private final GrowingBuffer free; // [taking part, rows, neurons]; the next two alike
  private final GrowingBuffer clamped;
  private final GrowingBuffer change;
  private final GrowingBuffer rooms;
  private final GrowingBuffer modification; // [taking part, elements of the largest matrix]
  private final GrowingBuffer sums;
  private final GrowingBuffer factors;

  /**
   * Takes the memory that does not depend on batches.
   *
   * @param limits what is to be kept within: the device's own, or less
   * @param networks that agree in sizes, steps, and what drives and starts them
   * @param trainSteps steps of the data's spike trains
   * @param encoding of samples; null for that of spike trains
   */
  PlasticityPack(
      Device device,
      DeviceDescription limits,
      List<NetworkDefinition> networks,
      int trainSteps,
      SampleEncoding encoding) {
    this.networks = List.copyOf(networks);
    this.members = networks.stream().map(PlasticityMember::new).toList();
    this.program =
        new PlasticityProgram(networks.get(0), trainSteps, steady(networks.get(0)), limits);
    this.encoding = encoding == null ? program.encoding() : encoding;
    this.matches = members.stream().anyMatch(member -> member.constants()[25] != 0);
    this.symmetric =
        networks.stream().anyMatch(network -> network.settings().rule() instanceof SymmetricStdp);
    int count = networks.size();
    try {
      DeviceProgram built = device.program(program.source());
      feed = keep(built.kernel("feed"));
      transpose = keep(built.kernel("transpose"));
      phases = keep(built.kernel("phases"));
      modify = keep(built.kernel("modify"));
      spread = keep(built.kernel("spread"));
      match = keep(built.kernel("match"));
      apply = keep(built.kernel("apply"));
      changeBiases = keep(built.kernel("changeBiases"));
      parameters = keep(device.allocate((long) count * program.parameters() * Float.BYTES));
      int length = members.get(0).constants().length;
      constants = keep(device.allocate((long) count * length * Float.BYTES));
      inhibitory = keep(device.allocate((long) count * program.neurons() * Integer.BYTES));
      int response = program.kinds() * program.steps() * program.powers();
      responses = keep(device.allocate((long) count * response * Float.BYTES));
      for (int m = 0; m < count; m++) {
        constants.write((long) m * length, members.get(m).constants());
        inhibitory.write((long) m * program.neurons(), members.get(m).inhibitory());
        if (response > 0) {
          float[] coefficients = steady(networks.get(m)).orElseThrow().coefficients();
          responses.write((long) m * response, coefficients);
        }
      }
      carried = keep(new CarriedRows(device, program.sizes(), count));
      x = keep(new GrowingBuffer(device));
      fed = keep(new GrowingBuffer(device));
      transposed = keep(new GrowingBuffer(device));
      free = keep(new GrowingBuffer(device));
      clamped = keep(new GrowingBuffer(device));
      change = keep(new GrowingBuffer(device));
      rooms = keep(new GrowingBuffer(device));
      modification = keep(new GrowingBuffer(device));
      sums = keep(new GrowingBuffer(device));
      factors = keep(new GrowingBuffer(device));
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** The first layer's response, where it starts at rest, gets the rates and cannot fire. */
  static Optional<SteadyFirstLayer> steady(NetworkDefinition network) {
    SnnSettings settings = network.settings();
    return settings.spikingPhase()
            && settings.state() == SnnSettings.State.FRESH
            && settings.input() == SnnSettings.Input.RATE
        ? SteadyFirstLayer.of(network)
        : Optional.empty();
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
    return PlasticityMember.SCALARS;
  }

  @Override
  public int countsPerRow() {
    return program.layers();
  }

  @Override
  public void setParameters(int member, float[] values) {
    parameters.write((long) member * program.parameters(), values);
  }

  @Override
  public float[] parameters(int member) {
    float[] values = new float[program.parameters()];
    parameters.read((long) member * program.parameters(), values);
    return values;
  }

  @Override
  public ParametersOnDevice parametersOnDevice() {
    return new ParametersOnDevice(parameters, program.parameters(), program.parameters());
  }

  @Override
  public WorkerMemory memory(int member) {
    int rows = members.get(member).carriedRows();
    return rows == 0 ? WorkerMemory.EMPTY : new WorkerMemory(carried.read(member, rows));
  }

  @Override
  public void setMemory(int member, WorkerMemory memory) {
    NetworkDefinition network = networks.get(member);
    CarriedState.check(network, memory);
    members.get(member).carryRows(carried.write(member, memory.entries()));
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
    if (position != null) {
      members.get(member).describe(batch.size(), position, keys, firstKey, scalars, firstScalar);
    }
  }

  @Override
  public void learn(PackBatch batch) {
    long rows = (long) batch.members() * batch.rows();
    long inputs = rows * program.sizes().inputs();
    x.atLeast(inputs * Float.BYTES).clear(0, inputs);
    long states = rows * program.neurons() * Float.BYTES;
    free.atLeast(states);
    clamped.atLeast(states);
    change.atLeast(states);
    modification.atLeast(batch.members() * program.matrix() * Float.BYTES);
    sums.atLeast(batch.members() * program.sums() * Float.BYTES);
    factors.atLeast(batch.members() * program.factors() * Float.BYTES);
    if (networks.get(0).settings().state() == SnnSettings.State.CARRIED) {
      carried.makeRoom(batch.rows());
    }
    run(batch, 1);
    for (int l = program.layers() - 1; l >= 0; l--) {
      change(batch, l);
    }
    changeBiases.launch(
        Groups.of(program.updatingItems(), program.groups(program.neurons()), batch.members()),
        parameters,
        constants,
        batch.memberOf(),
        batch.scalars(),
        change.get(),
        batch.rows(),
        firstScalar(batch),
        batch.scalarStride());
  }

  private void change(PackBatch batch, int l) {
    modify.launch(
        program.modifying(l, batch.members()),
        constants,
        batch.memberOf(),
        batch.scalars(),
        x.get(),
        free.get(),
        clamped.get(),
        change.get(),
        modification.get(),
        sums.get(),
        batch.rows(),
        firstScalar(batch),
        batch.scalarStride(),
        symmetric && l > 0 ? 2 : 1,
        l);
    spread.launch(
        Groups.of(program.updatingItems(), batch.members()),
        constants,
        batch.memberOf(),
        sums.get(),
        factors.get(),
        l);
    if (matches && l + 1 < program.layers()) {
      match.launch(
          Groups.of(program.updatingItems(), batch.members()),
          constants,
          batch.memberOf(),
          modification.get(),
          factors.get(),
          l);
    }
    apply.launch(
        program.applying(l, batch.members()),
        parameters,
        constants,
        batch.memberOf(),
        batch.scalars(),
        batch.keys(),
        modification.get(),
        factors.get(),
        batch.stride(),
        batch.firstRow(),
        firstScalar(batch),
        batch.scalarStride(),
        l);
  }

  private static int firstScalar(PackBatch batch) {
    return batch.number() * PlasticityMember.SCALARS;
  }

  @Override
  public void infer(PackBatch batch) {
    x.atLeast(Float.BYTES);
    free.atLeast(Float.BYTES);
    clamped.atLeast(Float.BYTES);
    change.atLeast(Float.BYTES);
    run(batch, 0);
  }

  /** Queues all phases of a batch. */
  private void run(PackBatch batch, int learns) {
    int taking = batch.members();
    long rows = (long) taking * batch.rows();
    int perSample = program.inputRows();
    RelaxationConstants relaxation = networks.get(0).settings().relaxation();
    fed.atLeast(rows * perSample * program.sizes().size(1) * Float.BYTES);
    transposed.atLeast((long) taking * program.transposed() * Float.BYTES);
    rooms.atLeast(rows * program.roomFloatsOutside() * Float.BYTES);
    feed.launch(
        new Groups(
            program.feedingItems(),
            (long) batch.rows() * perSample,
            program.feedingGroups(),
            taking),
        parameters,
        batch.memberOf(),
        batch.slots(),
        batch.samples().starts(),
        batch.samples().channels(),
        batch.samples().values(),
        fed.get(),
        x.get(),
        batch.rows(),
        batch.stride(),
        batch.firstRow(),
        learns);
    if (program.transposed() > 0) {
      transpose.launch(
          Groups.of(program.updatingItems(), program.groups(program.transposed()), taking),
          parameters,
          batch.memberOf(),
          transposed.get());
    }
    phases.launch(
        Groups.of(program.items(), batch.rows(), taking),
        parameters,
        constants,
        inhibitory,
        responses,
        batch.memberOf(),
        batch.slots(),
        batch.scalars(),
        batch.samples().targets(),
        fed.get(),
        transposed.get(),
        carried.buffer(),
        free.get(),
        clamped.get(),
        change.get(),
        batch.outputs(),
        batch.counts(),
        rooms.get(),
        batch.rows(),
        batch.stride(),
        batch.firstRow(),
        firstScalar(batch),
        batch.scalarStride(),
        carried.stride(),
        relaxation.homeostaticIterations(),
        learns * relaxation.clampedIterations());
  }

  @Override
  public Work work(int member, SpikeBatch batch, int[] counts, int offset, boolean learned) {
    long[] spikes = new long[program.layers() + 1];
    for (int row = 0; row < batch.size(); row++) {
      for (int l = 1; l < spikes.length; l++) {
        spikes[l] += counts[offset + row * program.layers() + l - 1];
      }
    }
    return members.get(member).work().of(batch, spikes, learned);
  }

  @Override
  public void close() {
    Collections.reverse(open);
    for (AutoCloseable resource : open) {
      try {
        resource.close();
      } catch (Exception e) {
        throw new IllegalStateException("Cannot free the memory of a pack", e);
      }
    }
    open.clear();
  }
}
