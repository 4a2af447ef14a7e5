package org.sparksbp.pack;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparksbp.device.Device;
import org.sparksbp.device.DeviceDescription;
import org.sparksbp.learner.BatchPosition;
import org.sparksbp.learner.Inference;
import org.sparksbp.learner.Learner;
import org.sparksbp.learner.NetworkShape;
import org.sparksbp.learner.WorkerMemory;
import org.sparksbp.spike.SpikeBatch;

/**
 * Learners that compute side by side on one device. Each is used by a thread of its own; a call of
 * one waits until all that have not left the pack have called, then all are done in the same
 * launches. A member that is closed leaves without disturbing the others, and the last one frees
 * the device's memory.
 */
public final class LearnerPack {

  /** Share of the device's memory that samples may take. */
  private static final int SAMPLES_SHARE = 4;

  private final Device device;
  private final PackModel model;
  private final PackRound round;
  private final SampleStore samples;
  private final FiniteCheck finite;
  private final List<PackedLearner> members = new ArrayList<>();
  private final List<PackCall> waiting = new ArrayList<>();
  private final int outputs;
  private int active;

  private LearnerPack(Device device, PackModel model, int size, int outputs) {
    this.device = device;
    this.model = model;
    this.round = new PackRound(device);
    this.finite = new FiniteCheck(device);
    this.outputs = outputs;
    this.samples =
        new SampleStore(
            device, model.encoding(), outputs, device.description().memoryBytes() / SAMPLES_SHARE);
    this.active = size;
  }

  /**
   * A pack with its members' initial parameters.
   *
   * @param configurations whole configurations of one {@link PackPlan#key()}, one a member
   * @throws org.sparksbp.device.DeviceMemoryException if the device has no memory for as many
   * @throws com.typesafe.config.ConfigException.BadValue naming a key that is not computed there
   */
  public static LearnerPack of(
      DeviceModelType type, Device device, List<Config> configurations, NetworkShape shape) {
    String key = type.plan(configurations.get(0), shape).key();
    for (Config configuration : configurations) {
      type.checkForDevice(configuration);
      if (!type.plan(configuration, shape).key().equals(key)) {
        throw new IllegalArgumentException(
            "Cannot put networks of different sizes or steps into one pack");
      }
    }
    PackModel model = type.pack(device, configurations, shape);
    LearnerPack pack = new LearnerPack(device, model, configurations.size(), shape.outputs());
    try {
      for (Config configuration : configurations) {
        try (Learner initial = type.createOnProcessor(configuration, shape)) {
          int member = pack.members.size();
          model.setParameters(member, initial.parameters());
          pack.members.add(
              new PackedLearner(
                  pack,
                  member,
                  shape,
                  initial.layout(),
                  initial.complexityPerEpoch(),
                  () -> type.createOnProcessor(configuration, shape)));
        }
      }
    } catch (RuntimeException | Error e) {
      pack.free();
      throw e;
    }
    return pack;
  }

  /** Bytes of a device that members may take, for whoever plans how many there are to be. */
  public static long bytesForMembers(DeviceDescription device) {
    return device.memoryBytes() / 2; // another part is for samples, the rest for what is unforeseen
  }

  /** Rows of a member that are on the device at a time. */
  public static int rowsAtOnce(int batch) {
    return Math.max(batch, PackedLearner.INFERRED_AT_ONCE);
  }

  public int size() {
    return members.size();
  }

  /** The learner with that number, from 0; to be closed by who uses it. */
  public Learner member(int number) {
    return members.get(number);
  }

  /**
   * Does what a member asks, together with what the others do.
   *
   * @param positions of the batches, where they are learned; empty where they are inferred
   */
  PackCall.Result call(int member, List<SpikeBatch> batches, List<BatchPosition> positions) {
    PackCall call = new PackCall(member, batches, positions, samples.find(batches));
    await(call);
    return call.result();
  }

  private synchronized void await(PackCall call) {
    waiting.add(call);
    runIfAllWait();
    while (!call.hasEnded()) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        waiting.remove(call);
        throw new IllegalStateException("Cannot go on with a trial: it was interrupted", e);
      }
    }
  }

  synchronized float[] parameters(int member) {
    return model.parameters(member);
  }

  synchronized void setParameters(int member, float[] parameters) {
    model.setParameters(member, parameters);
  }

  synchronized WorkerMemory memory(int member) {
    return model.memory(member);
  }

  synchronized void setMemory(int member, WorkerMemory memory) {
    model.setMemory(member, memory);
  }

  synchronized void leave() {
    active--;
    if (active == 0) {
      free();
    } else {
      runIfAllWait();
    }
  }

  private void free() {
    device.finish();
    model.close();
    round.close();
    finite.close();
    samples.close();
  }

  private void runIfAllWait() {
    if (waiting.isEmpty() || waiting.size() < active) {
      return;
    }
    List<PackCall> left = new ArrayList<>(waiting);
    waiting.clear();
    left.sort((one, other) -> Integer.compare(one.member(), other.member()));
    while (!left.isEmpty()) {
      PackCall first = left.get(0);
      List<PackCall> together = left.stream().filter(first::goesWith).toList();
      left.removeAll(together);
      try {
        run(together);
      } catch (RuntimeException | OutOfMemoryError e) {
        together.forEach(call -> call.fail(e)); // or they would wait for ever
      }
    }
    notifyAll();
  }

  private void run(List<PackCall> calls) {
    PackCall first = calls.get(0);
    int stride = first.rows();
    int scalarStride = first.batches().size() * model.scalarsPerBatch();
    int[] slots = new int[calls.size() * stride];
    long[] keys = new long[slots.length];
    float[] scalars = new float[calls.size() * scalarStride];
    samples.makeRoom();
    for (int a = 0; a < calls.size(); a++) {
      describe(calls.get(a), slots, keys, a * stride, scalars, a * scalarStride);
    }
    samples.send();
    int[] numbers = calls.stream().mapToInt(PackCall::member).toArray();
    round.load(numbers, slots, keys, scalars, outputs, model.countsPerRow());
    int row = 0;
    for (int b = 0; b < first.batches().size(); b++) {
      int rows = first.batches().get(b).size();
      PackBatch batch = new PackBatch(calls.size(), rows, row, b, round, samples);
      if (first.learns()) {
        model.learn(batch);
      } else {
        model.infer(batch);
      }
      row += rows;
      device.flush();
    }
    if (first.learns()) {
      finite.queue(model.parametersOnDevice(), round.memberOf(), calls.size());
    }
    collect(calls, stride);
  }

  private void describe(
      PackCall call, int[] slots, long[] keys, int firstRow, float[] scalars, int firstScalar) {
    int row = firstRow;
    int scalar = firstScalar;
    for (int b = 0; b < call.batches().size(); b++) {
      SpikeBatch batch = call.batches().get(b);
      int[] elements = new int[batch.size()];
      for (int i = 0; i < elements.length; i++) {
        SampleStore.Slot slot =
            samples.slot(call.found(), row - firstRow + i, batch.samples().get(i));
        slots[row + i] = slot.number();
        elements[i] = slot.elements();
      }
      model.describe(call.member(), batch, call.position(b), elements, keys, row, scalars, scalar);
      row += batch.size();
      scalar += model.scalarsPerBatch();
    }
  }

  private void collect(List<PackCall> calls, int stride) {
    float[] answers = new float[calls.size() * stride * outputs];
    int[] counts = new int[calls.size() * stride * model.countsPerRow()];
    round.outputs().read(0, answers);
    round.counts().read(0, counts);
    boolean learns = calls.get(0).learns();
    int[] notFinite = learns ? finite.read(calls.size()) : new int[calls.size()];
    for (int a = 0; a < calls.size(); a++) {
      PackCall call = calls.get(a);
      int firstRow = a * stride;
      boolean isFinite = notFinite[a] == 0;
      call.end(() -> new PackCall.Result(inferences(call, answers, counts, firstRow), isFinite));
    }
  }

  /** What came of a call's batches; nothing of it changes any more. */
  private List<Inference> inferences(PackCall call, float[] answers, int[] counts, int firstRow) {
    List<Inference> inferences = new ArrayList<>();
    int row = firstRow;
    for (SpikeBatch batch : call.batches()) {
      float[] ofBatch = Arrays.copyOfRange(answers, row * outputs, (row + batch.size()) * outputs);
      int firstCount = row * model.countsPerRow();
      inferences.add(
          new Inference(
              ofBatch, model.work(call.member(), batch, counts, firstCount, call.learns())));
      row += batch.size();
    }
    return inferences;
  }
}
